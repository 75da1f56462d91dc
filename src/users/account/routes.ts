import { z } from 'zod'
import type { FormView } from '../../platform/web/form.ts'
import { form } from '../../platform/web/form-route.ts'
import { type Ctx, sendPage } from '../../platform/web/page.ts'
import { get } from '../../platform/web/route.ts'
import { IDLE_LIMIT } from '../../platform/web/visit-store.ts'
import { listedRequests, requestRow } from '../../requests/index.ts'
import { addressMistakes, personFrom, replacementForm, userForm, usernameForm } from '../forms.ts'
import { findPasswordMail, findUser, listLanguages } from '../queries.ts'
import { findGivenRights } from '../roles/given-rights.ts'
import { listGivenRoles } from '../roles/queries.ts'
import { holderChoices, languageOptions } from '../rows.ts'
import { trailToUser } from '../trail.ts'
import type { User } from '../user.ts'
import { changeUsername } from './change-username.ts'
import { deleteUser, type Deletion, findDeletion, findRefusal, judgeDeletion } from './delete-user.ts'
import { editUser } from './edit-user.ts'
import { heirOptions } from './heirs.ts'
import { accountRows, actsOn, rightRows, tagsOf } from './page.ts'
import { countVisits } from './queries.ts'
import { replacePerson } from './replace-person.ts'
import { resetPassword } from './reset-password.ts'

export const accountRoutes = [
  get<User>('/users/:id', { can: 'user.see', on: findUser }, async ctx => {
    const { subject: user, db, t, lang, at } = ctx
    const [mail, own, given, refusal] = await Promise.all([
      findPasswordMail(db, user.id),
      findGivenRights(db, user.id),
      listGivenRoles(db, user.id),
      findRefusal(db, ctx.actor, user),
    ])
    const profile = ctx.kernel.config.passwordProfile
    const reader = { t, lang, at, country: ctx.actor.country, profile }
    sendPage(
      ctx,
      'users/user',
      { title: ['users:user.title', { name: user.name }], trail: trailToUser(t, user) },
      {
        user,
        tags: tagsOf(user, reader),
        rows: accountRows(user, mail, reader),
        rights: rightRows(user, own, given, reader),
        acts: actsOn(user, ctx.may, t, { isSelf: ctx.actor.id === user.id, refusal }),
        refusal: refusal && ctx.may('user.delete', user) ? t(`users:deletion.refusal.${refusal}`) : undefined,
      },
    )
  }),

  ...form(
    '/users/:id/edit',
    { can: 'user.edit', on: findUser },
    {
      view: 'users/edit',
      title: user => ['users:edit.title', { name: user.name }],
      trail: (user, { t }) => trailToUser(t, user, t('users:edit.trail')),
      schema: async ctx => userForm(await listLanguages(ctx.db), isSelf(ctx) ? ctx.subject : null),
      check: async (ctx, body) => (isSelf(ctx) ? [] : addressMistakes(ctx.db, body, ctx.subject)),
      fill: user => ({ ...personFill(user), version: String(user.version) }),
      offer: async ctx => ({ user: ctx.subject, isSelf: isSelf(ctx), ...(await languagesOf(ctx)) }),
      submit: (c, user, value, ctx) => editUser(c, ctx.actor, user, { ...personFrom(value), version: value.version }),
      done: (_result, user) => ({ to: `/users/${user.id}`, notice: 'users:edit.done' }),
    },
  ),

  ...form(
    '/users/:id/username/change',
    { can: 'user.changeUsername', on: findUser },
    {
      view: 'users/username-change',
      title: user => ['users:usernameChange.title', { name: user.name }],
      trail: (user, { t }) => trailToUser(t, user, t('users:usernameChange.trail')),
      schema: usernameForm,
      offer: ctx => ({ user: ctx.subject }),
      submit: (c, user, { username }, ctx) => changeUsername(c, ctx.actor, user, username),
      done: (_result, user) => ({ to: `/users/${user.id}/username`, notice: 'users:usernameChange.done' }),
    },
  ),

  ...form(
    '/users/:id/password-reset',
    { can: 'user.resetPassword', on: findUser },
    {
      view: 'users/password-reset',
      title: user => ['users:reset.title', { name: user.name }],
      trail: (user, { t }) => trailToUser(t, user, t('users:reset.trail')),
      schema: z.object({}),
      offer: async ctx => ({ user: ctx.subject, visits: await visitsOf(ctx) }),
      submit: (c, user, _value, ctx) => resetPassword(c, ctx.actor, user),
      done: (_result, user) => ({ to: `/users/${user.id}`, notice: ['users:reset.done', { email: user.email }] }),
    },
  ),

  ...form(
    '/users/:id/deletion',
    { can: 'user.delete', on: findUser },
    {
      view: 'users/deletion',
      title: user => ['users:deletion.title', { name: user.name }],
      trail: (user, { t }) => trailToUser(t, user, t('users:deletion.trail')),
      schema: z.object({}),
      check: async (ctx, body) =>
        judgeDeletion(await findDeletion(ctx.db, ctx.actor, ctx.subject), body, ctx.lang).mistakes,
      offer: ctx => whatEnds(ctx),
      submit: (c, user, _value, ctx) => deleteUser(c, ctx.actor, user, ctx.req.body as FormView['values']),
      done: (_result, user) => ({
        to: `/authorities/${user.authorityId}/users`,
        notice: ['users:deletion.done', { name: user.name }],
      }),
    },
  ),

  ...form(
    '/users/:id/replacement',
    { can: 'user.replace', on: findUser },
    {
      view: 'users/replacement',
      title: user => ['users:replacement.title', { name: user.name }],
      trail: (user, { t }) => trailToUser(t, user, t('users:replacement.trail')),
      schema: async ctx => replacementForm(await listLanguages(ctx.db)),
      check: (ctx, body) => addressMistakes(ctx.db, body, { authorityId: ctx.subject.authorityId }),
      fill: user => ({ userLanguage: user.language, version: String(user.version) }),
      offer: async ctx => ({ user: ctx.subject, visits: await visitsOf(ctx), ...(await languagesOf(ctx)) }),
      submit: (c, user, value, ctx) => {
        const { username, version } = value
        return replacePerson(c, ctx.actor, user, { ...personFrom(value), username, version })
      },
      done: (_result, user) => ({ to: `/users/${user.id}/username`, notice: 'users:replacement.done' }),
    },
  ),
]

