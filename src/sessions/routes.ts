import { freshForm } from '../platform/web/form.ts'
import { type Ctx, sendPage } from '../platform/web/page.ts'
import type { Route } from '../platform/web/route.ts'

export const sessionRoutes: Route[] = []

/** The one page a stranger sees at `/`. */
export function sendSignIn(ctx: Ctx<unknown>): void {
  const next = typeof ctx.req.query.next === 'string' ? ctx.req.query.next : ''
  sendPage(ctx, 'sessions/sign-in', { title: 'sessions:signIn.title' }, { form: freshForm('/session'), next })
}
