import type { Forbidden } from '../platform/errors.ts'
import { type Ctx, sendPage } from '../platform/web/page.ts'
import { get } from '../platform/web/route.ts'
import { type Action, whoCan } from '../policy.ts'
import { findHelpers } from './queries.ts'

export const helpRoutes = [
  get('/help/people', { open: 'to signed-in users' }, async ctx => {
    const helpers = await findHelpers(ctx.db, ctx.actor)
    sendPage(
      ctx,
      'help/people',
      { title: 'help:people.title' },
      { helpers, authority: ctx.actor.authorityName, authorityLang: ctx.actor.authorityLanguage },
    )
  }),
]

/** The 403 page: which right is missing, who holds or gives it, and how to reach them. It reads the same table as the refusal. */
export async function explainRefusal(ctx: Ctx<unknown>, refused: Forbidden): Promise<void> {
  const helpers = await findHelpers(ctx.db, ctx.actor)
  const needed = whoCan(refused.action as Action).map(standing =>
    ctx.t(`help:standing.${standing.replaceAll(' ', '')}`),
  )
  sendPage(
    ctx,
    'help/refusal',
    { title: 'help:refusal.title', status: 403 },
    { act: ctx.t(`help:act.${refused.action}`), needed, helpers, deactivated: ctx.actor.deactivated },
  )
}
