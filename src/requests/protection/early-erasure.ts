import type { Knex } from 'knex'
import type { Change } from '../../platform/db/change.ts'
import { RuleBroken } from '../../platform/errors.ts'
import { openPersonal } from '../personal.ts'
import { UNHEARD_SQL } from '../queries.ts'
import type { ImiRequest } from '../request.ts'
import { erasePersonal } from './erase-personal.ts'
import { recordAct } from './record-act.ts'
import {
  hasArrived,
  holdForSide,
  partOf,
  sideOf,
  type SideName,
  tellOthers,
  tellOtherSide,
  tellResponders,
} from './sides.ts'

/**
 * How far early erasure has come, seen from one authority: it has the request no more; not possible; nobody else is left; nobody
 * proposed it, or this authority did and the other side declined; this authority proposed it, or another one of its side, or the other
 * side.
 */
export type Stage = 'gone' | 'erased' | 'running' | 'alone' | 'free' | 'declined' | 'proposed' | 'beside' | 'asked'
/** What one side can do about it. */
export const erasureActs = ['propose', 'erase', 'drop', 'decline'] as const
export type ErasureAct = (typeof erasureActs)[number]

/** What can be done at each stage. [requests.md, propose, agree to early erasure] */
export const actsAt: Record<Stage, readonly ErasureAct[]> = {
  gone: [],
  erased: [],
  running: [],
  alone: ['erase'],
  free: ['propose'],
  declined: ['propose'],
  proposed: ['drop'],
  beside: [],
  asked: ['erase', 'decline'],
}

interface Facts {
  erased: boolean
  ended: boolean
  proposedBy: SideName | null
  own: boolean
  declinedAt: Date | null
  requesterThere: boolean
  responderThere: boolean
}

/** How far early erasure of a request has come, for the side of an authority, and when its proposal was declined. */
export async function stageOf(
  db: Knex,
  request: ImiRequest,
  authorityId: number | null,
): Promise<{ stage: Stage; declinedAt: Date | null }> {
  const { rows } = await db.raw<{ rows: [Facts] }>(FACTS, { request: request.requestId, me: authorityId })
  const [facts] = rows
  if (authorityId === null || !hasArrived(request, authorityId)) return { stage: 'gone', declinedAt: null }
  return { stage: stageFrom(facts, sideOf(request, authorityId)), declinedAt: facts.declinedAt }
}

function stageFrom(facts: Facts, side: SideName): Stage {
  if (facts.erased) return 'erased'
  if (!facts.ended) return 'running'
  if (!(side === 'requester' ? facts.responderThere : facts.requesterThere)) return 'alone'
  if (facts.proposedBy === null) return facts.declinedAt === null ? 'free' : 'declined'
  if (facts.proposedBy !== side) return 'asked'
  return facts.own ? 'proposed' : 'beside'
}

const FACTS = `
  select r.erased_at is not null as erased, r.ended_at is not null as ended,
    case when r.erasure_proposed_by is null then null
      when exists (select from users u where u.id = r.erasure_proposed_by and u.authority_id = r.requester_id) then 'requester'
      else 'responder' end as "proposedBy",
    exists (select from users u where u.id = r.erasure_proposed_by and u.authority_id = cast(:me as int)) as own,
    case when r.erasure_declined_to = cast(:me as int) then r.erasure_declined_at end as "declinedAt",
    exists (select from authorities a where a.id = r.requester_id) as "requesterThere",
    exists (select from request_parts p join authorities a on a.id = p.responder_id
      where p.request_id = r.id and p.status not in ${UNHEARD_SQL} and p.status <> 'called back') as "responderThere"
  from requests r where r.id = :request`

