import { z } from 'zod'
import { type Authority, findAuthority } from '../authorities/index.ts'
import { standingsIn } from '../grants/index.ts'
import { nameIn } from '../modules/index.ts'
import { day, zoneOf } from '../platform/i18n/names.ts'
import { form } from '../platform/web/form-route.ts'
import type { Crumb, Ctx } from '../platform/web/page.ts'
import { findWhatWaits, waitingLines } from '../requests/index.ts'
import { deactivateAuthority } from './deactivate-authority.ts'
import { deletedFrom, findConsequences, findDeletedFrom } from './queries.ts'
import { reactivateAuthority } from './reactivate-authority.ts'
import { type Consequences, obstacleTo } from './removal.ts'

const nothingAsked = z.object({})

export const removalRoutes = [
  ...form(
    '/authorities/:id/deactivation',
    { can: 'authority.deactivate', on: findAuthority },
    {
      view: 'removal/deactivation',
      title: authority => ['removal:deactivation.title', { authority: authority.officialName }],
      trail: (authority, ctx) => trailTo(ctx, authority, 'removal:deactivation.crumb'),
      schema: nothingAsked,
      offer: offerDeactivation,
      submit: (c, authority) => deactivateAuthority(c, authority),
      done: (_result, authority) => ({
        to: `/authorities/${authority.id}/management`,
        notice: ['removal:deactivation.done', { authority: authority.officialName }],
      }),
    },
  ),

  ...form(
    '/authorities/:id/reactivation',
    { can: 'authority.reactivate', on: findAuthority },
    {
      view: 'removal/reactivation',
      title: authority => ['removal:reactivation.title', { authority: authority.officialName }],
      trail: (authority, ctx) => trailTo(ctx, authority, 'removal:reactivation.crumb'),
      schema: nothingAsked,
      offer: offerReactivation,
      submit: (c, authority) => reactivateAuthority(c, authority),
      done: (_result, authority) => ({
        to: `/authorities/${authority.id}/modules`,
        notice: ['removal:reactivation.done', { authority: authority.officialName }],
      }),
    },
  ),
]

async function offerDeactivation(ctx: Ctx<Authority>): Promise<object> {
  const { subject: authority, t } = ctx
  const consequences = await findConsequences(ctx.db, authority.id)
  const obstacle = obstacleTo(authority, consequences)
  return {
    authority,
    back: `/authorities/${authority.id}/management`,
    obstacle: obstacle && t(`removal:obstacle.${obstacle}`),
    suspend: consequences.active.map(grant => suspensionOf(ctx, grant)),
    ends: endsOf(ctx, consequences, await writtenDay(ctx, deletedFrom(ctx.db, ctx.at))),
    waits: waitingLines(await findWhatWaits(ctx.db, authority.id, null), t, true),
  }
}

/** The way to the suspension of a module; without an address for who does not manage the module. */
function suspensionOf({ subject, actor, t, lang, may }: Ctx<Authority>, grant: Consequences['active'][number]): object {
  const standings = standingsIn(actor, subject.standings, grant.moduleId)
  const module = nameIn(grant.names, lang)
  return may('grant.suspend', { standings, authorityId: subject.id })
    ? { href: `/grants/${grant.id}/suspension`, label: t('removal:deactivation.suspend', { module }) }
    : { label: module }
}

async function offerReactivation(ctx: Ctx<Authority>): Promise<object> {
  const { subject: authority, t } = ctx
  const deactivated = authority.status === 'deactivated'
  const { modules, users } = await findConsequences(ctx.db, authority.id)
  const deleted = await writtenDay(ctx, findDeletedFrom(ctx.db, authority.id))
  return {
    authority,
    back: `/authorities/${authority.id}/management`,
    obstacle: deactivated ? undefined : t('removal:obstacle.active'),
    begins: [
      t('removal:reactivation.begins.deletion', { day: deleted }),
      t('removal:reactivation.begins.users', { count: users }),
      t('removal:reactivation.begins.modules', { count: modules }),
    ],
  }
}

/** What the deactivation ends, sentence by sentence, with numbers. */
function endsOf({ t }: Ctx<Authority>, found: Consequences, deleted: string): string[] {
  const { users, administrators, delegated, managed, managedAlone, linked, linkedAlone } = found
  return [
    t('removal:deactivation.ends.search'),
    t('removal:deactivation.ends.users', { count: users }),
    ...(delegated ? [t('removal:deactivation.ends.delegation')] : []),
    ...(managed > 0 ? [t('removal:deactivation.ends.managed', { count: managed })] : []),
    ...(managedAlone > 0 ? [t('removal:deactivation.ends.managedAlone', { count: managedAlone })] : []),
    ...(linked > 0 ? [t('removal:deactivation.ends.linked', { count: linked })] : []),
    ...(linkedAlone > 0 ? [t('removal:deactivation.ends.linkedAlone', { count: linkedAlone })] : []),
    t('removal:deactivation.ends.told', { count: administrators }),
    t('removal:deactivation.ends.deleted', { day: deleted }),
  ]
}

async function writtenDay({ lang, actor }: Ctx<Authority>, found: Promise<Date | null>): Promise<string> {
  const at = await found
  return at ? day(lang, zoneOf(actor.country), at) : ''
}

const trailTo = ({ t }: Ctx<Authority>, { id, officialName, officialLanguage }: Authority, last: string): Crumb[] => [
  { label: t('layout:menu.authorities'), href: '/authorities' },
  { label: officialName, href: `/authorities/${id}`, lang: officialLanguage },
  { label: t(last) },
]
