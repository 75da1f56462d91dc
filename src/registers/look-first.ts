import type { Knex } from 'knex'
import { registersIn } from './queries.ts'
import type { Register } from './register.ts'
import { listCandidates, listedSubjects } from './subject-queries.ts'
import { isNamedAfter, subjectsMeant, tellingWords } from './subjects.ts'

/** So many are shown beside a draft; the directory has the others. */
const SHOWN = 5

/** What a draft is about: whose country is asked, in which module, about which profession or service. */
export interface Wanted {
  country: string
  moduleId: number
  typed: string
}

/** Registers to look in before somebody is asked. `total` counts all of the country and module. */
export interface LookFirst {
  registers: Register[]
  total: number
}

/**
 * Finds the public registers of a country that a request is about: those that name its subject, then those that cover all their
 * modules are about (J2, [004]). While no subject is typed, all there are, if they are few.
 */
export async function findLookFirst(db: Knex, lang: string, { country, moduleId, typed }: Wanted): Promise<LookFirst> {
  const candidates = await listCandidates(db, country, moduleId)
  const total = candidates.length
  if (total === 0) return { registers: [], total }
  const asked = tellingWords(typed).length > 0
  const meant = asked ? subjectsMeant(typed, await listedSubjects(db)) : new Set<string>()
  const naming = candidates.filter(
    ({ names, subjects }) => subjects.some(key => meant.has(key)) || isNamedAfter(typed, names),
  )
  const covering = candidates.filter(one => one.subjects.length === 0 && !naming.includes(one))
  const few = total <= SHOWN ? candidates : covering
  const shown = asked ? [...naming, ...covering] : few
  return {
    registers: await registersIn(
      db,
      lang,
      shown.slice(0, SHOWN).map(({ id }) => id),
    ),
    total,
  }
}
