import type { Knex } from 'knex'
import type { QuestionSet } from '../../modules/index.ts'
import type { Change } from '../../platform/db/change.ts'
import { Overtaken, RuleBroken } from '../../platform/errors.ts'
import type { Actor } from '../../policy.ts'
import { writeSubject } from '../drafting/write.ts'
import { openPersonal, readPersonal, subjectKey } from '../personal.ts'
import type { ImiRequest } from '../request.ts'
import { recordAct } from './record-act.ts'
import { holdForSide, tellOthers } from './sides.ts'

/** What a request says of its subject, by the code of the field. Who may read it is asked before. */
export const readSubject = (
  db: Knex,
  { authorityId }: Pick<Actor, 'authorityId'>,
  request: ImiRequest,
  { subject: fields }: QuestionSet,
): Promise<{ values: Record<string, string>; hasPersonal: boolean }> =>
  db.transaction(async trx => {
    await openPersonal(trx, authorityId)
    const personal = await readPersonal(trx, request.requestId)
    const [plain = {}] = await trx('requests')
      .where({ id: request.requestId })
      .pluck<Record<string, string>[]>('subject')
    const marked = fields.flatMap(({ code }) => {
      const value = personal.get(subjectKey(code))
      return value === undefined ? [] : [[code, value]]
    })
    return {
      values: { ...plain, ...(Object.fromEntries(marked) as Record<string, string>) },
      hasPersonal: marked.length > 0,
    }
  })

/** Whether the personal data of a request can be read now: erased ones cannot, blocked ones while a data subject's request is unanswered. */
export async function standOf(db: Knex, requestId: number): Promise<'open' | 'blocked' | 'erased'> {
  const row = await db('requests as r')
    .where({ id: requestId })
    .first<{ erased: boolean; blocked: boolean } | undefined>(
      db.raw('r.erased_at is not null as erased'),
      db.raw('r.blocked_at is not null and not request_awaits_data_subject(r.id) as blocked'),
    )
  if (!row || row.erased) return 'erased'
  return row.blocked ? 'blocked' : 'open'
}

/**
 * Corrects what a request says of its subject; the other side is told that it was corrected, not what.
 * @throws RuleBroken when the data are blocked or erased meanwhile; Overtaken when somebody corrected them since `version` was read
 */
export async function correctSubject(
  c: Change,
  request: ImiRequest,
  set: QuestionSet,
  { version, values }: { version: number; values: Record<string, string> },
): Promise<void> {
  await holdForSide(c, request)
  const stand = await standOf(c.db, request.requestId)
  if (stand !== 'open') throw new RuleBroken(`protection:subject.${stand}`)
  const [now] = await c.db('requests').where({ id: request.requestId }).pluck<number[]>('version')
  if (now !== version) throw await overtaken(c, request)
  await openPersonal(c.db, c.actor.authorityId ?? 0)
  await writeSubject(c, request.requestId, set, values)
  await c
    .db('requests')
    .where({ id: request.requestId })
    .update({ version: c.db.raw('version + 1') })
  // The subject is the same to all parts.
  await recordAct(c, request, 'subjectCorrected', null, {})
  await tellOthers(c, request, 'subject-corrected')
}

/** Who corrected last stands in the request's history: of the other side only which authority. */
async function overtaken(c: Change, { requestId, number }: ImiRequest): Promise<Overtaken> {
  const last = await c
    .db('request_protection_acts as s')
    .leftJoin('users as u', join => {
      void join.on('u.id', 's.user_id').andOnVal('u.authority_id', '=', c.actor.authorityId ?? 0)
    })
    .leftJoin('authorities as a', 'a.id', 's.authority_id')
    .where({ act: 'subjectCorrected', request_id: requestId })
    .orderBy('s.id', 'desc')
    .first<{ at: Date; name: string | null } | undefined>(
      's.at',
      c.db.raw(`coalesce(u.given_name || ' ' || u.family_name, a.official_name) as name`),
    )
  return new Overtaken(last?.name ?? number, last?.at ?? c.at)
}
