import { countries } from '../reference/countries.ts'
import { regions } from '../reference/regions.ts'

/** One country of the made-up Europe: which of all made-up authorities are its own. */
export interface Part {
  code: string
  /** Place of the country in the list, so that two countries with one language have different names. */
  index: number
  languages: string[]
  regions: string[]
  /** Number of its first authority among all, counted from 0. */
  start: number
  size: number
}

// prettier-ignore
const WEIGHTS: Record<string, number> = {
  DE: 12, FR: 11, IT: 10, ES: 9, PL: 8, RO: 5, NL: 4, BE: 4, SE: 4, AT: 4, CZ: 4, GR: 4, PT: 4, HU: 4, BG: 3, DK: 3, FI: 3, SK: 3,
  IE: 3, NO: 3, HR: 2, LT: 2, SI: 2, LV: 2, EE: 2,
}

const all = countries.filter(({ code }) => code !== 'EU')
const total = all.reduce((sum, { code }) => sum + weightOf(code), 0)

/** Shares the authorities out among the thirty countries; each has one at least. @throws RangeError for fewer than 30 */
export function shareOut(count: number): Part[] {
  if (!Number.isSafeInteger(count) || count < all.length)
    throw new RangeError(`A made-up Europe needs ${all.length} authorities or more.`)
  let weight = 0
  let start = 0
  return all.map(({ code, languages }, index) => {
    weight += weightOf(code)
    const end = index + 1 + Math.round(((count - all.length) * weight) / total)
    const own = regions.filter(region => region.country === code).map(region => region.code)
    const part = { code, index, languages, regions: own, start, size: end - start }
    start = end
    return part
  })
}

function weightOf(code: string): number {
  return WEIGHTS[code] ?? 1
}
