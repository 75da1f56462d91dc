import type { Knex } from 'knex'
import { type AuthorityStatus, findAuthority, readable } from '../authorities/index.ts'
import { type Page, paginate, type SortColumn } from '../platform/web/list.ts'
import { type Keyring, seal, unseal } from '../platform/secrets.ts'
import { type Actor, ownStandings, type Standing } from '../policy.ts'
import { standingsColumn } from '../reach.ts'
import type { Import, ImportKind } from './import.ts'
import { type Line, type LineState, stateOf } from './line.ts'
import type { Named } from './rows.ts'

const importColumns = {
  id: 'i.id',
  kind: 'i.kind',
  authorityId: 'i.authority_id',
  authorityName: 'a.official_name',
  authorityLanguage: 'a.official_language',
  madeAt: 'i.made_at',
  state: 'i.state',
  version: 'i.version',
  taskId: 'i.task_id',
}

const own = (db: Knex, actor: Actor, kind: ImportKind) =>
  db('imports as i').join('authorities as a', 'a.id', 'i.authority_id').where({ 'i.made_by': actor.id, 'i.kind': kind })

/** Finds an import of users of one's own, with what the actor is to their authority. */
export async function findUserImport(db: Knex, actor: Actor, id: number): Promise<Import | undefined> {
  const found = await own(db, actor, 'users')
    .where('i.id', id)
    .first<Omit<Import, 'standings'> | undefined>(importColumns)
  const authority = found && (await findAuthority(db, actor, found.authorityId))
  return authority && { ...found, standings: authority.standings }
}

/** Finds an import of authorities of one's own. */
export async function findAuthorityImport(db: Knex, actor: Actor, id: number): Promise<Import | undefined> {
  const found = await own(db, actor, 'authorities')
    .where({ 'i.id': id, 'i.authority_id': actor.authorityId })
    .first<Omit<Import, 'standings'> | undefined>(importColumns)
  const standings: Standing[] = ownStandings(actor)
  return found && { ...found, standings }
}

/** The imports that somebody has begun to look through and not finished, the latest first. */
export const listDrafts = (
  db: Knex,
  actor: Actor,
  { kind, authorityId }: { kind: ImportKind; authorityId: number },
): Promise<{ id: number; madeAt: Date; lines: number }[]> =>
  own(db, actor, kind)
    .where({ 'i.authority_id': authorityId, 'i.state': 'draft' })
    .orderBy('i.id', 'desc')
    .limit(10)
    .select<{ id: number; madeAt: Date; lines: number }[]>(
      { id: 'i.id', madeAt: 'i.made_at' },
      db.raw('(select count(*)::int from import_lines l where l.import_id = i.id) as lines'),
    )

/** How many lines of an import are in each state, and how many have been written. */
export async function countLines(db: Knex, id: number): Promise<Record<LineState | 'written', number>> {
  const rows = await db('import_lines')
    .where({ import_id: id })
    .groupBy('state')
    .select<{ state: LineState; count: number; written: number }[]>(
      'state',
      db.raw('count(*)::int as count'),
      db.raw('count(written_at)::int as written'),
    )
  const counts = { good: 0, asked: 0, bad: 0, out: 0, written: 0 }
  for (const { state, count, written } of rows) {
    counts[state] = count
    counts.written += written
  }
  return counts
}

interface LineRow {
  line: number
  sealed: string | null
}

const BY_LINE: readonly [SortColumn] = [{ column: 'l.line', field: 'line', type: 'integer' }]

/** One page of the lines in a state, opened. */
export async function listLines(
  db: Knex,
  keys: Keyring,
  id: number,
  ask: { search: { after: string; before: string; show: LineState }; path: string },
): Promise<Page<Line>> {
  const query = db('import_lines as l')
    .where({ 'l.import_id': id, 'l.state': ask.search.show })
    .whereNotNull('l.sealed')
    .select('l.line', 'l.sealed')
  const page = await paginate<LineRow>(query, { ...ask, sort: BY_LINE, search: { ...ask.search } })
  return { ...page, rows: page.rows.flatMap(row => opened(keys, id, row)) }
}

/** Every line of an import that is still sealed, opened. */
export async function loadLines(db: Knex, keys: Keyring, id: number): Promise<Line[]> {
  const rows = await db('import_lines')
    .where({ import_id: id })
    .whereNotNull('sealed')
    .orderBy('line')
    .select<LineRow[]>('line', 'sealed')
  return rows.flatMap(row => opened(keys, id, row))
}

