import type { Knex } from 'knex'
import { z } from 'zod'
import type { AuthorityStatus } from '../authorities/index.ts'
import type { Actor, Standing } from '../policy.ts'
import { standingsColumn } from '../reach.ts'
import { eachManaged, managedSearch, type ManagedSearch } from '../search/index.ts'

/** So many authorities can be chosen at once. */
export const MOST_CHOSEN = 1000
const MOST_TICKED = 200

/** Numbers of authorities, ticked one by one; what is none is dropped. */
const numbers = z
  .unknown()
  .optional()
  .transform(value =>
    [value]
      .flat()
      .filter((one): one is string => typeof one === 'string' && /^[1-9]\d{0,8}$/.test(one))
      .slice(0, MOST_TICKED)
      .map(Number),
  )

/** A box that is ticked or not. */
export const ticked = z
  .unknown()
  .optional()
  .transform(value => value === 'yes')

const { mine, q, level, region, module } = managedSearch.shape

/** How authorities are chosen out of the managed ones: filters as in the list of them (B8), then one by one or all that were found. */
export const choiceFields = { mine, q, level, region, holds: module, authority: numbers, all: ticked }
const choiceForm = z.object(choiceFields)
export type Choice = z.output<typeof choiceForm>

/** What was chosen so far; a choice cannot be malformed, only empty. */
export const readChoice = (body: unknown): Choice => choiceForm.parse(body)

/** The same filters as the list of managed authorities asks them. */
export const searchOf = ({ mine, q, level, region, holds }: Choice): ManagedSearch => ({
  ...managedSearch.parse({}),
  mine,
  q,
  level,
  region,
  module: holds,
})

/** An authority that was chosen, with what the actor is to it. */
export interface Chosen {
  id: number
  officialName: string
  officialLanguage: string
  status: AuthorityStatus
  region: string | null
  standings: Standing[]
}

/** The chosen authorities by name: those ticked, and with "all" those that the filters find as well; at most `MOST_CHOSEN`. */
export async function listChosen(db: Knex, actor: Actor, choice: Choice, at: Date): Promise<Chosen[]> {
  const found = choice.all ? await listFound(db, actor, choice, at) : []
  return listByNumber(db, actor, [...new Set([...choice.authority, ...found])].slice(0, MOST_CHOSEN))
}

/** These authorities by name, as far as they lie in the country that the actor manages. */
export async function listByNumber(db: Knex, actor: Actor, ids: readonly number[]): Promise<Chosen[]> {
  return db('authorities as a')
    .where('a.country', actor.manages?.country ?? '')
    .whereRaw('a.id = any(cast(? as int[]))', [[...ids]])
    .orderBy(['a.sort_name', 'a.id'])
    .select<Chosen[]>(
      {
        id: 'a.id',
        officialName: 'a.official_name',
        officialLanguage: 'a.official_language',
        status: 'a.status',
        region: 'a.region',
      },
      standingsColumn(db, actor),
    )
}

async function listFound(db: Knex, actor: Actor, choice: Choice, at: Date): Promise<number[]> {
  const ids: number[] = []
  for await (const rows of eachManaged(db, actor, searchOf(choice), { at, most: MOST_CHOSEN }))
    ids.push(...rows.map(({ id }) => id))
  return ids
}
