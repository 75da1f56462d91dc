import type { Knex } from 'knex'
import type { Change } from '../../../platform/db/change.ts'
import { RuleBroken } from '../../../platform/errors.ts'
import type { ImiRequest } from '../../request.ts'
import { holdRequest, takeStep } from '../../take-step.ts'

/** A coordinator that takes part in a referral: for one side, or for both. */
export interface TakingPart {
  id: number
  name: string
  language: string
  forRequester: boolean
  forResponder: boolean
}

/**
 * The coordinators that would give an opinion now: those of the two sides whose settings say that they take part in referrals. One
 * that coordinates both sides gives one; an authority that is a side itself gives none. (spec/requests.md, What a request holds)
 */
export async function listTakingPart(db: Knex, partId: number): Promise<TakingPart[]> {
  const found = await db.raw<{ rows: TakingPart[] }>(TAKING_PART, [partId])
  return found.rows
}

const TAKING_PART = `
  select a.id, a.official_name as name, a.official_language as language,
    a.id is not distinct from r.requester_coordinator_id as "forRequester", a.id is not distinct from p.coordinator_id as "forResponder"
  from request_parts p
  join requests r on r.id = p.request_id
  join authorities a on a.id in (r.requester_coordinator_id, p.coordinator_id)
    and a.id <> r.requester_id and a.id is distinct from p.responder_id
  join grants g on g.authority_id = a.id and g.module_id = r.module_id and g.role = 'coordinator' and g.takes_part_in_referrals
  where p.id = ? order by "forRequester" desc, a.id`

/**
 * The requester refers the declined demand to the coordinators; who takes part is fixed at this moment.
 * @throws RuleBroken when nobody takes part, or nothing is declined now
 */
export async function refer(c: Change, request: ImiRequest): Promise<void> {
  await holdRequest(c, request.id)
  const taking = await listTakingPart(c.db, request.id)
  if (taking.length === 0) throw new RuleBroken('replying:referral.nobody')
  const [before] = await c
    .db('request_opinions')
    .where({ part_id: request.id })
    .max<{ last: number | null }[]>({ last: 'referral' })
  const referral = (before?.last ?? 0) + 1
  await c.db('request_opinions').insert(
    taking.map(({ id, forRequester, forResponder }) => ({
      part_id: request.id,
      referral,
      coordinator_id: id,
      for_requester: forRequester,
      for_responder: forResponder,
      begun_at: c.at,
    })),
  )
  await takeStep(c, request.id, 'refer')
}

/** What a coordinator says in a referral. */
export interface OpinionWish {
  mustBeGiven: boolean
  text: string
  language: string
}

/**
 * A coordinator that takes part says whether the information must be given; with the last opinion the referral is decided.
 * @throws RuleBroken when it has said so already, or the part is not in referral now
 */
export async function giveOpinion(c: Change, request: ImiRequest, wish: OpinionWish): Promise<void> {
  await holdRequest(c, request.id)
  const given = await outstanding(c, [request.id]).where({ coordinator_id: c.actor.authorityId }).update({
    must_be_given: wish.mustBeGiven,
    text: wish.text,
    language: wish.language,
    user_id: c.actor.id,
    given_at: c.at,
  })
  if (given === 0) throw new RuleBroken('replying:opinion.given')
  await takeStep(c, request.id, 'giveOpinion')
}

/** The referral of these parts is over: opinions that are still waited for fall away. */
export async function endOpinions(c: Change, partIds: readonly number[]): Promise<void> {
  await outstanding(c, partIds).update({ fallen_away: true })
}

const outstanding = (c: Change, partIds: readonly number[]) =>
  c
    .db('request_opinions')
    .whereIn('part_id', [...partIds])
    .whereNull('given_at')
    .where({ fallen_away: false })
