import type { Knex } from 'knex'
import {
  comparable,
  findLists,
  findSimilarNames,
  type Lists,
  partsMissing,
  type Place,
  titleLanguages,
  websiteKey,
} from '../../authorities/index.ts'
import { NotFound, RuleBroken } from '../../platform/errors.ts'
import { type Mistake, readForm } from '../../platform/web/form.ts'
import { findHolders, registerWithFirstUser, registrationForm } from '../../users/index.ts'
import type { Change } from '../../platform/db/change.ts'
import type { Judge } from '../import.ts'
import { isUnread, type Line, type Question } from '../line.ts'
import { formulasIn } from '../read-file.ts'
import { alikeAmong, type Marks } from './alike.ts'
import { authorityColumns, bodyFrom, unknownCodes } from './columns.ts'

const addressOf = ({ cells }: Line): string => (cells.userEmail ?? '').toLowerCase()

/** Judges and writes the lines of a file of authorities as the single form does (B1, B4, D9). */
export const judgeAuthorities: Judge = async (db, actor, { id: importId }) => {
  if (!actor.manages) throw new NotFound()
  const place: Place = { country: actor.manages.country, region: actor.manages.region }
  const lists = await findLists(db, actor.language, place)
  const form = registrationForm(lists, place)
  const columns = authorityColumns(lists, place)

  const ownMistakes = (line: Line): Mistake[] => {
    const body = bodyFrom(line, lists, place)
    const read = readForm(form, body)
    return [
      ...(read.ok ? [] : read.mistakes),
      ...partsMissing(body, lists, place),
      ...unknownCodes(line, lists),
      ...formulasIn(line, columns),
    ]
  }

  return {
    columns,
    addressOf,
    alikeAmong: lines => alikeAmong(lines.map(line => marksOf(line, lists))),
    async judge(lines) {
      const readable = lines.filter(line => !isUnread(line))
      const functional = ({ cells }: Line) => (cells.email ?? '').toLowerCase()
      const holders = await findHolders(db, [...readable.map(addressOf), ...readable.map(functional)])
      const registered = await registeredLike(db, place.country, readable, lists)
      return lines.map(line => {
        if (isUnread(line)) return line
        const email = functional(line)
        const personal = email !== '' && (email === addressOf(line) || holders.has(email))
        const inUse = holders.has(addressOf(line)) ? [{ field: 'userEmail', key: 'users:email.inUse' }] : []
        const questions: Question[] = (registered.get(line.line) ?? []).map(id => `authority ${id}` as const)
        return {
          ...line,
          mistakes: [...ownMistakes(line), ...inUse],
          questions: [...questions, ...(personal ? (['address'] as const) : [])],
        }
      })
    },
    async write(c, line, others) {
      const [unknown] = unknownCodes(line, lists)
      const read = readForm(form, bodyFrom(line, lists, place))
      const first = read.ok ? unknown : read.mistakes[0]
      if (!read.ok || first) throw new RuleBroken(first?.key ?? '', { values: first?.values ?? {} })
      const differentFrom = [...answeredAuthorities(line), ...(await writtenBefore(c, importId, others))]
      return (await registerWithFirstUser(c, actor, { ...read.value, differentFrom })).userId
    },
  }
}

const answeredAuthorities = ({ answered }: Line): number[] =>
  answered.flatMap(question => (question.startsWith('authority ') ? [Number(question.slice(10))] : []))

/** The authorities that other lines of the same import have become. */
const writtenBefore = (c: Change, importId: number, lines: readonly number[]): Promise<number[]> =>
  c
    .db('import_lines as l')
    .join('users as u', 'u.id', 'l.user_id')
    .where('l.import_id', importId)
    .whereRaw('l.line = any(cast(? as int[]))', [[...lines]])
    .pluck<number[]>('u.authority_id')

function marksOf({ line, cells }: Line, lists: Lists): Marks {
  const names = namesIn(cells, lists).map(comparable)
  return {
    line,
    names: names.filter(name => name !== ''),
    email: (cells.email ?? '').toLowerCase(),
    website: websiteKey(cells.website ?? ''),
  }
}

const namesIn = (cells: Line['cells'], lists: Lists): string[] =>
  [
    ...lists.own.map(language => cells[`officialName_${language}`] ?? ''),
    ...titleLanguages(lists).map(language => cells[`title_${language}`] ?? ''),
  ].filter(name => name !== '')

const SAME = `
  select asked.place::int - 1 as at, a.id
  from unnest(cast(:emails as text[]), cast(:websites as text[])) with ordinality as asked (email, website, place)
  join authorities a on a.country = :country
    and (lower(a.email) = asked.email or (asked.website <> '' and a.website_key = asked.website))`

/** The authorities that each line could be, as the single form finds them for one (B4); the statements are as many for one line as for all. */
async function registeredLike(
  db: Knex,
  country: string,
  lines: readonly Line[],
  lists: Lists,
): Promise<Map<number, number[]>> {
  const marks = lines.map(line => marksOf(line, lists))
  const names = marks.flatMap(({ line, names }) => names.map(name => ({ line, name })))
  const emails = marks.map(({ email }) => email)
  const websites = marks.map(({ website }) => website)
  const similar = await findSimilarNames(
    db,
    country,
    names.map(({ name }) => name),
  )
  const same = await db.raw<{ rows: { at: number; id: number }[] }>(SAME, { country, emails, websites } as never)
  const found = new Map<number, Set<number>>()
  const add = (line: number | undefined, id: number) => {
    if (line !== undefined) found.set(line, (found.get(line) ?? new Set<number>()).add(id))
  }
  for (const { at, id } of similar) add(names[at]?.line, id)
  for (const { at, id } of same.rows) add(marks[at]?.line, id)
  return new Map([...found].map(([line, ids]) => [line, [...ids]]))
}
