import type { Change } from '../../platform/db/change.ts'
import { Overtaken, RuleBroken } from '../../platform/errors.ts'
import { openPersonal } from '../personal.ts'
import type { LockedPart } from '../queries.ts'
import type { ImiRequest } from '../request.ts'
import { holdRequest } from '../take-step.ts'
import { wordFor } from '../workflow.ts'
import type { DraftStep } from './draft.ts'

declare module '../../platform/db/change.ts' {
  interface AuditEvents {
    'request.edited': { number: string; step: DraftStep | 'questionSet' }
    'request.deleted': { number: string }
  }
}

/**
 * Holds a draft until the change is done, with its personal data open to the requesting authority.
 * @throws RuleBroken when it is no draft any more; Overtaken when somebody has saved it since `version` was read
 */
export async function holdDraft(c: Change, request: ImiRequest, version?: number): Promise<LockedPart> {
  const { part } = await holdRequest(c, request.id)
  if (part.status !== 'draft') throw new RuleBroken(`requests:notNow.${wordFor(part.status)}`)
  if (version !== undefined) await assertNotOvertaken(c, part, version)
  await openPersonal(c.db, part.requesterId)
  return part
}

async function assertNotOvertaken(c: Change, { requestId, number }: LockedPart, version: number): Promise<void> {
  const found = await c.db.raw<{ rows: { version: number; by: string | null; at: Date }[] }>(
    `select r.version, r.edited_at as at, u.given_name || ' ' || u.family_name as by
     from requests r left join users u on u.id = r.edited_by where r.id = ?`,
    [requestId],
  )
  const [saved] = found.rows
  if (saved && saved.version !== version) throw new Overtaken(saved.by ?? number, saved.at)
}

/** A step of a draft was saved: the history says which, never what. `columns` are those of the request that change with it. */
export async function draftSaved(
  c: Change,
  { id, requestId, number }: Pick<LockedPart, 'id' | 'requestId' | 'number'>,
  step: DraftStep | 'questionSet',
  columns: object = {},
): Promise<void> {
  await c
    .db('requests')
    .where({ id: requestId })
    .update({ ...columns, version: c.db.raw('version + 1'), edited_at: c.at, edited_by: c.actor.id })
  await c.record('request.edited', { type: 'request', id, authorityId: c.actor.authorityId }, { number, step })
}
