import type { Body, FormView } from '../../platform/web/form.ts'
import { form } from '../../platform/web/form-route.ts'
import type { Ctx } from '../../platform/web/page.ts'
import { nameIn } from '../../modules/index.ts'
import { findUser } from '../queries.ts'
import { holderChoices, roleGroups } from '../rows.ts'
import { trailToUser } from '../trail.ts'
import type { User } from '../user.ts'
import { changeRoles, judge } from './change-roles.ts'
import { rightsFill, rightsForm, rightsFrom, type RightsEntry } from './forms.ts'
import { orphans } from './holders.ts'
import { findRights, findRoleChoice, listColleagues } from './queries.ts'
import { without } from './role.ts'

export const roleRoutes = [
  ...form(
    '/users/:id/roles',
    { can: 'user.changeRoles', on: findUser },
    {
      view: 'users/roles',
      title: user => ['users:roles.title', { name: user.name }],
      trail: (user, { t }) => trailToUser(t, user, t('users:roles.trail')),
      schema: async ctx => rightsForm(await findRoleChoice(ctx.db, ctx.actor, ctx.subject)),
      check: async (ctx, body) => judge(await wishOf(ctx, body)).mistakes,
      fill: async (user, ctx) => {
        const [choice, now] = await Promise.all([findRoleChoice(ctx.db, ctx.actor, user), findRights(ctx.db, user.id)])
        return rightsFill(choice, now)
      },
      offer: (ctx, view) => choicesOf(ctx, view),
      submit: async (c, user, entry, ctx) => {
        await changeRoles(c, ctx.actor, user, entry as RightsEntry)
        return { self: ctx.actor.id === user.id }
      },
      // Who has just taken the own rights away may no longer see the page.
      done: ({ self }, user) => ({
        to: self ? '/' : `/users/${user.id}`,
        notice: ['users:roles.done', { name: user.name }],
      }),
    },
  ),
]

async function wishOf(ctx: Ctx<User>, body: Body | FormView['values']) {
  const { db, actor, subject: user, lang } = ctx
  const [choice, now, colleagues] = await Promise.all([
    findRoleChoice(db, actor, user),
    findRights(db, user.id),
    listColleagues(db, user.authorityId, user.id),
  ])
  const entry = rightsForm(choice).parse(body) as RightsEntry
  return { choice, colleagues, now, wanted: rightsFrom(choice, now, entry), entry, lang }
}

/** What can be given, and who could take over roles that would have no holder. */
async function choicesOf(ctx: Ctx<User>, view: FormView): Promise<object> {
  const { choice, colleagues, now, wanted } = await wishOf(ctx, view.values)
  const orphaned = orphans(choice.modules, without(now.roles, wanted.roles), colleagues)
  return {
    user: ctx.subject,
    groups: roleGroups(choice.modules, ctx),
    outside: roleGroups(choice.outside, ctx).map(({ legend }) => legend),
    dataModules: choice.dataModules?.map(({ id, names }) => ({ value: id, label: nameIn(names, ctx.lang) })) ?? null,
    commission: choice.kind === 'commission',
    holders: holderChoices(orphaned, colleagues, choice.modules, ctx),
  }
}
