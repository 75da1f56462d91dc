import type { Mistake } from '../platform/web/form.ts'

/** As many lines are read of one file; those after them are named. */
export const MOST_LINES = 5000

/** A line that is like more earlier ones than these cannot be answered for any more. */
export const MOST_ALIKE = 100

/** What becomes of a line: it can be written, the person has to say something first, it has mistakes, or it was left out. */
export const lineStates = ['good', 'asked', 'bad', 'out'] as const
export type LineState = (typeof lineStates)[number]

/** What is asked about a line: whether it is this authority, whether it is the same as that line, whether the address is meant. */
export type Question = `authority ${number}` | `line ${number}` | 'address'

/** One line of a file as it is kept, sealed, until it is written. `mistakes` are told by column. */
export interface Line {
  line: number
  /** By the name of the column. */
  cells: Readonly<Record<string, string>>
  /** Whether the person has left it out. */
  out: boolean
  /** What is wrong with it by itself and beside what IMI holds. */
  mistakes: Mistake[]
  /** The line before it, among those that are taken, with the same e-mail address of a user. */
  twice?: number
  questions: Question[]
  /** Lines before it that could be the same authority. */
  alike: number[]
  /** What the person has answered with "it is another one" or "it is meant". */
  answered: Question[]
}

/** Everything that is asked about a line. */
export const questionsOf = ({ questions, alike }: Line): Question[] => [
  ...questions,
  ...alike.map(line => `line ${line}` as const),
]

/** What can be done with a line: exactly one of the four. */
export function stateOf(line: Line): LineState {
  if (line.out) return 'out'
  if (mistakesOf(line).length > 0) return 'bad'
  return questionsOf(line).every(question => line.answered.includes(question)) ? 'good' : 'asked'
}

/** Everything that is wrong with a line, at once. */
export const mistakesOf = ({ mistakes, twice, alike }: Line): Mistake[] => [
  ...mistakes,
  ...(twice === undefined ? [] : [{ field: 'email', key: 'imports:reason.twice', values: { line: twice } }]),
  ...(alike.length > MOST_ALIKE ? [{ field: '', key: 'imports:reason.tooAlike', values: { count: MOST_ALIKE } }] : []),
]

/** A line as it comes out of the file, before anybody has judged it. */
export const freshLine = (line: number, cells: Readonly<Record<string, string>>, mistakes: Mistake[] = []): Line => ({
  line,
  cells,
  out: false,
  mistakes,
  questions: [],
  alike: [],
  answered: [],
})

/** Whether a line could not be read at all: there is nothing in it to judge. */
export const isUnread = ({ cells }: Line): boolean => Object.keys(cells).length === 0

/**
 * Says of each line whether its user's address stands in an earlier one, and which earlier lines could be the same authority.
 * Lines that were left out count for nothing: leaving one out can make another one good.
 */
export function relate(
  lines: readonly Line[],
  addressOf: (line: Line) => string,
  alikeAmong: (lines: readonly Line[]) => Map<number, number[]>,
): Line[] {
  const taken = lines.filter(line => !line.out && !isUnread(line))
  const alike = alikeAmong(taken)
  const first = new Map<string, number>()
  for (const line of taken) {
    const address = addressOf(line)
    if (address !== '' && !first.has(address)) first.set(address, line.line)
  }
  return lines.map(line => {
    const { twice: _, ...rest } = line
    const earlier = first.get(addressOf(line))
    const twice = earlier !== undefined && earlier < line.line && !line.out ? { twice: earlier } : {}
    return { ...rest, ...twice, alike: alike.get(line.line) ?? [] }
  })
}
