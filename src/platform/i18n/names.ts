/** Names of countries and languages, dates and numbers, as the reader's language writes them. All from the platform's Intl. */

const cache = new Map<string, unknown>()

function once<T>(key: string, make: () => T): T {
  let made = cache.get(key) as T | undefined
  if (!made) cache.set(key, (made = make()))
  return made
}

/** A country's name; `EU` is the European Union. */
export const countryName = (lang: string, code: string): string =>
  once(`region ${lang} ${code}`, () => displayNames(lang, 'region').of(code) ?? code)

export const languageName = (lang: string, code: string): string =>
  once(`language ${lang} ${code}`, () => displayNames(lang, 'language').of(code) ?? code)

const displayNames = (lang: string, type: 'region' | 'language'): Intl.DisplayNames =>
  once(`names of ${type} ${lang}`, () => new Intl.DisplayNames(lang, { type }))

const ZONES: Record<string, string> = {
  AT: 'Vienna', BE: 'Brussels', BG: 'Sofia', CY: 'Nicosia', CZ: 'Prague', DE: 'Berlin', DK: 'Copenhagen', EE: 'Tallinn',
  ES: 'Madrid', EU: 'Brussels', FI: 'Helsinki', FR: 'Paris', GR: 'Athens', HR: 'Zagreb', HU: 'Budapest', IE: 'Dublin',
  IT: 'Rome', LI: 'Vaduz', LT: 'Vilnius', LU: 'Luxembourg', LV: 'Riga', MT: 'Malta', NL: 'Amsterdam', NO: 'Oslo',
  PL: 'Warsaw', PT: 'Lisbon', RO: 'Bucharest', SE: 'Stockholm', SI: 'Ljubljana', SK: 'Bratislava',
} // prettier-ignore

/** The time zone in which people of a country read times. */
export const zoneOf = (country: string): string =>
  country === 'IS' ? 'Atlantic/Reykjavik' : `Europe/${ZONES[country] ?? 'Brussels'}`

/** English is written for Europe: the day before the month. */
const dateLocale = (lang: string): string => (lang === 'en' ? 'en-GB' : lang)

/** A day, written out: "24 November 2026". */
export const day = (lang: string, zone: string, at: Date): string =>
  once(
    `day ${lang} ${zone}`,
    () => new Intl.DateTimeFormat(dateLocale(lang), { dateStyle: 'long', timeZone: zone }),
  ).format(at)

/** A moment with its zone: "24 Nov 2026, 14:05 CET". */
export const moment = (lang: string, zone: string, at: Date): string =>
  once(
    `moment ${lang} ${zone}`,
    () =>
      new Intl.DateTimeFormat(dateLocale(lang), {
        day: 'numeric',
        month: 'short',
        year: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        timeZone: zone,
        timeZoneName: 'short',
      }),
  ).format(at)

export const number = (lang: string, value: number): string =>
  once(`number ${lang}`, () => new Intl.NumberFormat(lang)).format(value)

/** Sorts options by their label as the reader's language does. */
export function byLabel<T extends { label: string }>(lang: string, options: T[]): T[] {
  const collator = once(`collator ${lang}`, () => new Intl.Collator(lang))
  return [...options].sort((one, other) => collator.compare(one.label, other.label))
}
