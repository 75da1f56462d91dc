import type { Knex } from 'knex'
import type { Actor, Standing } from '../policy.ts'

/** Long work as its page shows it. */
export interface Task {
  id: number
  kind: string
  back: string
  askedAt: Date
  finishedAt: Date | null
  total: number
  done: number
  failed: number
  standings: readonly Standing[]
}

interface TaskRow {
  id: number
  kind: string
  back: string
  asked_at: Date
  finished_at: Date | null
  total: number
  done: number
  failed: number
}

/** A task of one's own; others' are nobody's business. */
export async function findTask(db: Knex, actor: Actor, id: number): Promise<Task | undefined> {
  const found = await db.raw<{ rows: TaskRow[] }>(
    `select t.id, t.kind, t.back, t.asked_at, t.finished_at, count(*)::int as total,
       count(*) filter (where i.state = 'done')::int as done, count(*) filter (where i.state = 'failed')::int as failed
     from tasks t join task_items i on i.task_id = t.id where t.id = ? and t.user_id = ? group by t.id`,
    [id, actor.id],
  )
  const row = found.rows[0]
  if (!row) return undefined
  const { kind, back, asked_at: askedAt, finished_at: finishedAt, total, done, failed } = row
  return { id, kind, back, askedAt, finishedAt, total, done, failed, standings: ['self'] }
}

export interface FailedItem {
  position: number
  label: string
  reason: string
  values: Record<string, string | number>
}

/** What could not be done and why, in the order in which it was asked for; at most 500. */
export async function listFailed(db: Knex, taskId: number): Promise<FailedItem[]> {
  const rows = await db('task_items')
    .where({ task_id: taskId, state: 'failed' })
    .orderBy('position')
    .limit(500)
    .select<{ position: number; label: string; reason: string; reason_values: FailedItem['values'] }[]>(
      'position',
      'label',
      'reason',
      'reason_values',
    )
  return rows.map(({ position, label, reason, reason_values: values }) => ({ position, label, reason, values }))
}

/** What was done, in the order in which it was asked for; at most 500. */
export const listDone = (db: Knex, taskId: number): Promise<{ position: number; label: string }[]> =>
  db('task_items')
    .where({ task_id: taskId, state: 'done' })
    .orderBy('position')
    .limit(500)
    .select<{ position: number; label: string }[]>('position', 'label')
