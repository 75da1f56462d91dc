import { findActor } from '../../src/actor.ts'
import { runTask, type TaskOffice } from '../../src/platform/jobs/tasks.ts'
import { makeLog } from '../../src/platform/log.ts'
import { taskWorks } from '../../src/tasks.ts'
import type { Page } from '../support/page.ts'
import type { World } from '../support/app.ts'

/** The worker's part of the work that a page leads to; two workers at once when asked. */
export async function worked(w: World, page: Page, workers = 1): Promise<void> {
  const id = Number(/^\/tasks\/(\d+)/.exec(page.url)?.[1])
  await workedOn(w, id, workers)
}

export async function workedOn(w: World, id: number, workers = 1): Promise<void> {
  const { config, clock, db } = w
  const log = makeLog('error', line => w.logged.push(line))
  const office: TaskOffice = { db: db.app, keys: config.keys, clock, log, works: taskWorks, findActor }
  await Promise.all(Array.from({ length: workers }, () => runTask(office, id)))
}

export const itemsOf = (w: World): Promise<{ label: string; state: string; reason: string | null }[]> =>
  w.knex('task_items').orderBy(['task_id', 'position']).select('label', 'state', 'reason')

/** The words beside the boxes or choices of this name. */
export const labelled = (page: Page, button: string, name: string): string[] =>
  page
    .form(button)
    .controls.filter(control => control.name === name)
    .map(({ label }) => label)
