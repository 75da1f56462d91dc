import {
  authorityTabs,
  type Authority,
  findAuthority,
  findLists,
  findThin,
  type Lists,
  openDuplicates,
  type Place,
} from '../authorities/index.ts'
import { Forbidden } from '../platform/errors.ts'
import { languageName } from '../platform/i18n/names.ts'
import type { Body, FormView } from '../platform/web/form.ts'
import { freshForm } from '../platform/web/form.ts'
import { form } from '../platform/web/form-route.ts'
import { type Ctx, sendPage } from '../platform/web/page.ts'
import { get } from '../platform/web/route.ts'
import { accountRoutes } from './account/routes.ts'
import {
  addressMistakes,
  colleagueForm,
  personFrom,
  registrationForm,
  registrationMistakes,
  type UserSearch,
  userSearch,
} from './forms.ts'
import { listUsers } from './list-queries.ts'
import { findUser, isFirstOf, listLanguages } from './queries.ts'
import { registerColleague } from './register-colleague.ts'
import { registerWithFirstUser } from './register-with-first-user.ts'
import { listNewUsers } from './reminding/remind-new-users.ts'
import { remindingRoutes } from './reminding/routes.ts'
import { rolesFrom } from './roles/forms.ts'
import { findRoleChoice } from './roles/queries.ts'
import { roleRoutes } from './roles/routes.ts'
import { languageOptions, roleGroups, userRow } from './rows.ts'
import { trailToUser, trailToUsers } from './trail.ts'
import type { User } from './user.ts'

export const userRoutes = [
  ...form(
    '/authorities/registration',
    { can: 'authority.register' },
    {
      view: 'authorities/registration',
      title: () => 'authorities:registration.title',
      schema: async ctx => registrationForm(await listsFor(ctx), placeOf(ctx)),
      check: async (ctx, body) => registrationMistakes(ctx.db, ctx.actor, body, await listsFor(ctx), placeOf(ctx)),
      fill: async (_subject, ctx) => {
        const { own } = await listsFor(ctx)
        const region = placeOf(ctx).region ?? undefined
        return { languages: own, region, level: region && 'regional', userLanguage: own[0] }
      },
      offer: async (ctx, view) => {
        const lists = await listsFor(ctx)
        return { lists, grants: true, ...(await doubts(ctx, view, lists)) }
      },
      submit: (c, _subject, registration, ctx) => registerWithFirstUser(c, ctx.actor, registration),
      done: ({ userId }, _subject, { authority }) => ({
        to: `/users/${userId}/username`,
        notice: ['authorities:registration.done', { authority: Object.values(authority.names)[0] ?? '' }],
      }),
    },
  ),

  get<Authority>('/authorities/:id/users', { can: 'user.see', on: findAuthority }, async ctx => {
    const { subject: authority, db, lang, t, at } = ctx
    const search = userSearch.parse(ctx.req.query)
    const profile = ctx.kernel.config.passwordProfile
    const [page, unseen, thin] = await Promise.all([
      listUsers(db, lang, authority.id, { search, path: ctx.req.path, at, profile }),
      ctx.may('user.remind', authority) ? listNewUsers(db, authority.id) : [],
      ctx.may('user.register', authority) ? findThin(db, lang, authority.id) : null,
    ])
    const reader = { t, lang, at, country: ctx.actor.country, profile }
    sendPage(
      ctx,
      'users/list',
      { title: ['authorities:tab.title', { authority: authority.officialName, tab: t('authorities:tab.users') }] },
      {
        authority,
        thin,
        unseen: unseen.length,
        tabs: authorityTabs(authority, ctx.may, t, 'users'),
        form: freshForm(ctx.req.path, search),
        filtered: search.status !== '' || search.problems !== '',
        head: headOf(ctx, search),
        page,
        rows: page.rows.map(user => userRow(user, reader)),
      },
    )
  }),

  ...form(
    '/authorities/:id/users/new',
    { can: 'user.register', on: findAuthority },
    {
      view: 'users/new',
      title: authority => ['users:new.title', { authority: authority.officialName }],
      trail: (authority, { t }) => {
        const { id, officialName: name, officialLanguage: language } = authority
        return trailToUsers(t, { id, name, language }, t('users:new.trail'))
      },
      schema: async ctx =>
        colleagueForm(await findRoleChoice(ctx.db, ctx.actor, ctx.subject), await listLanguages(ctx.db)),
      check: ({ db, subject }, body) => addressMistakes(db, body, { authorityId: subject.id }),
      fill: authority => ({ userLanguage: authority.officialLanguage }),
      offer: async ctx => {
        const choice = await findRoleChoice(ctx.db, ctx.actor, ctx.subject)
        return {
          authority: ctx.subject,
          languages: languageOptions(ctx.lang, await listLanguages(ctx.db)),
          groups: roleGroups(choice.modules, ctx),
          dataAdministrator: choice.dataModules !== null,
        }
      },
      submit: async (c, authority, value, ctx) => {
        const choice = await findRoleChoice(c.db, ctx.actor, authority)
        const roles = rolesFrom(choice, value)
        const rights = { administrator: value.administrator, roles }
        const made = await registerColleague(c, ctx.actor, authority, { ...personFrom(value), ...rights })
        return { ...made, another: Boolean((ctx.req.body as Body).another) }
      },
      done: ({ id, name, username, another }, authority) =>
        another
          ? { to: `/authorities/${authority.id}/users/new`, notice: ['users:new.doneAnother', { name, username }] }
          : { to: `/users/${id}/username`, notice: ['users:new.done', { name }] },
    },
  ),

  get<User>('/users/:id/username', { can: 'user.see', on: findUser }, async ctx => {
    const { subject: user, lang, t } = ctx
    const options = {
      title: ['users:username.title', { name: user.name }] as const,
      trail: trailToUser(t, user, t('users:username.trail')),
    }
    const first = user.status === 'new' && (await isFirstOf(ctx.db, user))
    sendPage(ctx, 'users/username', options, { user, first, speaks: languageName(lang, user.language) })
  }),

  ...accountRoutes,
  ...remindingRoutes,
  ...roleRoutes,
]

