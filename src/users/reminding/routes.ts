import { z } from 'zod'
import { type Authority, findAuthority } from '../../authorities/index.ts'
import { choices } from '../../platform/web/form.ts'
import { form } from '../../platform/web/form-route.ts'
import { findUser } from '../queries.ts'
import { trailToUser, trailToUsers } from '../trail.ts'
import { listNewUsers, MOST_REMINDED, remindNewUsers } from './remind-new-users.ts'
import { remindUser } from './remind-user.ts'

const codesOf = (users: readonly { id: number }[]): string[] => users.map(({ id }) => String(id))

/** Those who never signed in are reminded, one by one or all of an authority at once (D5). */
export const remindingRoutes = [
  ...form(
    '/users/:id/reminder',
    { can: 'user.remind', on: findUser },
    {
      view: 'users/reminder',
      title: user => ['users:reminder.title', { name: user.name }],
      trail: (user, { t }) => trailToUser(t, user, t('users:reminder.trail')),
      schema: z.object({}),
      offer: ctx => ({ user: ctx.subject }),
      submit: (c, user, _value, ctx) => remindUser(c, ctx.actor, user),
      done: (_result, user) => ({ to: `/users/${user.id}`, notice: ['users:reminder.done', { email: user.email }] }),
    },
  ),

  ...form(
    '/authorities/:id/users/reminders',
    { can: 'user.remind', on: findAuthority },
    {
      view: 'users/reminders',
      title: (authority: Authority) => ['users:reminders.title', { authority: authority.officialName }],
      trail: (authority, { t }) => {
        const { id, officialName: name, officialLanguage: language } = authority
        return trailToUsers(t, { id, name, language }, t('users:reminders.trail'))
      },
      schema: async ({ db, subject }) => {
        const codes = codesOf(await listNewUsers(db, subject.id))
        return z.object({ user: choices(codes).refine(chosen => chosen.length > 0, 'users:reminders.user.missing') })
      },
      fill: async (authority, { db }) => ({ user: codesOf(await listNewUsers(db, authority.id)) }),
      offer: async ({ db, subject }) => ({
        authority: subject,
        most: MOST_REMINDED,
        users: (await listNewUsers(db, subject.id)).map(({ id, name, email }) => ({
          value: String(id),
          label: name,
          hint: email,
        })),
      }),
      submit: (c, _authority, { user }, ctx) => remindNewUsers(c, ctx.actor, user.map(Number)),
      done: (count, authority) => ({
        to: `/authorities/${authority.id}/users`,
        notice: ['users:reminders.done', { count }],
      }),
    },
  ),
]
