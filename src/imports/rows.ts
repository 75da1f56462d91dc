import type { Translate } from '../platform/i18n/i18n.ts'
import type { ImportKind } from './import.ts'
import { type Line, mistakesOf, questionsOf } from './line.ts'

/** An authority that a line could be, by its number. */
export interface Named {
  id: number
  officialName: string
  officialLanguage: string
  city: string
  /** Whether the reader may open its page. */
  open: boolean
}

/** As many authorities are named that a line could be, as the single form names. */
const MOST_NAMED = 10

/** Everything that is wrong with a line, in the reader's language, with the column it is about. */
export const reasonsOf = (line: Line, t: Translate): string[] =>
  mistakesOf(line).map(({ field, key, values }) => {
    const reason = t(key, values)
    return field ? t('imports:preview.inColumn', { column: field, reason }) : reason
  })

/** What a line is called on the page: its number and who it is about. */
export function labelOf(kind: ImportKind, { line, cells }: Line, t: Translate): string {
  const name = nameOf(kind, cells)
  return name ? t('imports:preview.lineOf', { line, name }) : t('imports:preview.line', { line })
}

function nameOf(kind: ImportKind, cells: Line['cells']): string {
  if (kind === 'users') return [cells.givenName, cells.familyName].filter(Boolean).join(' ')
  const official = Object.entries(cells).find(([column, cell]) => column.startsWith('officialName') && cell)
  return official?.[1] ?? cells.title_en ?? ''
}

/** All that stands in a line, as it will be registered. */
export const contentOf = ({ cells }: Line, t: Translate): string =>
  Object.entries(cells)
    .filter(([, cell]) => cell !== '')
    .map(([column, reason]) => t('imports:preview.inColumn', { column, reason }))
    .join(' · ')

/** What has to be said of a line before it is good: the authorities and lines that it could be, an address that has to be meant. */
export function questionOf(line: Line, t: Translate, named: ReadonlyMap<number, Named>) {
  const asked = questionsOf(line)
  const authorities = asked.flatMap(question => {
    const found = question.startsWith('authority ') ? named.get(Number(question.slice(10))) : undefined
    return found ? [found] : []
  })
  return {
    value: asked.join('|'),
    authorities: authorities
      .slice(0, MOST_NAMED)
      .map(({ id, officialName, officialLanguage, city, open }) => [
        { text: officialName, lang: officialLanguage, ...(open && { href: `/authorities/${id}` }) },
        { text: city },
      ]),
    notes: [
      ...(authorities.length > MOST_NAMED
        ? [t('imports:question.more', { count: authorities.length - MOST_NAMED })]
        : []),
      ...(line.alike.length > 0 ? [t('imports:question.lines', { lines: line.alike.join(', ') })] : []),
      ...(asked.includes('address') ? [t('imports:question.address')] : []),
    ],
    label: t(`imports:question.answer.${answerOf(line)}`, { line: line.line }),
  }
}

/** What the person says with the tick: that the line is another authority, that the address is meant, or both. */
function answerOf({ questions, alike }: Line): 'another' | 'meant' | 'both' {
  const address = questions.includes('address')
  if (questions.length + alike.length === (address ? 1 : 0)) return 'meant'
  return address ? 'both' : 'another'
}
