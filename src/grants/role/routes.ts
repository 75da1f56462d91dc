import { nameIn } from '../../modules/index.ts'
import { form } from '../../platform/web/form-route.ts'
import type { Ctx } from '../../platform/web/page.ts'
import { type FoundGrant, isByItself, preselected } from '../grant.ts'
import { findGrant, listOfCountry } from '../queries.ts'
import { whatWaits } from '../what-waits.ts'
import { tabOf, trailTo } from '../way.ts'
import { changeRole } from './change-role.ts'
import { moveField, readRoleWish, roleForm, roleMistakes, targetsOf } from './forms.ts'
import { findRoleOffer, type LinkedGrant, type RoleOffer } from './queries.ts'

/** So many linked authorities can be moved on the page; the others follow the rule. Else the page grows without end. */
const MOVED_HERE = 50

export const roleRoutes = [
  ...form(
    '/grants/:id/role',
    { can: 'grant.changeRole', on: findGrant },
    {
      view: 'grants/role',
      title: (grant, ctx) => [titleOf(grant), { module: nameIn(grant.moduleNames, ctx.lang) }],
      trail: (grant, { t }) => trailTo(grant.authority, t, 'grants:role.crumb'),
      schema: roleForm,
      check: async ({ db, subject: grant }, body) => {
        const wish = readRoleWish(body)
        if (isByItself(grant)) return [{ field: '', key: 'grants:role.byItself' }]
        if (grant.status !== 'suspended') return [{ field: '', key: 'grants:role.notSuspended' }]
        const ofCountry = await listOfCountry(db, grant.authority.country, wish.coordinators)
        return roleMistakes(await findRoleOffer(db, grant), wish, ofCountry)
      },
      fill: async (grant, ctx) => {
        const { coordinators } = await findRoleOffer(ctx.db, grant)
        const kept = grant.coordinators.map(({ id }) => id).filter(id => coordinators.some(one => one.id === id))
        const chosen = kept.length > 0 ? kept : preselected(coordinators, ctx.actor, grant.authority.region)
        return { coordinators: chosen.map(String) }
      },
      offer: async ctx => ({
        grant: ctx.subject,
        back: tabOf(ctx.subject.authority),
        wished: ctx.subject.role === 'coordinator' ? 'authority' : 'coordinator',
        obstacle: isByItself(ctx.subject) ? ctx.t('grants:role.byItself') : undefined,
        suspension: ctx.may('grant.suspend', ctx.subject) ? `/grants/${ctx.subject.id}/suspension` : undefined,
        waits: await whatWaits(ctx.db, ctx.t, ctx.subject, ctx.subject.role === 'coordinator'),
        ...choicesOf(ctx, await findRoleOffer(ctx.db, ctx.subject)),
      }),
      submit: async (c, grant, wish, ctx) => {
        await changeRole(c, ctx.actor, grant, wish)
        return nameIn(grant.moduleNames, ctx.lang)
      },
      done: (module, grant, { role }) => ({
        to: tabOf(grant.authority),
        notice: [`grants:role.done.${role}`, { module, authority: grant.authority.officialName }],
      }),
    },
  ),
]

const titleOf = (grant: FoundGrant): string =>
  grant.role === 'coordinator' ? 'grants:role.title.authority' : 'grants:role.title.coordinator'

function choicesOf({ t, subject: grant }: Ctx<FoundGrant>, offer: RoleOffer): object {
  return {
    will: consequencesOf(grant, offer, t),
    coordinators: offer.coordinators.map(option),
    unlisted: Math.max(0, offer.linked.length - MOVED_HERE),
    moves: offer.linked.slice(0, MOVED_HERE).map(linked => ({
      name: moveField(linked.id),
      label: linked.name,
      labelLang: linked.language,
      empty: t(...unlessChosen(linked, offer)),
      options: targetsOf(offer, linked).map(option),
    })),
  }
}

/** What the change does, sentence by sentence, with numbers. */
function consequencesOf({ role, workflow }: FoundGrant, { linked }: RoleOffer, t: Ctx['t']): string[] {
  const requests = workflow === 'requests'
  if (role === 'authority')
    return [t('grants:role.will.coordinates'), ...(requests ? [t('grants:role.will.given')] : [])]
  return [
    t('grants:role.will.settings'),
    requests ? t('grants:role.will.roles') : t('grants:role.will.alerts'),
    t('grants:role.will.linked', { count: linked.length }),
  ]
}

const option = ({ id, name, language }: RoleOffer['coordinators'][number]) => ({
  value: id,
  label: name,
  lang: language,
})

/** What becomes of a linked authority for which nobody chooses. */
function unlessChosen(linked: LinkedGrant, { national }: RoleOffer): [string, Record<string, string>] {
  if (linked.keepsOthers) return ['grants:role.move.keeps', {}]
  return national ? ['grants:role.move.national', { name: national.name }] : ['grants:role.move.choose', {}]
}