const isSelf = (ctx: Ctx<User>): boolean => ctx.actor.id === ctx.subject.id

const personFill = (user: User) => ({
  givenName: user.givenName,
  familyName: user.familyName,
  userEmail: user.email,
  userTelephone: user.telephone,
  userLanguage: user.language,
})

const languagesOf = async (ctx: Ctx<User>) => ({ languages: languageOptions(ctx.lang, await listLanguages(ctx.db)) })

const visitsOf = (ctx: Ctx<User>): Promise<number> =>
  countVisits(ctx.db, ctx.subject.id, new Date(ctx.at.getTime() - IDLE_LIMIT))

/** What a deletion ends, in numbers, and who could take over. */
async function whatEnds(ctx: Ctx<User>): Promise<object> {
  const [visits, deletion] = await Promise.all([visitsOf(ctx), findDeletion(ctx.db, ctx.actor, ctx.subject)])
  const { rights, orphaned, colleagues, choice, refusal } = deletion
  return {
    user: ctx.subject,
    visits,
    roles: rights.roles.length,
    refusal: refusal && ctx.t(`users:deletion.refusal.${refusal}`),
    holders: holderChoices(orphaned, colleagues, choice.modules, ctx),
    work: await openWork(ctx, deletion),
  }
}

const MOST_LISTED = 50

/** The requests that the person works on, as far as the reader may see them, and who can take them over; of the others the number. */
async function openWork(ctx: Ctx<User>, { work, heirs }: Deletion): Promise<object> {
  const seen = work.filter(one => one.seen)
  const rows = await listedRequests(ctx.db, ctx.actor, seen.slice(0, MOST_LISTED))
  return {
    count: work.length,
    unseen: work.length - seen.length,
    more: seen.length - rows.length,
    rows: rows.map(row => requestRow(row, 'own', ctx)),
    heirs: heirOptions(heirs, ctx),
  }
}
