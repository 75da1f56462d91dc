import {
  authorityTabs,
  findAuthority,
  findLists,
  type Lists,
  openDuplicates,
  type Place,
} from '../authorities/index.ts'
import { Forbidden } from '../platform/errors.ts'
import { languageName } from '../platform/i18n/names.ts'
import type { FormView } from '../platform/web/form.ts'
import { form } from '../platform/web/form-route.ts'
import { listQuery } from '../platform/web/list.ts'
import { type Ctx, sendPage } from '../platform/web/page.ts'
import { get } from '../platform/web/route.ts'
import { z } from 'zod'
import { registrationForm, registrationMistakes } from './forms.ts'
import { findUser, listUsers } from './queries.ts'
import { registerWithFirstUser } from './register-with-first-user.ts'
import { userRow } from './rows.ts'

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
        return { lists, ...(await doubts(ctx, view, lists)) }
      },
      submit: (c, _subject, registration, ctx) => registerWithFirstUser(c, ctx.actor, registration),
      done: ({ userId }, _subject, { authority }) => ({
        to: `/users/${userId}/username`,
        notice: ['authorities:registration.done', { authority: Object.values(authority.names)[0] ?? '' }],
      }),
    },
  ),

  get('/users/:id/username', { can: 'user.see', on: findUser }, ctx => {
    const { subject: user, lang } = ctx
    const trail = [
      { label: user.authorityName, href: `/authorities/${user.authorityId}`, lang: user.authorityLanguage },
      { label: ctx.t('users:username.trail') },
    ]
    const title = ['users:username.title', { name: user.name }] as const
    sendPage(ctx, 'users/username', { title, trail }, { user, speaks: languageName(lang, user.language) })
  }),

  get('/authorities/:id/users', { can: 'user.see', on: findAuthority }, async ctx => {
    const { subject: authority, db, lang, t, at } = ctx
    const search = z.object({ after: listQuery.after, before: listQuery.before }).parse(ctx.req.query)
    const page = await listUsers(db, lang, authority.id, { search, path: ctx.req.path })
    const rows = page.rows.map(user => userRow(user, { t, lang, at, country: ctx.actor.country }))
    const title = [
      'authorities:tab.title',
      { authority: authority.officialName, tab: t('authorities:tab.users') },
    ] as const
    const tabs = authorityTabs(authority, ctx.may, t, 'users')
    sendPage(ctx, 'users/list', { title }, { authority, tabs, page, rows })
  }),
]

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
