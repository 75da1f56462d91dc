import { nameIn } from '../../modules/index.ts'
import { form } from '../../platform/web/form-route.ts'
import type { Ctx } from '../../platform/web/page.ts'
import { type FoundGrant, isByItself } from '../grant.ts'
import { findGrant } from '../queries.ts'
import { whatWaits } from '../what-waits.ts'
import { tabOf, trailTo } from '../way.ts'
import { LONGEST_REASON, restorationForm, suspensionForm } from './forms.ts'
import { type Consequences, findConsequences } from './queries.ts'
import { restoreGrant } from './restore-grant.ts'
import { suspendGrant } from './suspend-grant.ts'

export const suspensionRoutes = [
  ...form(
    '/grants/:id/suspension',
    { can: 'grant.suspend', on: findGrant },
    {
      view: 'grants/suspension',
      title: (grant, ctx) => ['grants:suspension.title', { module: nameIn(grant.moduleNames, ctx.lang) }],
      trail: (grant, { t }) => trailTo(grant.authority, t, 'grants:suspension.crumb'),
      schema: suspensionForm,
      offer: async ctx => {
        const { subject: grant, t } = ctx
        return {
          grant,
          back: tabOf(grant.authority),
          obstacle: suspensionObstacle(ctx),
          ends: endsOf(grant, await findConsequences(ctx.db, grant), t),
          waits: await whatWaits(ctx.db, t, grant, false),
          longest: LONGEST_REASON,
        }
      },
      submit: async (c, grant, wish, ctx) => {
        await suspendGrant(c, ctx.actor, grant, wish)
        return nameIn(grant.moduleNames, ctx.lang)
      },
      done: (module, grant) => ({
        to: tabOf(grant.authority),
        notice: ['grants:suspension.done', { module, authority: grant.authority.officialName }],
      }),
    },
  ),

  ...form(
    '/grants/:id/restoration',
    { can: 'grant.restore', on: findGrant },
    {
      view: 'grants/restoration',
      title: (grant, ctx) => ['grants:restoration.title', { module: nameIn(grant.moduleNames, ctx.lang) }],
      trail: (grant, { t }) => trailTo(grant.authority, t, 'grants:restoration.crumb'),
      schema: restorationForm,
      offer: ctx => {
        const { subject: grant } = ctx
        return { grant, back: tabOf(grant.authority), obstacle: restorationObstacle(ctx) }
      },
      submit: async (c, grant, _wish, ctx) => {
        await restoreGrant(c, ctx.actor, grant)
        return nameIn(grant.moduleNames, ctx.lang)
      },
      done: (module, grant) => ({
        to: tabOf(grant.authority),
        notice: ['grants:restoration.done', { module, authority: grant.authority.officialName }],
      }),
    },
  ),
]

/** Why the page offers no form, where the rule says no whoever asks. */
function suspensionObstacle({ subject: grant, t }: Ctx<FoundGrant>): string | undefined {
  if (isByItself(grant)) return t('grants:suspension.byItself')
  return grant.status === 'suspended' ? t('grants:suspension.already') : undefined
}

function restorationObstacle({ subject: grant, t }: Ctx<FoundGrant>): string | undefined {
  if (grant.status === 'active') return t('grants:restoration.already')
  return grant.authority.status === 'active' ? undefined : t('grants:restoration.authorityNotActive')
}

/** What the suspension ends, sentence by sentence, with numbers. */
function endsOf(grant: FoundGrant, { users, linked, withoutOther, remaining }: Consequences, t: Ctx['t']): string[] {
  const coordinates = grant.role === 'coordinator' || linked > 0
  return [
    t('grants:suspension.ends.new'),
    t('grants:suspension.ends.running'),
    t('grants:suspension.ends.users', { count: users }),
    ...(coordinates ? [t('grants:suspension.ends.linked', { count: linked })] : []),
    ...(withoutOther > 0 ? [t('grants:suspension.ends.withoutOther', { count: withoutOther })] : []),
    remaining > 0 ? t('grants:suspension.ends.remaining', { count: remaining }) : t('grants:suspension.ends.last'),
  ]
}
