import { ALIKE } from '../../authorities/index.ts'
import { MOST_ALIKE } from '../line.ts'

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
  /** The lines in which it stands, in their order; no more of them than matter. */
  lines: number[]
  /** Its trigrams by number, rarest first. */
  trigrams: Int32Array
}

/** Where a trigram stands: in which name, and how far from its beginning. */
interface Place {
  name: number
  at: number
}

/**
 * Two names that are alike share one of their rarest trigrams: only those with one in common are compared, and only where enough
 * follows after the first that they share.
 */
function pairNames(lines: readonly Marks[], pair: Pair): void {
  const names = numbered(lines, pair)
  const index: Place[][] = []
  const met = new Int32Array(names.length).fill(-1)
  for (const [number, { lines, trigrams }] of names.entries()) {
    const rarest = trigrams.subarray(0, trigrams.length - Math.ceil(ALIKE * trigrams.length) + 1)
    let alike = 0
    for (const [at, trigram] of rarest.entries()) {
      const places = (index[trigram] ??= [])
      for (const place of places) {
        // A line that is like so many is refused for it: no need to find them all.
        if (alike > MOST_ALIKE) break
        const before = names[place.name]
        if (met[place.name] === number || !before) continue
        met[place.name] = number
        if (!isAlike(trigrams, before.trigrams, at, place.at)) continue
        for (const one of lines) for (const earlier of before.lines) pair(one, earlier)
        alike += before.lines.length
      }
      places.push({ name: number, at })
    }
  }
}

/** Every name once, its trigrams numbered by how often they stand in the file: comparing numbers in order is quick. */
function numbered(lines: readonly Marks[], pair: Pair): Name[] {
  const names = new Map<string, number[]>()
  for (const { line, names: own } of lines)
    for (const name of new Set(own)) {
      const others = names.get(name) ?? []
      for (const other of others) pair(line, other)
      if (others.length <= MOST_ALIKE) names.set(name, [...others, line])
    }
  const all = [...names].map(([name, where]) => ({ lines: where, trigrams: trigramsOf(name) }))
  const frequency = new Map<string, number>()
  for (const { trigrams } of all)
    for (const trigram of trigrams) frequency.set(trigram, (frequency.get(trigram) ?? 0) + 1)
  const rarestFirst = [...frequency].sort(([, one], [, other]) => one - other)
  const numbers = new Map(rarestFirst.map(([trigram], number) => [trigram, number]))
  return all.map(({ lines, trigrams }) => ({
    lines,
    trigrams: Int32Array.from(trigrams, trigram => numbers.get(trigram) ?? 0).sort(),
  }))
}

/** The trigrams of a name's words, each padded as pg_trgm pads it. */
function trigramsOf(name: string): string[] {
  const words = name.split(' ').filter(word => word !== '')
  const all = words.flatMap(word => {
    const padded = [...`  ${word} `]
    return padded.slice(2).map((last, i) => `${padded[i]}${padded[i + 1]}${last}`)
  })
  return [...new Set(all)]
}

/** Whether they share enough, beginning with the first that they share; given up as soon as what is left cannot be enough. */
function isAlike(one: Int32Array, other: Int32Array, i: number, j: number): boolean {
  let shared = 0
  const enough = (ALIKE * (one.length + other.length)) / (1 + ALIKE) - 1
  while (i < one.length && j < other.length) {
    if (shared + Math.min(one.length - i, other.length - j) < enough) return false
    const left = one[i] ?? 0
    const right = other[j] ?? 0
    if (left === right) shared += 1
    if (left <= right) i += 1
    if (right <= left) j += 1
  }
  return shared / (one.length + other.length - shared) >= ALIKE
}
