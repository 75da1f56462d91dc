import type { World } from '../support/app.ts'
import type { Entries } from '../support/form-fill.ts'
import { registration } from './registering.ts'
import type { Someone } from '../support/browser.ts'
import { BUTTON } from './registering.ts'

export const SAVE = 'Save'

/** An authority registered through the front door, with all its data; its number. */
export async function registered(w: World, manager: Someone, word: string, more: Entries = {}): Promise<number> {
  await (await manager.visit('/authorities/registration')).submit(BUTTON, registration(word, more))
  const row = (await w
    .knex('authorities')
    .where({ official_name: `${word}verket` })
    .first('id')) as { id: number }
  return row.id
}

/** Whether the search finds an authority by a word. */
export async function isFoundBy(w: World, authorityId: number, word: string): Promise<boolean> {
  const rows = await w
    .knex('authority_search')
    .where({ authority_id: authorityId })
    .whereRaw('words @@ cast(? as tsquery)', [word])
  return rows.length > 0
}

/** The last entry in the history of an authority, with its values. */
export async function lastEvent(w: World, authorityId: number) {
  return (await w
    .knex('audit_events as e')
    .join('audit_values as v', 'v.event_id', 'e.id')
    .where({ 'e.authority_id': authorityId })
    .orderBy('e.id', 'desc')
    .first('e.event', 'e.actor_id', 'v.details')) as {
    event: string
    actor_id: number
    details: Record<string, unknown>
  }
}
