import { type Language, languageOf } from './languages/index.ts'

/** What one made-up authority is called, and in which languages. */
export interface Naming {
  kind: number
  field: number
  city: string
  officialName: string
  titles: Record<string, string>
}

interface Choice {
  kind: number
  field: number
  first: number
  last: number
  /** Above 1 when every name of the language is taken already. */
  round: number
}

/** A step that visits every combination once before any comes again: a prime that divides none of the lists' lengths. */
const STRIDE = 7919

/** The n-th name of a country in this language; no two are the same. */
export function nameNumber(n: number, country: number, code: string): Naming {
  const language = languageOf(code)
  const choice = choose(language, n, country)
  const { kind, field } = choice
  const [city, within] = place(language, choice)
  const round = choice.round > 1 ? ` ${choice.round}` : ''
  const fill = (words: Language, where: string): string =>
    capital(words.name.replace('{kind}', words.kinds[kind] ?? '').replace('{field}', words.fields[field] ?? ''))
      .replace('{place}', where)
      .concat(round)
  return {
    kind,
    field,
    city,
    officialName: fill(language, within),
    titles: {
      en: fill(languageOf('en'), city),
      sv: fill(languageOf('sv'), city),
      [code]: `${capital(language.fields[field] ?? '')} – ${city}${round}`,
    },
  }
}

function choose({ kinds, fields, places: { first, last } }: Language, n: number, country: number): Choice {
  const all = kinds.length * fields.length * first.length * last.length
  let rest = ((n % all) * STRIDE + country * 997) % all
  const take = (length: number): number => {
    const taken = rest % length
    rest = Math.floor(rest / length)
    return taken
  }
  return {
    kind: take(kinds.length),
    field: take(fields.length),
    first: take(first.length),
    last: take(last.length),
    round: Math.floor(n / all) + 1,
  }
}

/** A place by itself and within a name, which some languages decline. */
function place({ places }: Language, choice: Choice): [string, string] {
  const first = places.first[choice.first] ?? ''
  const [alone = '', within = alone] = (places.last[choice.last] ?? '').split('/')
  return [capital(first + alone), capital(first + within)]
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
