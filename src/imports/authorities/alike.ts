import { ALIKE } from '../../authorities/index.ts'

/** What of a line tells one authority from another, as it is compared. */
export interface Marks {
  line: number
  names: readonly string[]
  email: string
  website: string
}

/**
 * Finds for each line the earlier ones that could be the same authority (B4): a name alike, the same e-mail address or website.
 * Counts likeness as the database does (pg_trgm), so that a line is asked about before it is written and not while it is.
 */
export function alikeAmong(lines: readonly Marks[]): Map<number, number[]> {
  const found = new Map<number, Set<number>>()
  const pair = (one: number, other: number) => {
    if (one === other) return
    const [earlier, later] = one < other ? [one, other] : [other, one]
    found.set(later, (found.get(later) ?? new Set<number>()).add(earlier))
  }
  for (const key of ['email', 'website'] as const) pairSame(lines, key, pair)
  pairNames(lines, pair)
  return new Map([...found].map(([line, others]) => [line, [...others].sort((one, other) => one - other)]))
}

type Pair = (one: number, other: number) => void

/** Each is paired with the first that has the same. */
function pairSame(lines: readonly Marks[], key: 'email' | 'website', pair: Pair): void {
  const first = new Map<string, number>()
  for (const marks of lines) {
    if (marks[key] === '') continue
    const earlier = first.get(marks[key])
    if (earlier === undefined) first.set(marks[key], marks.line)
    else pair(earlier, marks.line)
  }
}

interface Name {
  line: number
  /** Rarest first. */
  trigrams: string[]
  has: Set<string>
}

/** Two names that are alike share one of their rarest trigrams: only those with one in common are compared. */
function pairNames(lines: readonly Marks[], pair: Pair): void {
  const frequency = new Map<string, number>()
  const names = lines.flatMap(({ line, names }) =>
    [...new Set(names)].map((name): Name => {
      const has = trigramsOf(name)
      for (const trigram of has) frequency.set(trigram, (frequency.get(trigram) ?? 0) + 1)
      return { line, trigrams: [...has], has }
    }),
  )
  const index = new Map<string, Name[]>()
  for (const name of names) {
    name.trigrams.sort(
      (one, other) => (frequency.get(one) ?? 0) - (frequency.get(other) ?? 0) || (one < other ? -1 : 1),
    )
    const rarest = name.trigrams.slice(0, name.trigrams.length - Math.ceil(ALIKE * name.trigrams.length) + 1)
    const met = new Set<Name>()
    for (const trigram of rarest) {
      const others = index.get(trigram) ?? []
      for (const other of others) met.add(other)
      others.push(name)
      index.set(trigram, others)
    }
    for (const other of met) if (likeness(name.has, other.has) >= ALIKE) pair(other.line, name.line)
  }
}

/** The trigrams of a name's words, each padded as pg_trgm pads it. */
function trigramsOf(name: string): Set<string> {
  const words = name.split(' ').filter(word => word !== '')
  const all = words.flatMap(word => {
    const padded = [...`  ${word} `]
    return padded.slice(2).map((last, i) => `${padded[i]}${padded[i + 1]}${last}`)
  })
  return new Set(all)
}

function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let shared = 0
  for (const trigram of one) if (other.has(trigram)) shared += 1
  return shared / (one.size + other.size - shared)
}
