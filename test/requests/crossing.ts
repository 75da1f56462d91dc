import type { Role } from '../../src/policy.ts'
import { world, type World } from '../support/app.ts'
import { type AnAuthority, aUser, type AUser, moduleId } from '../support/factories.ts'
import { type ARequest, aRequest, type ASide, aSide, MODULE } from '../support/requests.ts'
import { lettersOf, statusOf, stepsOf } from './acting.ts'
import { night } from '../retention/nightly.ts'

/** Sweden asks Denmark. A country has one national coordinator: that of the test before is one no more. */
const COUNTRIES = ['SE', 'DK'] as const

type Wishes = Partial<Record<'from' | 'to', Omit<Parameters<typeof aSide>[1], 'country'>>>
type Settings = NonNullable<Parameters<typeof aSide>[1]['coordination']>

/** The coordinators of both sides approve. */
export const APPROVING = {
  from: { coordination: { approves_requests: true } },
  to: { coordination: { approves_replies: true } },
}

/** Worlds in which the register changes while requests are under way. */
export interface Crossing {
  w: World
  module: number
  /** Two sides of their own. */
  sides(wishes?: Wishes): Promise<{ from: ASide; to: ASide }>
  /** Somebody at a national coordinator who manages its country, with these roles; and what it does as coordinator. */
  office(side: ASide, roles?: readonly Role[], settings?: Settings): Promise<AUser>
  /** Who coordinates the request now: for the requester, for the responder of its first part. */
  coordinators(request: ARequest): Promise<{ r: number | null; s: number | null }>
  /** Mails about a part since the last time, as `kind address`. */
  mails(id: number): Promise<string[]>
  close(): Promise<void>
}

export async function crossing(): Promise<Crossing> {
  const w = await world()
  const module = await moduleId(w.knex, MODULE)
  const read = new Map<number, number>()
  return {
    w,
    module,
    async sides({ from, to } = {}) {
      await w.knex('authorities').where({ kind: 'national coordinator' }).update({ kind: 'competent' })
      return {
        from: await aSide(w.knex, { country: COUNTRIES[0], ...from }),
        to: await aSide(w.knex, { country: COUNTRIES[1], ...to }),
      }
    },
    async office({ national }, roles = [], settings = {}) {
      if (Object.keys(settings).length > 0)
        await w.knex('grants').where({ authority_id: national.id, module_id: module }).update(settings)
      return aUser(w.knex, national, { administrator: true, dataAdministrator: 'all', roles: { [MODULE]: roles } })
    },
    async coordinators({ requestId }) {
      const found = await w.knex.raw<{ rows: [{ r: number | null; s: number | null }] }>(
        `select r.requester_coordinator_id as r, p.coordinator_id as s from requests r
         join request_parts p on p.request_id = r.id and p.part = 1 where r.id = ?`,
        [requestId],
      )
      return found.rows[0]
    },
    async mails(id) {
      const all = await lettersOf(w, id)
      const fresh = all.slice(read.get(id) ?? 0)
      read.set(id, all.length)
      return fresh.map(({ kind, to }) => `${kind} ${to}`)
    },
    close: () => w.close(),
  }
}

/** One kind of mail to each of these people. */
export const letters = (kind: string, ...people: readonly { email: string }[]): string[] =>
  people.map(({ email }) => `${kind} ${email}`)

export const handlersOf = ({ handler, colleague }: ASide): AUser[] => [handler, colleague]

/** What waits for a coordinator of one side, as the pages would have left it; or a request that nothing of waits for it. */
export async function waitingFor(
  x: Crossing,
  what: 'request' | 'reply' | 'opinion' | 'nothing',
  sides: { from: ASide; to: ASide },
): Promise<ARequest> {
  const { w } = x
  const at = w.clock.now()
  const status = (
    {
      request: 'awaiting approval',
      reply: 'reply awaiting approval',
      opinion: 'in referral',
      nothing: 'accepted',
    } as const
  )[what]
  const request = await aRequest(w.knex, { ...sides, status, at, proposedDate: '2027-12-15' })
  if (what === 'reply') await aReply(w, request, sides.to)
  if (what === 'opinion')
    for (const [side, of] of [
      [sides.from, { for_requester: true, for_responder: false }],
      [sides.to, { for_requester: false, for_responder: true }],
    ] as const)
      await w
        .knex('request_opinions')
        .insert({ part_id: request.id, referral: 1, coordinator_id: side.coordinator.id, begun_at: at, ...of })
  return request
}

/** A full reply that waits for approval, as its draft answers still stand. */
export async function aReply(w: World, { id, questionIds }: ARequest, { authority, handler }: ASide): Promise<void> {
  const edited = { edited_at: w.clock.now(), edited_by: handler.id }
  const [reply] = await w
    .knex('request_replies')
    .insert({
      ...{ part_id: id, kind: 'full', state: 'awaiting approval', language: 'en' },
      ...{ authority_id: authority.id, user_id: handler.id, made_at: w.clock.now() },
    })
    .returning<{ id: number }[]>('id')
  for (const question_id of questionIds) {
    await w.knex('request_draft_answers').insert({ question_id, comment: 'Ja', ...edited })
    await w.knex('request_reply_answers').insert({ reply_id: reply?.id, question_id, comment: 'Ja' })
  }
}

/** The last lines of a part's history: step, and who reads it. */
export const lastSteps = async (w: World, id: number, count: number): Promise<string[]> =>
  (await stepsOf(w, id)).slice(-count).map(({ step, seen_by }) => `${step} (${seen_by})`)

/** Status, as both sides may know it. */
export const status = async (w: World, { id }: ARequest): Promise<string> => (await statusOf(w, id)).status

const grantOf = (w: World, { id }: AnAuthority): Promise<{ id: number }> =>
  w.knex('grants').where({ authority_id: id }).first<{ id: number }>('id')

/** Suspends the module of an authority by its page. */
export async function suspend(w: World, office: AUser, authority: AnAuthority): Promise<void> {
  const { id } = await grantOf(w, authority)
  const page = await (await w.signedIn(office)).visit(`/grants/${id}/suspension`)
  await page.submit('Suspend the module', { reason: 'Moved.' })
}

/** Deactivates an authority by its pages. */
export async function deactivate(w: World, office: AUser, authority: AnAuthority): Promise<void> {
  await suspend(w, office, authority)
  const page = await (await w.signedIn(office)).visit(`/authorities/${authority.id}/deactivation`)
  await page.submit('Deactivate the authority')
}

/** Makes a coordinator an authority by its pages; whom it coordinated goes to the national coordinator. */
export async function endRole(w: World, office: AUser, authority: AnAuthority): Promise<void> {
  await suspend(w, office, authority)
  const { id } = await grantOf(w, authority)
  await (await (await w.signedIn(office)).visit(`/grants/${id}/role`)).submit('Make it an authority')
}

/** The night deletes an authority that was deactivated long ago. */
export async function purge(w: World, authority: AnAuthority): Promise<void> {
  const past = new Date(w.clock.now().getTime() - 200 * 86_400_000)
  await w.knex('authorities').where({ id: authority.id }).update({ status: 'deactivated', deactivated_at: past })
  await night(w)
}
