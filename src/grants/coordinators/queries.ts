import type { Knex } from 'knex'
import type { Mistake } from '../../platform/web/form.ts'
import { coordinatorMistakes } from '../forms.ts'
import type { Coordinator, FoundGrant } from '../grant.ts'
import { listCoordinators, listOfCountry } from '../queries.ts'

/** A coordinator that can be linked, or is. */
export interface Linkable extends Coordinator {
  /** Linked, but no active coordinator in the module any more: it can be kept, or taken off for good. */
  inactive: boolean
}

/** Who can be linked to a grant: the active coordinators of the country (C7), and whoever is linked already. */
export async function listLinkable(db: Knex, grant: FoundGrant): Promise<Linkable[]> {
  const active = await listCoordinators(db, grant.authority, grant.moduleId)
  const former = grant.coordinators.filter(({ id }) => !active.some(one => one.id === id))
  return [
    ...active.map(({ id, name, language }) => ({ id, name, language, inactive: false })),
    ...former.map(coordinator => ({ ...coordinator, inactive: true })),
  ]
}

/** What is wrong with the chosen coordinators, held against what can be chosen now. */
export async function linkMistakes(db: Knex, grant: FoundGrant, coordinators: number[]): Promise<Mistake[]> {
  const possible = (await listLinkable(db, grant)).map(({ id }) => id)
  const ofCountry = await listOfCountry(db, grant.authority.country, coordinators)
  return coordinatorMistakes({ role: grant.role, coordinators }, possible, ofCountry)
}

/** Coordinators with the address at which they are told. */
export const listAddresses = (
  db: Knex,
  ids: readonly number[],
): Promise<{ id: number; email: string; language: string }[]> =>
  db('authorities').whereIn('id', ids).orderBy('id').select('id', 'email', { language: 'official_language' })

/** A coordinator in the history: by number, and by the name it had then. */
export type Named = Pick<Coordinator, 'id' | 'name'>

/** Coordinators as the history names them. */
export const listNamed = (db: Knex, ids: readonly number[]): Promise<Named[]> =>
  db('authorities').whereIn('id', ids).orderBy('id').select('id', { name: 'official_name' })
