import { sendPage } from '../platform/web/page.ts'
import { get } from '../platform/web/route.ts'
import { housekeepingRoutes } from './housekeeping/routes.ts'
import { listActions } from './queries.ts'
import { actionGroups } from './rows.ts'

/** More than anybody does before looking again. */
const MOST_SHOWN = 200

export const actionRoutes = [
  get('/actions', { can: 'action.list' }, async ctx => {
    const { passwordProfile } = ctx.kernel.config
    const { rows, total } = await listActions(ctx.db, ctx.actor, { at: ctx.at, most: MOST_SHOWN, passwordProfile })
    const fields = { groups: actionGroups(rows, ctx), total, shown: rows.length }
    sendPage(ctx, 'actions/actions', { title: 'actions:title', waiting: total }, fields)
  }),
  ...housekeepingRoutes,
]
