import type { Knex } from 'knex'
import type { QuestionSet } from '../../../modules/index.ts'
import { countryName } from '../../../platform/i18n/names.ts'
import { findLookFirst, REGISTERS, type ShownRegister, shownRegister } from '../../../registers/index.ts'
import type { Reader } from './drawn.ts'

/** Public registers to look in before the request is sent, and the way to all that the country lists for the module. */
export interface LookFirst {
  registers: ShownRegister[]
  all: { href: string; label: string } | null
}

/** What a request is about, in a few words: the profession, the service. Never a person: those fields decide who is competent. */
export const topicOf = ({ subject }: QuestionSet, values: Readonly<Record<string, string | undefined>>): string =>
  subject
    .filter(({ competence, required, kind }) => competence && required && kind === 'text')
    .map(({ code }) => values[code] ?? '')
    .join(', ')

/** Looks for registers of the country that is asked, for what the request is about (J2, [004]); before a country is chosen for none. */
export async function lookFirst(
  db: Knex,
  { t, lang }: Reader,
  { country, moduleId, topic }: { country: string; moduleId: number; topic: string },
): Promise<LookFirst> {
  if (!country) return { registers: [], all: null }
  const { registers, total } = await findLookFirst(db, lang, { country, moduleId, typed: topic })
  const label = t('registers:first.all', { count: total, country: countryName(lang, country) })
  return {
    registers: registers.map(register => shownRegister(register, { t, lang })),
    all: total > 0 ? { href: `${REGISTERS}?country=${country}&module=${moduleId}`, label } : null,
  }
}
