import { actionRow, listActions } from '../actions/index.ts'
import { countryName } from '../platform/i18n/names.ts'
import { type Ctx, sendPage } from '../platform/web/page.ts'
import { get } from '../platform/web/route.ts'
import type { Actor } from '../policy.ts'
import { findActivity } from '../requests/index.ts'
import { sendSignIn } from '../sessions/index.ts'
import { activityOf } from './activity.ts'
import { firstSteps } from './first-steps.ts'
import { placesFor } from './places.ts'
import { findOwnAuthority } from './queries.ts'

export const homeRoutes = [
  get('/', { open: 'to everyone' }, async ctx => {
    if (ctx.visit?.stage === 'full') await sendHome(ctx)
    else sendSignIn(ctx)
  }),
]

/** The rest stands on the page My actions. */
const ACTIONS_SHOWN = 5

async function sendHome(ctx: Ctx): Promise<void> {
  const { actor, lang } = ctx
  const { passwordProfile } = ctx.kernel.config
  const [{ authority, modules }, actions, activity] = await Promise.all([
    findOwnAuthority(ctx.db, actor, { at: ctx.at, lang }),
    listActions(ctx.db, actor, { at: ctx.at, most: ACTIONS_SHOWN, passwordProfile }),
    findActivity(ctx.db, actor),
  ])
  const works = actor.administrator && !actor.deactivated
  sendPage(
    ctx,
    'home/home',
    { title: ['home:title', { name: actor.name }], waiting: actions.total },
    {
      actor,
      authority,
      modules,
      actions: { total: actions.total, rows: actions.rows.map(row => actionRow(row, ctx)) },
      activity: activityOf(activity, ctx),
      country: countryName(lang, actor.country),
      places: placesFor(authority.id, (action, own) => ctx.may(action, own ? authority : undefined)),
      steps: works && actor.kind !== 'commission' ? firstSteps(authority, modules) : [],
      alone: works && authority.administrators === 1,
      // Where there is one user, every role has one holder: the warning about the only administrator says it already.
      heldByOne: works && authority.users > 1 ? modules.filter(module => module.heldByOne.length > 0) : [],
      managing: managingOf(actor),
    },
  )
}

/** How far the reader manages other authorities: which sentence says it. */
function managingOf(actor: Actor): 'country' | 'countryModules' | 'region' | 'regionModules' | null {
  if (!actor.manages) return null
  const chosen = actor.manages.modules !== 'all'
  if (actor.manages.region === null) return chosen ? 'countryModules' : 'country'
  return chosen ? 'regionModules' : 'region'
}
