import { z } from 'zod'
import { choice } from '../../platform/web/form.ts'
import { choiceFields, ticked } from '../choice.ts'
import { type ReminderReason, reminderReasons } from './due.ts'

/** What is asked before authorities are reminded: of what, and which ones. */
export const reminderForm = z.object({
  reason: choice(reminderReasons, 'bulk:reminder.reason.missing').transform(value => value as ReminderReason),
  authority: choiceFields.authority,
  all: ticked,
})
export type ReminderWish = z.output<typeof reminderForm>

/** As much of it as can be read of a form with mistakes. */
export const readReminder = (body: unknown): Omit<ReminderWish, 'reason'> & { reason: ReminderReason | undefined } =>
  z
    .object({
      reason: z.enum(reminderReasons).optional().catch(undefined),
      authority: choiceFields.authority,
      all: ticked,
    })
    .transform(({ reason, ...rest }) => ({ ...rest, reason }))
    .parse(body)
