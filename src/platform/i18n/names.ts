/** Names of countries and languages, dates and numbers, as the reader's language writes them. All from the platform's Intl. */

/** Keeps what is made per language and one thing more, a zone or a code: to make Intl's objects costs far more than to use them. */
export function kept<T>(make: (lang: string, of: string) => T): (lang: string, of?: string) => T {
  const made = new Map<string, Map<string, T>>()
  return (lang, of = '') => {
    let inLanguage = made.get(lang)
    if (!inLanguage) made.set(lang, (inLanguage = new Map<string, T>()))
    let one = inLanguage.get(of)
    if (one === undefined) inLanguage.set(of, (one = make(lang, of)))
    return one
  }
}

/** A country's name; `EU` is the European Union. */
export const countryName: (lang: string, code: string) => string = kept(
  (lang, code) => displayNames(lang, 'region').of(code) ?? code,
)

export const languageName: (lang: string, code: string) => string = kept(
  (lang, code) => displayNames(lang, 'language').of(code) ?? code,
)

const displayNames = kept((lang, type) => new Intl.DisplayNames(lang, { type: type as 'region' | 'language' }))

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
export const dateLocale = (lang: string): string => (lang === 'en' ? 'en-GB' : lang)

const days = kept((lang, zone) => new Intl.DateTimeFormat(dateLocale(lang), { dateStyle: 'long', timeZone: zone }))

/** A day, written out: "24 November 2026". */
export const day = (lang: string, zone: string, at: Date): string => days(lang, zone).format(at)

const moments = kept(
  (lang, zone) =>
    new Intl.DateTimeFormat(dateLocale(lang), {
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      timeZone: zone,
      timeZoneName: 'short',
    }),
)

/** A moment with its zone: "24 Nov 2026, 14:05 CET". */
export const moment = (lang: string, zone: string, at: Date): string => moments(lang, zone).format(at)

const numbers = kept(lang => new Intl.NumberFormat(lang))

export const number = (lang: string, value: number): string => numbers(lang).format(value)

const collators = kept(lang => new Intl.Collator(lang))

/** Sorts options by their label as the reader's language does. */
export function byLabel<T extends { label: string }>(lang: string, options: T[]): T[] {
  const { compare } = collators(lang)
  return [...options].sort((one, other) => compare(one.label, other.label))
}