/** The columns of the list; by name and by last sign-in it can be sorted. */
function headOf({ t, req }: Ctx<unknown>, search: UserSearch): object[] {
  const kept = (sort: UserSearch['sort']) => {
    const filters = Object.entries({ status: search.status, problems: search.problems, sort }).filter(
      ([, v]) => v !== '',
    )
    return `${req.path}?${new URLSearchParams(filters).toString()}`
  }
  const sortable = { name: 'ascending', lastSignIn: 'descending' } as const
  return ['name', 'username', 'roles', 'status', 'password', 'lastSignIn', 'mail'].map(column => ({
    label: t(`users:column.${column}`),
    ...(column in sortable && {
      sort: {
        href: kept(column as UserSearch['sort']),
        ...(search.sort === column && { direction: sortable[column as UserSearch['sort']] }),
      },
    }),
  }))
}

/** Where this access manager registers: its country, and its region where the delegation has one (C8). */
function placeOf(ctx: Ctx<unknown>): Place {
  if (!ctx.actor.manages) throw new Forbidden('authority.register', { standings: [] })
  const { country, region } = ctx.actor.manages
  return { country, region }
}

const listsFor = (ctx: Ctx<unknown>): Promise<Lists> => findLists(ctx.db, ctx.lang, placeOf(ctx))

/** What the page asks once the form has been sent: is it one of these, is the address meant? A tick for other authorities falls. */
async function doubts(ctx: Ctx<unknown>, view: FormView, lists: Lists): Promise<object> {
  if (view.summary.length === 0) return { duplicates: [], asksAddress: false }
  const { duplicates, confirmed } = await openDuplicates(ctx.db, ctx.actor, view.values, lists, placeOf(ctx))
  if (!confirmed) delete view.values.noneOfThese
  return { duplicates, asksAddress: Boolean(view.errors.personalAddress ?? view.values.personalAddress) }
}
