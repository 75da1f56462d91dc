import { listTold, type Told } from '../../authorities/index.ts'
import type { Change } from '../../platform/db/change.ts'
import { RuleBroken } from '../../platform/errors.ts'
import { startTask, type TaskWork } from '../../platform/jobs/tasks.ts'
import type { Email } from '../../platform/mail/email.ts'
import type { Actor } from '../../policy.ts'
import { type Due, listDue, type ReminderReason } from './due.ts'

declare module '../../platform/db/change.ts' {
  interface AuditEvents {
    'bulkReminder.started': { task: number; reason: ReminderReason; authorities: number }
    /** Its administrators were asked by mail to register a second one, or to look at its data. */
    'authority.reminded': { reason: ReminderReason; administrators: number[] }
  }
}

/** Begins to remind the administrators of many authorities; answers with the number of the task. */
export async function remindMany(
  c: Change,
  actor: Actor,
  reason: ReminderReason,
  chosen: readonly Due[],
): Promise<number> {
  const task = await startTask(c, {
    kind: 'bulkReminder',
    parameters: { reason },
    items: chosen.map(({ id, officialName }) => ({ label: officialName, payload: { authority: id } })),
    back: '/bulk-reminders',
  })
  const details = { task, reason, authorities: chosen.length }
  await c.record('bulkReminder.started', { type: 'task', id: task, authorityId: actor.authorityId }, details)
  return task
}

/** Writes to the administrators of one authority. Throws RuleBroken when there is nothing to remind them of any more. */
export const remindOne: TaskWork = async (c, actor, payload, parameters) => {
  const { authority: id } = payload as { authority: number }
  const { reason } = parameters as { reason: ReminderReason }
  const [due] = await listDue(c.db, actor, reason, { at: c.at, ids: [id] })
  if (!due) throw new RuleBroken('bulk:reason.notDue')
  const told = await listTold(c.db, id)
  for (const reader of told) await c.send(reminder(reader, due, { reason, by: actor.authorityName }))
  const details = { reason, administrators: told.flatMap(reader => reader.id ?? []) }
  await c.record('authority.reminded', { type: 'authority', id, authorityId: id }, details)
}

const templates = {
  oneAdministrator: { template: 'bulk/one-administrator', page: 'users/new' },
  notConfirmed: { template: 'bulk/not-confirmed', page: 'confirmation' },
} as const satisfies Record<ReminderReason, { template: string; page: string }>

function reminder(to: Told, { id, officialName }: Due, { reason, by }: { reason: ReminderReason; by: string }): Email {
  const { template, page } = templates[reason]
  return {
    to: to.email,
    cc: to.copy,
    language: to.language,
    template,
    values: { authority: officialName, by },
    path: `/authorities/${id}/${page}`,
    about: { type: 'authority', id },
  }
}
