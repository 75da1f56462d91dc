import type { Change } from '../platform/db/change.ts'
import { RuleBroken } from '../platform/errors.ts'
import type { Import, ImportKind } from './import.ts'
import { type Line, stateOf } from './line.ts'
import { saveLines } from './queries.ts'

declare module '../platform/db/change.ts' {
  interface AuditEvents {
    /** A file was read and kept as a draft; what stands in it is in no history. */
    'import.read': { kind: ImportKind; lines: number; bad: number }
    'import.linesChosen': { chosen: number }
    'import.deleted': Record<never, never>
  }
}

/**
 * Keeps what a file says as a draft: sealed, for a day at most, and nothing is registered before its preview was seen (D9).
 * @returns the number of the import
 */
export async function keepImport(
  c: Change,
  kind: ImportKind,
  authorityId: number,
  lines: readonly Line[],
): Promise<number> {
  const row = { kind, authority_id: authorityId, made_by: c.actor.id, made_at: c.at }
  const [made] = (await c.db('imports').insert(row).returning('id')) as [{ id: number }]
  await saveLines(c.db, c.keys, made.id, lines)
  const bad = lines.filter(line => stateOf(line) === 'bad').length
  await c.record('import.read', { type: 'import', id: made.id, authorityId }, { kind, lines: lines.length, bad })
  return made.id
}

/** Keeps which lines are taken and what was answered about them. @throws RuleBroken when it is no draft any more */
export async function keepChoice(c: Change, of: Import, lines: readonly Line[]): Promise<void> {
  await lockDraft(c, of)
  await c.db('imports').where({ id: of.id }).increment('version', 1)
  await saveLines(c.db, c.keys, of.id, lines)
  const chosen = lines.filter(({ out }) => !out).length
  await c.record('import.linesChosen', { type: 'import', id: of.id, authorityId: of.authorityId }, { chosen })
}

/** Erases a draft before its day is over. @throws RuleBroken when it is no draft any more */
export async function deleteDraft(c: Change, of: Import): Promise<void> {
  await lockDraft(c, of)
  await c.db('imports').where({ id: of.id }).delete()
  await c.record('import.deleted', { type: 'import', id: of.id, authorityId: of.authorityId }, {})
}

/** Nobody else begins, changes or erases this draft until the change is done. @throws RuleBroken when it is none any more */
export async function lockDraft(c: Change, { id }: Import): Promise<{ version: number }> {
  const row = await c
    .db('imports')
    .where({ id, state: 'draft' })
    .forUpdate()
    .first<{ version: number } | undefined>('version')
  if (!row) throw new RuleBroken('imports:preview.begunAlready')
  return row
}
