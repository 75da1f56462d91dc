import type { Knex } from 'knex'
import type { Actor } from '../../policy.ts'
import { type Change, change, type ChangeContext } from '../db/change.ts'
import { Busy, RuleBroken } from '../errors.ts'
import type { Log } from '../log.ts'
import { enqueue, type Jobs } from './boss.ts'

export const TASK_QUEUE = 'tasks'

export interface TaskJob {
  id: number
}

/** One thing of a long work, with the words by which its page names it: an address, an authority's name. */
export interface TaskItem {
  label: string
  payload: object
}

/** What a slice asks for: which work, over what, and where its page leads back to. */
export interface TaskWish {
  kind: string
  parameters?: object
  items: readonly TaskItem[]
  back: string
}

/** Does one thing in a transaction of its own, as the user who asked, with the rights of that moment. RuleBroken marks it failed. */
export type TaskWork = (c: Change, actor: Actor, payload: unknown, parameters: unknown) => Promise<void>

/** Everything a worker needs to do the tasks: the work of each kind, and how a user becomes an actor again. */
export interface TaskOffice extends ChangeContext {
  log: Log
  works: Readonly<Record<string, TaskWork>>
  findActor(db: Knex, userId: number): Promise<Actor | undefined>
}

/** Queues long work with the act that asks for it: no commit, no work. Answers with the task's number. */
export async function startTask(c: Change, wish: TaskWish): Promise<number> {
  const [row] = await c
    .db('tasks')
    .insert({
      kind: wish.kind,
      user_id: c.actor.id,
      parameters: JSON.stringify(wish.parameters ?? {}),
      back: wish.back,
      asked_at: c.at,
    })
    .returning<{ id: number }[]>('id')
  const id = row?.id ?? 0
  await c.db.raw(
    `insert into task_items (task_id, position, label, payload)
     select ?, item.position, item.value ->> 'label', item.value -> 'payload'
     from jsonb_array_elements(?::jsonb) with ordinality as item (value, position)`,
    [id, JSON.stringify(wish.items)],
  )
  await enqueue(c.db, TASK_QUEUE, { id } satisfies TaskJob, String(id))
  return id
}

/** Makes jobs anew for tasks that are not finished, whatever became of their first one. */
export async function requeueTasks(db: Knex, jobs: Jobs): Promise<void> {
  const ids = await db('tasks').whereNull('finished_at').orderBy('id').limit(100).pluck<number[]>('id')
  if (ids.length === 0) return
  await jobs.insert(
    TASK_QUEUE,
    ids.map(id => ({ data: { id } satisfies TaskJob, singletonKey: String(id) })),
  )
}

interface TaskRow {
  id: number
  kind: string
  user_id: number
  parameters: unknown
}

/** Works on a task until nothing waits, beside other workers: each thing is done once, in one transaction with its mark. */
export async function runTask(office: TaskOffice, id: number, goOn: () => boolean = () => true): Promise<void> {
  const task = await office.db<TaskRow>('tasks').where({ id }).whereNull('finished_at').first()
  if (!task) return
  while (goOn()) {
    if (!(await doNext(office, task))) break
  }
  await office.db.raw(
    `update tasks set finished_at = ? where id = ? and finished_at is null
       and not exists (select from task_items where task_id = tasks.id and state = 'waiting')`,
    [office.clock.now(), id],
  )
}

async function doNext(office: TaskOffice, task: TaskRow): Promise<boolean> {
  const actor = await office.findActor(office.db, task.user_id)
  const party = actor ?? { id: null, authorityId: null, name: null }
  let position: number | undefined
  try {
    await change(office, party, async c => {
      const item = await takeItem(c, task.id)
      position = item?.position
      if (!item) throw new NothingWaits()
      const work = office.works[task.kind]
      if (!work) throw new Error(`Nobody does tasks of kind ${task.kind}`)
      if (!actor) throw new RuleBroken('tasks:reason.userGone')
      await work(c, actor, item.payload, task.parameters)
      await mark(c.db, task.id, item.position, { state: 'done', ended_at: c.at })
    })
    return true
  } catch (error) {
    // Nobody's mistake: the thing waits until the sweep begins the task anew.
    if (error instanceof Busy) return false
    if (position === undefined) {
      if (error instanceof NothingWaits) return false
      throw error
    }
    await fail(office, task, position, error)
    return true
  }
}

class NothingWaits extends Error {}

/** A broken rule is told with its reason; anything else is our mistake: logged, and told as such, so that the rest goes on. */
async function fail({ db, clock, log }: TaskOffice, task: TaskRow, position: number, error: unknown): Promise<void> {
  const broken = error instanceof RuleBroken ? error : new RuleBroken('tasks:reason.unforeseen')
  if (broken !== error) log.error('a part of a task failed', { task: task.id, kind: task.kind, position, error })
  const { message: reason, values } = broken
  await mark(db, task.id, position, {
    state: 'failed',
    reason,
    reason_values: JSON.stringify(values),
    ended_at: clock.now(),
  })
}

async function takeItem({ db }: Change, id: number): Promise<{ position: number; payload: unknown } | undefined> {
  return db('task_items')
    .where({ task_id: id, state: 'waiting' })
    .orderBy('position')
    .forUpdate()
    .skipLocked()
    .first<{ position: number; payload: unknown } | undefined>('position', 'payload')
}

const mark = (db: Knex, id: number, position: number, marks: object): Promise<number> =>
  db('task_items').where({ task_id: id, position, state: 'waiting' }).update(marks)
