import { foldWords } from '../authorities/index.ts'

/**
 * Whether what somebody typed as profession or service is something that a register covers. Pure: words in whatever language and
 * spelling are compared with names in all of them; what the two have in common must be all that one of them says.
 */

/** A profession, service or economic activity of the catalogue, by its names in all languages. */
export interface Subject {
  /** Distinguishes it from all others of the catalogue. */
  key: string
  kind: 'keyword' | 'activity'
  names: readonly string[]
}

/** Say nothing about a subject: what stands between words, and what any profession or service may be called. As they are folded. */
const EMPTY = new Set(
  (
    'and the for with who has from och med for som inom samt til der die das den dem des und mit von les des aux pour per con del dei ' +
    'della por para com dos das los las ' +
    'activities activity other service services related general professional registered licensed authorised authorized qualified ' +
    'certified verksamhet verksamheter andra annan annat ovrig ovriga tjanst tjanster relaterade legitimerad auktoriserad ' +
    'virksomhed autoriseret dienstleistungen tatigkeiten sonstige autres autre'
  ).split(' '),
)

/** So much of what was typed is compared: a subject is a few words, not a story. */
const MOST_WORDS = 20

/** The words of a text that say something about a subject; those of two letters or fewer do not. */
export const tellingWords = (text: string): string[] =>
  foldWords(text)
    .filter(word => word.length > 2 && !EMPTY.has(word))
    .slice(0, MOST_WORDS)

/** What stands beside one another in a text: "Plumber and gas fitter" names two, and what is in brackets is a third. */
const APART =
  /[,;:/()•·]|\s(?:and|or|och|eller|samt|og|und|oder|et|ou|e|y|ja|tai|oraz|lub|és|vagy|un|vai|ir|en|si|și)\s/iu

const piecesOf = (text: string): string[][] =>
  text
    .split(APART)
    .map(tellingWords)
    .filter(words => words.length > 0)

/** Two forms of one word: the same beginning, which is most of both, with other endings. */
export function isAlike(one: string, other: string): boolean {
  if (one === other) return true
  const longer = Math.max(one.length, other.length)
  let common = 0
  while (common < longer && one[common] === other[common]) common += 1
  return common >= 4 && common >= 0.6 * longer && longer - common <= 3
}

const isWithin = (words: readonly string[], others: readonly string[]): boolean =>
  words.length > 0 && words.every(word => others.some(other => isAlike(word, other)))

/** A name of the catalogue, taken apart. */
interface Read {
  all: readonly string[]
  telling: readonly string[]
  pieces: readonly (readonly string[])[]
}

const read = new Map<string, Read>()

/** Each name of the catalogue is taken apart once: there are few, and every draft asks for all. */
function readName(name: string): Read {
  let made = read.get(name)
  if (!made) read.set(name, (made = { all: foldWords(name), telling: tellingWords(name), pieces: piecesOf(name) }))
  return made
}

/** Those of these subjects that somebody may mean who typed this, by their keys. */
export function subjectsMeant(typed: string, subjects: readonly Subject[]): Set<string> {
  const all = tellingWords(typed)
  const pieces = piecesOf(typed)
  const isMeant = ({ kind, names }: Subject): boolean =>
    names.map(readName).some(name => {
      if (isWithin(name.telling, all) || pieces.some(piece => isWithin(piece, name.telling))) return true
      // The titles of economic activities hold many a word that alone says little: "repair", "equipment".
      const least = kind === 'activity' ? 2 : 1
      return name.pieces.some(piece => piece.length >= least && isWithin(piece, all))
    })
  return new Set(subjects.filter(isMeant).map(({ key }) => key))
}

/** Whether a register is called after what was typed, in one of its languages. */
export function isNamedAfter(typed: string, names: readonly string[]): boolean {
  const pieces = piecesOf(typed)
  return names.some(name => {
    const words = tellingWords(name)
    return pieces.some(piece => isWithin(piece, words))
  })
}

/** Those of these subjects in whose names, in whatever language, a word begins like this one, by their keys. */
export const subjectsWith = (word: string, subjects: readonly Subject[]): string[] =>
  subjects
    .filter(({ names }) => names.some(name => readName(name).all.some(one => one.startsWith(word))))
    .map(({ key }) => key)
