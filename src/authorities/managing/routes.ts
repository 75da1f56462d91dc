import { form } from '../../platform/web/form-route.ts'
import type { Crumb, Ctx } from '../../platform/web/page.ts'
import type { Authority } from '../authority.ts'
import { findManagement } from '../management-queries.ts'
import { findAuthority } from '../queries.ts'
import { addOwnAuthority, removeOwnAuthority } from './access-managers.ts'
import { endLinkForm, linkForm, nothingToFill } from './forms.ts'
import { endLink, linkAuthority } from './link-authority.ts'
import { listLinks, searchLinkable } from './queries.ts'

export const managingRoutes = [
  ...form(
    '/authorities/:id/access-management',
    { can: 'authority.addManager', on: findAuthority },
    {
      view: 'authorities/access-management',
      title: authority => ['authorities:managers.add.title', { authority: authority.officialName }],
      trail: authority => trailOf(authority),
      schema: nothingToFill,
      offer: ctx => managersFor(ctx),
      submit: (c, authority, _value, ctx) => addOwnAuthority(c, ctx.actor, authority),
      done: (_result, { id, officialName }) => ({
        to: `/authorities/${id}/management`,
        notice: ['authorities:managers.add.done', { authority: officialName }],
      }),
    },
  ),

  ...form(
    '/authorities/:id/access-management/removal',
    { can: 'authority.removeManager', on: findAuthority },
    {
      view: 'authorities/access-management-removal',
      title: authority => ['authorities:managers.remove.title', { authority: authority.officialName }],
      trail: authority => trailOf(authority),
      schema: nothingToFill,
      offer: ctx => managersFor(ctx),
      submit: (c, authority, _value, ctx) => removeOwnAuthority(c, ctx.actor, authority),
      done: (_result, { id, officialName }) => ({
        to: `/authorities/${id}/management`,
        notice: ['authorities:managers.remove.done', { authority: officialName }],
      }),
    },
  ),

  ...form(
    '/authorities/:id/linked-authorities',
    { can: 'authority.link', on: findAuthority },
    {
      view: 'authorities/linked-authorities',
      title: authority => ['authorities:linked.title', { authority: authority.officialName }],
      trail: authority => trailOf(authority),
      schema: linkForm,
      fill: (_authority, ctx) => ({ q: wordsOf(ctx.req.query.q) }),
      offer: async (ctx, view) => {
        const q = wordsOf(view.values.q)
        const [links, found] = await Promise.all([
          listLinks(ctx.db, ctx.subject.id),
          searchLinkable(ctx.db, ctx.subject, q),
        ])
        return { authority: ctx.subject, links, found, q }
      },
      submit: (c, authority, { observer }) => linkAuthority(c, authority, observer),
      done: (_result, { id }) => ({
        to: `/authorities/${id}/linked-authorities`,
        notice: 'authorities:linked.done',
      }),
    },
  ),

  ...form(
    '/authorities/:id/linked-authorities/removal',
    { can: 'authority.link', on: findAuthority },
    {
      view: 'authorities/linked-authorities-removal',
      title: authority => ['authorities:linked.end.title', { authority: authority.officialName }],
      trail: authority => trailOf(authority),
      schema: endLinkForm,
      fill: (_authority, ctx) => ({ link: wordsOf(ctx.req.query.link) }),
      offer: async ctx => ({ authority: ctx.subject, links: await listLinks(ctx.db, ctx.subject.id) }),
      submit: (c, authority, { link }) => endLink(c, authority, link),
      done: (_result, { id }) => ({
        to: `/authorities/${id}/linked-authorities`,
        notice: 'authorities:linked.end.done',
      }),
    },
  ),
]

const trailOf = ({ id, officialName, officialLanguage }: Authority): Crumb[] => [
  { label: officialName, href: `/authorities/${id}/management`, lang: officialLanguage },
]

async function managersFor(ctx: Ctx<Authority>): Promise<object> {
  const { accessManagers } = await findManagement(ctx.db, ctx.subject.id)
  const own = accessManagers.some(({ id }) => id === ctx.actor.authorityId)
  const last = own && accessManagers.length === 1
  return { authority: ctx.subject, actor: ctx.actor, managers: accessManagers, own, last }
}

const wordsOf = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 100) : '')
