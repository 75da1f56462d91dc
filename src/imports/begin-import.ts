import { findAuthority } from '../authorities/index.ts'
import type { Change } from '../platform/db/change.ts'
import { NotFound, RuleBroken } from '../platform/errors.ts'
import { startTask, type TaskWork } from '../platform/jobs/tasks.ts'
import { type Action, type Actor, can } from '../policy.ts'
import { tellOthers } from '../users/index.ts'
import type { Import, ImportKind, Judging } from './import.ts'
import { judges } from './judges.ts'
import { lockDraft } from './keep-import.ts'
import { type Line, stateOf } from './line.ts'
import { findAuthorityImport, findUserImport, loadLines, lockLine } from './queries.ts'

declare module '../platform/db/change.ts' {
  interface AuditEvents {
    /** The lines of an import are being registered; each user and authority has an entry of its own. */
    'import.begun': { kind: ImportKind; lines: number; task: number | null }
  }
}

/** So many are registered at once, all or none; more are long work, line by line. */
export const MOST_AT_ONCE = 20

/** A line that could not be written when all should have been: the reason is what its rule says. */
export class LineBroken extends Error {
  readonly line: number
  readonly broken: RuleBroken
  constructor(line: number, broken: RuleBroken) {
    super('A line of an import could not be written')
    this.line = line
    this.broken = broken
  }
}

interface Beginning {
  judging: Judging
  /** What the page showed: what is written is what was seen. */
  version: number
  /** The words by which the page of the long work names a line. */
  labelOf: (line: number) => string
}

/**
 * Registers the chosen lines of an import (D9): a few at once, all or none; many as long work.
 * @throws LineBroken when one of few cannot be registered: then none is
 * @throws RuleBroken when the draft is another than the page showed, or holds a line that is not good
 * @returns the number of the task where there is one
 */
export async function beginImport(
  c: Change,
  actor: Actor,
  of: Import,
  { judging, version, labelOf }: Beginning,
): Promise<number | null> {
  const draft = await lockDraft(c, of)
  const lines = (await loadLines(c.db, c.keys, of.id)).filter(line => !line.out)
  if (draft.version !== version) throw new RuleBroken('imports:preview.changed')
  if (lines.length === 0 || lines.some(line => stateOf(line) !== 'good'))
    throw new RuleBroken('imports:preview.notAllGood')
  const others = othersOf(lines)
  if (of.kind === 'users') await tellOnce(c, actor, of)
  const task = lines.length > MOST_AT_ONCE ? await startLongWork(c, of, lines, others, labelOf) : null
  if (task === null) for (const line of lines) await writeOrName(c, of, judging, line, others)
  await c.db('imports').where({ id: of.id }).update({ state: 'begun', task_id: task })
  // What was left out is of no use any more.
  await c.db('import_lines').where({ import_id: of.id, state: 'out' }).update({ sealed: null })
  const details = { kind: of.kind, lines: lines.length, task }
  await c.record('import.begun', { type: 'import', id: of.id, authorityId: of.authorityId }, details)
  return task
}

const finders = { users: findUserImport, authorities: findAuthorityImport } as const
const rights = { users: 'user.register', authorities: 'authority.register' } as const satisfies Record<
  ImportKind,
  Action
>

/** Registers one line of an import, with the rights and rules of this moment. Throws RuleBroken as the single forms do. */
const writeOne =
  (kind: ImportKind): TaskWork =>
  async (c, actor, payload, parameters) => {
    const { line: number, others } = payload as { line: number; others: number[] }
    const of = await finders[kind](c.db, actor, (parameters as { import: number }).import)
    if (!of || !can(actor, rights[kind], of)) throw new RuleBroken('imports:reason.noRight')
    const line = await lockLine(c.db, c.keys, of.id, number)
    if (!line) throw new RuleBroken('imports:reason.erased')
    await writeLine(c, of, await judges[kind](c.db, actor, of), line, others)
  }

export const importUser: TaskWork = writeOne('users')
export const importAuthority: TaskWork = writeOne('authorities')

/** The lines with which each line was compared and found to be another: told both ways, since they are written in any order. */
function othersOf(lines: readonly Line[]): Map<number, number[]> {
  const others = new Map<number, number[]>()
  const add = (one: number, other: number) => others.set(one, [...(others.get(one) ?? []), other])
  for (const { line, alike } of lines)
    for (const other of alike) {
      add(line, other)
      add(other, line)
    }
  return others
}

/** Own administrators and access managers of record hear once of the whole file, not of each line (D7). */
async function tellOnce(c: Change, actor: Actor, { authorityId }: Import): Promise<void> {
  const authority = await findAuthority(c.db, actor, authorityId)
  if (!authority) throw new NotFound()
  await tellOthers(c, actor, { id: actor.id, authorityId, authorityName: authority.officialName })
}

function startLongWork(
  c: Change,
  of: Import,
  lines: readonly Line[],
  others: ReadonlyMap<number, number[]>,
  labelOf: (line: number) => string,
): Promise<number> {
  return startTask(c, {
    kind: of.kind === 'users' ? 'importUsers' : 'importAuthorities',
    parameters: { import: of.id },
    // Only numbers: what stands in the lines stays sealed.
    items: lines.map(({ line }) => ({ label: labelOf(line), payload: { line, others: others.get(line) ?? [] } })),
    back: of.kind === 'users' ? `/user-imports/${of.id}/result` : `/authority-imports/${of.id}/result`,
  })
}

async function writeOrName(
  c: Change,
  of: Import,
  judging: Judging,
  line: Line,
  others: ReadonlyMap<number, number[]>,
): Promise<void> {
  try {
    await writeLine(c, of, judging, line, others.get(line.line) ?? [])
  } catch (error) {
    throw error instanceof RuleBroken ? new LineBroken(line.line, error) : error
  }
}

async function writeLine(
  c: Change,
  of: Import,
  judging: Judging,
  line: Line,
  others: readonly number[],
): Promise<void> {
  const user_id = await judging.write(c, line, others)
  await c
    .db('import_lines')
    .where({ import_id: of.id, line: line.line })
    .update({ user_id, written_at: c.at, sealed: null })
}
