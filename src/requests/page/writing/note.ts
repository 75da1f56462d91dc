import type { Knex } from 'knex'
import { z } from 'zod'
import type { Change } from '../../../platform/db/change.ts'
import { Overtaken } from '../../../platform/errors.ts'
import { line, prose } from '../../../platform/web/form.ts'
import type { FoundRequest } from '../../queries.ts'

declare module '../../../platform/db/change.ts' {
  interface AuditEvents {
    'request.noteSaved': { number: string }
  }
}

/** What one side keeps of a request for itself. */
export interface SideNote {
  fileNumber: string
  remark: string
  version: number
}

/** How long a remark may be. */
export const LONGEST_REMARK = 2000

export const noteForm = z.object({
  fileNumber: line({ max: 100 }),
  remark: prose({ long: 'requests:note.long', max: LONGEST_REMARK }),
  version: z.coerce.number().int().min(0).catch(0),
})

/** The own side's file number and internal remark: seen by that side only. */
export async function findNote(db: Knex, partId: number, authorityId: number): Promise<SideNote> {
  const row = await db('request_side_notes')
    .where({ part_id: partId, authority_id: authorityId })
    .first<{ file_number: string; remark: string; version: number } | undefined>('file_number', 'remark', 'version')
  return { fileNumber: row?.file_number ?? '', remark: row?.remark ?? '', version: row?.version ?? 0 }
}

/**
 * Keeps the own side's file number and remark. What they say stands in no history.
 * @throws Overtaken when a colleague has saved since the version that was read
 */
export async function saveNote(c: Change, request: FoundRequest, wish: z.output<typeof noteForm>): Promise<void> {
  const place = { part_id: request.id, authority_id: c.actor.authorityId }
  const saved = await c.db.raw<{ rowCount: number }>(
    `insert into request_side_notes as n (part_id, authority_id, file_number, remark, version)
     values (:part_id, :authority_id, :file, :remark, cast(:version as int) + 1)
     on conflict (part_id, authority_id) do update
       set file_number = excluded.file_number, remark = excluded.remark, version = excluded.version
       where n.version = cast(:version as int)`,
    { ...place, file: wish.fileNumber, remark: wish.remark, version: wish.version },
  )
  if (saved.rowCount === 0) throw await overtaken(c, request)
  await c.record(
    'request.noteSaved',
    { type: 'request', id: request.id, authorityId: c.actor.authorityId },
    { number: request.number },
  )
}

/** Who saved last stands in the history of acts. */
async function overtaken(c: Change, { id }: FoundRequest): Promise<Overtaken> {
  const last = await c
    .db('audit_events as e')
    .leftJoin('users as u', 'u.id', 'e.actor_id')
    .where({ event: 'request.noteSaved', subject_type: 'request', subject_id: id })
    .where('e.actor_authority_id', c.actor.authorityId)
    .orderBy('e.id', 'desc')
    .first<{ at: Date; name: string | null } | undefined>(
      'e.at',
      c.db.raw(`u.given_name || ' ' || u.family_name as name`),
    )
  return new Overtaken(last?.name ?? '–', last?.at ?? c.at)
}