/** How much would be erased, whether or not the data can be read, and how many data subjects still wait for an answer about them. */
export async function countPersonal(
  db: Knex,
  requestId: number,
): Promise<{ fields: number; attachments: number; unanswered: number }> {
  const { rows } = await db.raw<{ rows: [{ fields: number; attachments: number; unanswered: number }] }>(
    `select request_personal_count(:request) as fields,
      (select count(*)::int from request_attachments where request_id = :request) as attachments,
      (select count(*)::int from data_subject_requests where request_id = :request and answered_at is null) as unanswered`,
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
  const { stage } = await stageOf(c.db, request, c.actor.authorityId)
  if (!actsAt[stage].includes(act)) throw new RuleBroken('protection:erasure.changed')
  await commands[act](c, request)
}

const commands: Record<ErasureAct, (c: Change, request: ImiRequest) => Promise<void>> = {
  propose: async (c, request) => {
    const declined = { erasure_declined_at: null, erasure_declined_to: null }
    await writeProposal(c, request, { erasure_proposed_by: c.actor.id, erasure_proposed_at: c.at, ...declined })
    await recordAct(c, request, 'erasureProposed', partOf(c, request), {})
    await tellOtherSide(c, request, 'erasure-proposed')
  },
  erase: async (c, request) => {
    const files = await eraseWhatever(c, request)
    await recordAct(c, request, 'erasedEarly', null, { files })
    await tellOthers(c, request, 'erased-early')
  },
  drop: async (c, request) => {
    await writeProposal(c, request, { erasure_proposed_by: null, erasure_proposed_at: null })
    await recordAct(c, request, 'erasureDropped', partOf(c, request), {})
    await tellOtherSide(c, request, 'erasure-dropped')
  },
  decline: async (c, request) => {
    const { authority, part } = await findProposer(c.db, request)
    const proposed = { erasure_proposed_by: null, erasure_proposed_at: null }
    await writeProposal(c, request, { ...proposed, erasure_declined_at: c.at, erasure_declined_to: authority })
    await recordAct(c, request, 'erasureDeclined', part ?? partOf(c, request), {})
    if (part !== null) await tellResponders(c, request, 'erasure-declined', authority)
    else await tellOtherSide(c, request, 'erasure-declined')
  },
}

/** The authority that has proposed early erasure, with its part where it is a responder. */
async function findProposer(
  db: Knex,
  { requestId }: ImiRequest,
): Promise<{ authority: number | null; part: number | null }> {
  const found = await db('requests as r')
    .join('users as u', 'u.id', 'r.erasure_proposed_by')
    .leftJoin('request_parts as p', join => {
      void join.on('p.request_id', 'r.id').andOn('p.responder_id', 'u.authority_id')
    })
    .where('r.id', requestId)
    .orderBy('p.part')
    .first<{ authority: number; part: number | null } | undefined>({ authority: 'u.authority_id', part: 'p.id' })
  return found ?? { authority: null, part: null }
}

/**
 * Erases personal data, blocked or not, whoever of the two sides acts. To be deleted they have to be open: to the requester, who always
 * has them, and not blocked until that is done. Nothing is read.
 */
async function eraseWhatever(c: Change, request: ImiRequest): Promise<number> {
  const id = request.requestId
  const [row] = await c
    .db('requests')
    .where({ id })
    .select<{ requester_id: number; blocked_at: Date | null }[]>('requester_id', 'blocked_at')
  await c.db('requests').where({ id }).update({ blocked_at: null })
  await openPersonal(c.db, row?.requester_id ?? 0)
  const files = await erasePersonal(c, request)
  await openPersonal(c.db, 0)
  await c
    .db('requests')
    .where({ id })
    .update({ blocked_at: row?.blocked_at ?? null })
  return files
}

interface Proposal {
  erasure_proposed_by: number | null
  erasure_proposed_at: Date | null
  erasure_declined_at?: Date | null
  erasure_declined_to?: number | null
}

const writeProposal = (c: Change, { requestId }: ImiRequest, columns: Proposal): Promise<unknown> =>
  c
    .db('requests')
    .where({ id: requestId })
    .update({ ...columns })