/** One line, where it is still to be written, kept from others who would write it. */
export async function lockLine(db: Knex, keys: Keyring, id: number, line: number): Promise<Line | undefined> {
  const row = await db('import_lines')
    .where({ import_id: id, line, state: 'good' })
    .forUpdate()
    .first<LineRow | undefined>('line', 'sealed')
  return row && opened(keys, id, row)[0]
}

const context = (id: number, line: number): string => `line ${line} of import ${id}`

const opened = (keys: Keyring, id: number, { line, sealed }: LineRow): Line[] =>
  sealed === null ? [] : [JSON.parse(unseal(keys, sealed, context(id, line))) as Line]

const SAVE = `
  insert into import_lines (import_id, line, state, sealed)
  select :id, g.line, g.state, g.sealed from jsonb_to_recordset(cast(:rows as jsonb)) as g (line int, state text, sealed text)
  on conflict (import_id, line) do update set state = excluded.state, sealed = excluded.sealed
  where import_lines.written_at is null`

/** Writes lines down sealed, new or changed ones, however many: in one statement. */
export async function saveLines(db: Knex, keys: Keyring, id: number, lines: readonly Line[]): Promise<void> {
  const rows = lines.map(line => ({
    line: line.line,
    state: stateOf(line),
    sealed: seal(keys, JSON.stringify(line), context(id, line.line)),
  }))
  await db.raw(SAVE, { id, rows: JSON.stringify(rows) } as never)
}

/** Authorities that lines could be, by their number. */
export async function listNamed(db: Knex, actor: Actor, ids: readonly number[]): Promise<Map<number, Named>> {
  const rows = await db('authorities as a')
    .whereRaw('a.id = any(cast(? as int[]))', [[...ids]])
    .select<(Omit<Named, 'open'> & { status: AuthorityStatus; standings: Standing[] })[]>(
      {
        id: 'a.id',
        officialName: 'a.official_name',
        officialLanguage: 'a.official_language',
        city: 'a.city',
        status: 'a.status',
      },
      standingsColumn(db, actor),
    )
  return new Map(
    rows.map(({ status, standings, ...row }) => [row.id, { ...row, open: readable({ status, standings }) }]),
  )
}

/** A user who was registered with an import, as the person who did it tells them their username (D2). */
export interface Registered {
  line: number
  userId: number
  name: string
  username: string
  telephone: string
  language: string
  authorityId: number
  authorityName: string
  authorityLanguage: string
}

const registered = (db: Knex, id: number) =>
  db('import_lines as l')
    .join('users as u', 'u.id', 'l.user_id')
    .join('authorities as a', 'a.id', 'u.authority_id')
    .where({ 'l.import_id': id, 'u.deleted_at': null })
    .select({
      line: 'l.line',
      userId: 'u.id',
      name: db.raw(`u.given_name || ' ' || u.family_name`),
      username: 'u.username',
      telephone: 'u.telephone',
      language: 'u.language',
      authorityId: 'a.id',
      authorityName: 'a.official_name',
      authorityLanguage: 'a.official_language',
    })

const SHOWN = 100

/** The users of an import by line: one page. */
export const listRegistered = (
  db: Knex,
  id: number,
  ask: { search: { after: string; before: string }; path: string },
): Promise<Page<Registered>> =>
  paginate<Registered>(registered(db, id), { ...ask, sort: BY_LINE, size: SHOWN, search: { ...ask.search } })

/** The users of an import by line: all of them, for a file. */
export const allRegistered = async (db: Knex, id: number): Promise<Registered[]> =>
  (await registered(db, id).orderBy('l.line')) as Registered[]

/** A line that the long work could not write, with the reason. */
export interface Failed {
  line: number
  reason: string
  values: Record<string, string | number>
}

/** The lines of a task that became bad meanwhile; at most 500. */
export const listFailedLines = (db: Knex, taskId: number): Promise<Failed[]> =>
  db('task_items')
    .where({ task_id: taskId, state: 'failed' })
    .orderBy('position')
    .limit(500)
    .select<Failed[]>(db.raw(`(payload ->> 'line')::int as line`), { reason: 'reason', values: 'reason_values' })
