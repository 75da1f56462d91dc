/** What names are made of in one language. Lists stand in one order for all languages: the n-th kind is the same kind everywhere. */
export interface Language {
  /** Agency, inspectorate, chamber, board, office, council, register, service. */
  kinds: string[]
  /** As in `fields` of ../fields.ts, in the form that `name` needs. */
  fields: string[]
  /** With {kind}, {field} and {place}. */
  name: string
  /** Beginnings and endings of made-up places; an ending may have another form within a name, after a slash. */
  places: { first: string[]; last: string[] }
  given: string[]
  family: string[]
}

interface Lists {
  kinds: string
  fields: string
  name: string
  first: string
  last: string
  given: string
  family: string
}

/** Takes lists as they are easiest read: words with a bar between them. */
export function language({ kinds, fields, name, first, last, given, family }: Lists): Language {
  const words = (text: string): string[] => text.split('|')
  return {
    kinds: words(kinds),
    fields: words(fields),
    name,
    places: { first: words(first), last: words(last) },
    given: words(given),
    family: words(family),
  }
}
