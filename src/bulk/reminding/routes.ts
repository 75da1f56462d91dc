import type { Mistake } from '../../platform/web/form.ts'
import { form } from '../../platform/web/form-route.ts'
import type { Ctx } from '../../platform/web/page.ts'
import { MOST_SHOWN, withoutNote } from '../offer.ts'
import { type Due, listDue, MOST_REMINDED, type ReminderReason, reminderReasons } from './due.ts'
import { readReminder, reminderForm, type ReminderWish } from './forms.ts'
import { remindMany } from './remind-many.ts'

export const remindingRoutes = form(
  '/bulk-reminders',
  { can: 'bulkReminder.start' },
  {
    view: 'bulk/reminder',
    title: () => 'bulk:reminder.title',
    schema: reminderForm,
    check: (ctx, body) => mistakesIn(ctx, body),
    fill: (_, ctx) => ({ reason: readReminder(ctx.req.query).reason }),
    offer: async (ctx, view) => {
      const { reason } = readReminder(view.values)
      const due = reason ? await listDue(ctx.db, ctx.actor, reason, { at: ctx.at }) : []
      return {
        form: withoutNote(view, ctx.req.body),
        reasons: reminderReasons.map(value => ({ value, label: ctx.t(`bulk:reminder.reason.${value}`) })),
        asked: reason !== undefined,
        total: due.length,
        most: MOST_REMINDED,
        shown: MOST_SHOWN,
        options: due.slice(0, MOST_SHOWN).map(({ id, officialName, officialLanguage }) => ({
          value: id,
          label: officialName,
          lang: officialLanguage,
        })),
      }
    },
    preview: {
      view: 'bulk/reminder-preview',
      offer: async (ctx, value) => {
        const chosen = await chosenOf(ctx, value.reason, value)
        return {
          reason: ctx.t(`bulk:reminder.reason.${value.reason}`),
          administrators: await countAdministrators(ctx, chosen),
          authorities: chosen.length,
        }
      },
    },
    submit: async (c, _, value, ctx) =>
      remindMany(c, ctx.actor, value.reason, await chosenOf(ctx, value.reason, value)),
    done: task => ({ to: `/tasks/${task}` }),
  },
)

const chosenOf = (
  ctx: Ctx<unknown>,
  reason: ReminderReason,
  wish: Pick<ReminderWish, 'all' | 'authority'>,
): Promise<Due[]> => listDue(ctx.db, ctx.actor, reason, { at: ctx.at, ...(!wish.all && { ids: wish.authority }) })

async function mistakesIn(ctx: Ctx<unknown>, body: unknown): Promise<Mistake[]> {
  const { reason, ...wish } = readReminder(body)
  if (!reason || (await chosenOf(ctx, reason, wish)).length > 0) return []
  return [{ field: 'choice', key: 'components:choice.missing' }]
}

async function countAdministrators(ctx: Ctx<unknown>, chosen: readonly Due[]): Promise<number> {
  const [row] = await ctx
    .db('users')
    .where({ administrator: true, deleted_at: null })
    .whereRaw('authority_id = any(cast(? as int[]))', [chosen.map(({ id }) => id)])
    .count<{ count: string }[]>('*')
  return Number(row?.count ?? 0)
}
