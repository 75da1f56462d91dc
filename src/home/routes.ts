import { sendPage } from '../platform/web/page.ts'
import { get } from '../platform/web/route.ts'
import { sendSignIn } from '../sessions/index.ts'

export const homeRoutes = [
  get('/', { open: 'to everyone' }, ctx => {
    if (ctx.visit?.stage !== 'full') {
      sendSignIn(ctx)
      return
    }
    sendPage(ctx, 'home/home', { title: ['home:title', { name: ctx.actor.name }] }, { actor: ctx.actor })
  }),
]
