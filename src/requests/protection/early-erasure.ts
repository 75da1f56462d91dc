import type { Knex } from 'knex'
import type { Change } from '../../platform/db/change.ts'
import { RuleBroken } from '../../platform/errors.ts'
import { openPersonal } from '../personal.ts'
import { UNHEARD_SQL } from '../queries.ts'
import type { ImiRequest } from '../request.ts'
import { erasePersonal } from './erase-personal.ts'
import { holdForSide, sideOf, type SideName, tellOthers } from './sides.ts'

declare module '../../platform/db/change.ts' {
  interface AuditEvents {
    'request.erasureProposed': { number: string }
    'request.erasureDropped': { number: string }
    'request.erasedEarly': { number: string }
  }
}

/**
 * How far early erasure has come, seen from one authority: not possible; nobody else is left; nobody proposed it; this authority did, or
 * another one of its side, or the other side.
 */
type Stage = 'erased' | 'running' | 'alone' | 'free' | 'proposed' | 'beside' | 'asked'
/** What one side can do about it. */
export const erasureActs = ['propose', 'erase', 'drop', 'decline'] as const
export type ErasureAct = (typeof erasureActs)[number]

/** What can be done at each stage. [requests.md, propose, agree to early erasure] */
export const actsAt: Record<Stage, readonly ErasureAct[]> = {
  erased: [],
  running: [],
  alone: ['erase'],
  free: ['propose'],
  proposed: ['drop'],
  beside: [],
  asked: ['erase', 'decline'],
}

interface Facts {
  erased: boolean
  ended: boolean
  proposedBy: SideName | null
  own: boolean
  requesterThere: boolean
  responderThere: boolean
}

/** How far early erasure of a request has come, for the side of an authority. */
export async function stageOf(db: Knex, request: ImiRequest, authorityId: number | null): Promise<Stage> {
  const { rows } = await db.raw<{ rows: [Facts] }>(FACTS, { request: request.requestId, me: authorityId })
  const [{ erased, ended, proposedBy, own, requesterThere, responderThere }] = rows
  const side = sideOf(request, authorityId)
  if (erased) return 'erased'
  if (!ended) return 'running'
  if (!(side === 'requester' ? responderThere : requesterThere)) return 'alone'
  if (proposedBy === null) return 'free'
  if (proposedBy !== side) return 'asked'
  return own ? 'proposed' : 'beside'
}

const FACTS = `
  select r.erased_at is not null as erased, r.ended_at is not null as ended,
    case when r.erasure_proposed_by is null then null
      when exists (select from users u where u.id = r.erasure_proposed_by and u.authority_id = r.requester_id) then 'requester'
      else 'responder' end as "proposedBy",
    exists (select from users u where u.id = r.erasure_proposed_by and u.authority_id = cast(:me as int)) as own,
    exists (select from authorities a where a.id = r.requester_id) as "requesterThere",
    exists (select from request_parts p join authorities a on a.id = p.responder_id
      where p.request_id = r.id and p.status not in ${UNHEARD_SQL} and p.status <> 'called back') as "responderThere"
  from requests r where r.id = :request`

/** How much would be erased: numbers, whether or not the data can be read. */
export async function countPersonal(db: Knex, requestId: number): Promise<{ fields: number; attachments: number }> {
  const { rows } = await db.raw<{ rows: [{ fields: number; attachments: number }] }>(
    `select request_personal_count(:request) as fields,
      (select count(*)::int from request_attachments where request_id = :request) as attachments`,
    { request: requestId },
  )
  return rows[0]
}

/**
 * Proposes early erasure, agrees to it, declines it or takes the proposal back.
 * @throws RuleBroken when the other side has acted meanwhile, so that this cannot be done any more
 */
export async function actOnErasure(c: Change, request: ImiRequest, act: ErasureAct): Promise<void> {
  await holdForSide(c, request)
  const stage = await stageOf(c.db, request, c.actor.authorityId)
  if (!actsAt[stage].includes(act)) throw new RuleBroken('protection:erasure.changed')
  await commands[act](c, request)
}

const commands: Record<ErasureAct, (c: Change, request: ImiRequest) => Promise<void>> = {
  propose: async (c, request) => {
    await writeProposal(c, request, { erasure_proposed_by: c.actor.id, erasure_proposed_at: c.at })
    await record(c, 'request.erasureProposed', request)
    await tellOthers(c, request, 'erasure-proposed')
  },
  erase: async (c, request) => {
    await record(c, 'request.erasedEarly', request)
    await eraseWhatever(c, request)
  },
  drop: endProposal,
  decline: endProposal,
}

async function endProposal(c: Change, request: ImiRequest): Promise<void> {
  await writeProposal(c, request, { erasure_proposed_by: null, erasure_proposed_at: null })
  await record(c, 'request.erasureDropped', request)
}

/**
 * Erases personal data, blocked or not, whoever of the two sides acts. To be deleted they have to be open: to the requester, who always
 * has them, and not blocked until that is done. Nothing is read.
 */
async function eraseWhatever(c: Change, { requestId: id, number }: ImiRequest): Promise<void> {
  const [row] = await c
    .db('requests')
    .where({ id })
    .select<{ requester_id: number; blocked_at: Date | null }[]>('requester_id', 'blocked_at')
  await c.db('requests').where({ id }).update({ blocked_at: null })
  await openPersonal(c.db, row?.requester_id ?? 0)
  await erasePersonal(c, { id, number })
  await openPersonal(c.db, 0)
  await c
    .db('requests')
    .where({ id })
    .update({ blocked_at: row?.blocked_at ?? null })
}

const writeProposal = (
  c: Change,
  { requestId }: ImiRequest,
  columns: { erasure_proposed_by: number | null; erasure_proposed_at: Date | null },
): Promise<unknown> => c.db('requests').where({ id: requestId }).update(columns)

const record = (
  c: Change,
  event: 'request.erasureProposed' | 'request.erasureDropped' | 'request.erasedEarly',
  { id, number }: ImiRequest,
): Promise<void> => c.record(event, { type: 'request', id, authorityId: c.actor.authorityId }, { number })
