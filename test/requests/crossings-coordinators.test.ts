import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AUser } from '../support/factories.ts'
import { aRequest, type ASide } from '../support/requests.ts'
import { recorded } from './acting.ts'
import {
  APPROVING,
  crossing,
  type Crossing,
  deactivate,
  endRole,
  handlersOf,
  lastSteps,
  letters,
  purge,
  status,
  waitingFor,
} from './crossing.ts'

let x: Crossing
beforeAll(async () => {
  x = await crossing()
})
afterAll(() => x.close())

/** How a coordinator stops being one, wholly. */
const endings: Record<string, (office: AUser, side: ASide) => Promise<void>> = {
  'is deactivated': (office, side) => deactivate(x.w, office, side.coordinator),
  'is deleted by the night': (_office, side) => purge(x.w, side.coordinator),
  'becomes an authority': (office, side) => endRole(x.w, office, side.coordinator),
}

describe.each(Object.keys(endings))('a coordinator that %s', how => {
  const end = (office: AUser, side: ASide): Promise<void> => endings[how]!(office, side)

  test('of the requester: the national coordinator approves what waits; nobody on the other side hears of it', async () => {
    const { from, to } = await x.sides(APPROVING)
    const office = await x.office(from, ['approver'], { approves_requests: true })
    const request = await waitingFor(x, 'request', { from, to })
    await end(office, from)
    expect(await x.coordinators(request)).toEqual({ r: from.national.id, s: null })
    expect(await status(x.w, request)).toBe('awaiting approval')
    // Who acts is not told.
    const acted = how !== 'is deleted by the night'
    expect(await x.mails(request.id)).toEqual([
      ...letters('coordinator-changed', ...handlersOf(from)),
      ...(acted ? [] : letters('to-approve', office)),
    ])
    expect(await lastSteps(x.w, request.id, 1)).toEqual(['changeCoordinator (requester)'])
    expect(await recorded(x.w, request.id, 'request.changeCoordinator')).toBe(1)
    const history = await (await x.w.signedIn(from.basic)).visit(`/requests/${request.id}/history`)
    expect(history.text).toContain(`Coordinator of the requesting authority now: ${from.national.officialName}`)
    const approver = await x.w.signedIn(office)
    await (await approver.visit(`/requests/${request.id}/approval`)).submit('Approve and send')
    expect(await status(x.w, request)).toBe('sent')
    const responder = await (await x.w.signedIn(to.handler)).visit(`/requests/${request.id}/history`)
    expect(responder.text).not.toContain(from.national.officialName)
  })

  test.each([
    ['approves nothing', ['approver'], { approves_requests: false }],
    ['has no approver', ['referee'], { approves_requests: true }],
  ] as const)(
    'of the requester: what waits is returned where the national coordinator %s',
    async (_name, roles, settings) => {
      const { from, to } = await x.sides(APPROVING)
      const office = await x.office(from, roles, settings)
      const request = await waitingFor(x, 'request', { from, to })
      await end(office, from)
      expect(await status(x.w, request)).toBe('draft')
      expect(await x.mails(request.id)).toEqual([
        ...letters('coordinator-changed', ...handlersOf(from)),
        ...letters('approver-gone', ...handlersOf(from)),
      ])
      expect(await lastSteps(x.w, request.id, 2)).toEqual(['changeCoordinator (requester)', 'loseApprover (requester)'])
      expect(await recorded(x.w, request.id, 'request.loseApprover')).toBe(1)
      await (await x.w.signedIn(to.handler)).visit(`/requests/${request.id}`, { status: 404 })
      await (await x.w.signedIn(from.handler)).visit(`/requests/${request.id}/editing`)
    },
  )

  test('of the responder: the national coordinator approves the reply that waits', async () => {
    const { from, to } = await x.sides(APPROVING)
    const office = await x.office(to, ['approver'], { approves_replies: true })
    const request = await waitingFor(x, 'reply', { from, to })
    await end(office, to)
    expect(await x.coordinators(request)).toEqual({ r: from.coordinator.id, s: to.national.id })
    expect(await status(x.w, request)).toBe('reply awaiting approval')
    expect((await x.mails(request.id)).filter(mail => !mail.startsWith('reply-to-approve'))).toEqual([
      ...letters('coordinator-changed', ...handlersOf(from)),
      ...letters('coordinator-changed', ...handlersOf(to)),
    ])
    expect(await lastSteps(x.w, request.id, 1)).toEqual(['changeCoordinator (both)'])
    const requester = await (await x.w.signedIn(from.handler)).visit(`/requests/${request.id}/history`)
    expect(requester.text).toContain(`Coordinator of the responding authority now: ${to.national.officialName}`)
    expect(requester.text).not.toContain('pproval')
    await (
      await (await x.w.signedIn(office)).visit(`/requests/${request.id}/reply-approval`)
    ).submit('Approve and send the reply')
    expect(await status(x.w, request)).toBe('answered')
  })

  test('of the responder: the reply is a draft again where the national coordinator approves none', async () => {
    const { from, to } = await x.sides(APPROVING)
    const office = await x.office(to, ['approver'], { approves_replies: false })
    const request = await waitingFor(x, 'reply', { from, to })
    await end(office, to)
    expect(await x.coordinators(request)).toMatchObject({ s: to.national.id })
    expect(await status(x.w, request)).toBe('accepted')
    expect((await x.mails(request.id)).slice(4)).toEqual(letters('approver-gone', ...handlersOf(to)))
    expect(await lastSteps(x.w, request.id, 2)).toEqual(['changeCoordinator (both)', 'loseReplyApprover (responder)'])
    expect(await x.w.knex('request_replies').where({ part_id: request.id }).pluck('state')).toEqual(['returned'])
    const requester = await (await x.w.signedIn(from.handler)).visit(`/requests/${request.id}/history`)
    expect(requester.text).not.toMatch(/pproval|approve|returned/)
    // From now on the answers go without approval.
    const page = await (await x.w.signedIn(to.handler)).visit(`/requests/${request.id}/full-reply`)
    await page.submit('Send full reply')
    expect(await status(x.w, request)).toBe('answered')
  })

  test('in a referral: the national coordinator gives the opinion', async () => {
    const { from, to } = await x.sides()
    const office = await x.office(to, ['referee'])
    const request = await waitingFor(x, 'opinion', { from, to })
    await end(office, to)
    expect(await status(x.w, request)).toBe('in referral')
    expect((await x.mails(request.id)).filter(mail => mail.startsWith('referral'))).toEqual(
      how === 'is deleted by the night' ? letters('referral', office) : [],
    )
    for (const [who, must] of [
      [from.referee, 'no'],
      [office, 'yes'],
    ] as const)
      await (
        await (await x.w.signedIn(who)).visit(`/requests/${request.id}/opinion`)
      ).submit('Give your opinion', {
        mustBeGiven: must,
        text: 'Så är det.',
        language: 'sv',
      })
    expect(await status(x.w, request)).toBe('referral decided')
  })

  test.each([
    ['takes no part', ['referee'], { takes_part_in_referrals: false }],
    ['has no referee', ['approver'], { takes_part_in_referrals: true }],
  ] as const)(
    'in a referral: its opinion falls away where the national coordinator %s',
    async (_name, roles, settings) => {
      const { from, to } = await x.sides()
      const offices = [await x.office(to, roles, settings), await x.office(from, roles, settings)] as const
      const request = await waitingFor(x, 'opinion', { from, to })
      await end(offices[0], to)
      expect(await status(x.w, request)).toBe('in referral')
      expect((await x.mails(request.id)).slice(4)).toEqual([
        ...letters('opinion-gone', ...handlersOf(from)),
        ...letters('opinion-gone', ...handlersOf(to)),
      ])
      // With none outstanding it is decided, and without any opinion it is the requester's turn.
      await end(offices[1], from)
      expect(await status(x.w, request)).toBe('referral decided')
      expect((await x.mails(request.id)).slice(4)).toEqual([
        ...letters('decided', ...handlersOf(from)),
        ...letters('decided', ...handlersOf(to)),
      ])
      expect(await lastSteps(x.w, request.id, 2)).toEqual(['changeCoordinator (both)', 'loseReferee (both)'])
      expect(await recorded(x.w, request.id, 'request.loseReferee')).toBe(2)
      const page = await (await x.w.signedIn(from.handler)).visit(`/requests/${request.id}`)
      expect(page.details()).toMatchObject({ 'Whose turn it is': 'The requesting authority' })
    },
  )

  test('with nothing waiting: replaced in the open request, and as the only linked coordinator', async () => {
    const { from, to } = await x.sides()
    const office = await x.office(to)
    const request = await waitingFor(x, 'nothing', { from, to })
    const over = await aRequest(x.w.knex, { from, to, status: 'closed' })
    const draft = await aRequest(x.w.knex, { from, to, status: 'draft' })
    await end(office, to)
    expect(await x.coordinators(request)).toEqual({ r: from.coordinator.id, s: to.national.id })
    expect(await x.coordinators(over)).toEqual({ r: from.coordinator.id, s: to.coordinator.id })
    expect([await x.mails(over.id), await x.mails(draft.id)]).toEqual([[], []])
    const grant = x.w.knex('grants').where({ authority_id: to.authority.id }).select('id')
    const links = await x.w.knex('grant_coordinators').whereIn('grant_id', grant).pluck('coordinator_id')
    expect(links).toEqual([to.national.id])
    expect((await x.w.mails()).filter(mail => mail.to_address === to.authority.email)).toHaveLength(1)
    expect((await x.w.mails()).filter(mail => mail.to_address === to.national.email).length).toBeGreaterThan(0)
  })
})

describe('where the national coordinator is a side itself', () => {
  test('it approves nothing and gives no opinion: what waits is returned, the opinion falls away', async () => {
    const { from, to } = await x.sides(APPROVING)
    const office = await x.office(to, ['approver', 'referee', 'handler'], { approves_replies: true })
    // The module may be asked of one's own country: the national coordinator asks.
    const asking = { ...to, authority: to.national }
    const reply = await waitingFor(x, 'reply', { from: asking, to })
    const opinion = await waitingFor(x, 'opinion', { from: { ...asking, coordinator: from.coordinator }, to })
    await deactivate(x.w, office, to.coordinator)
    expect(await status(x.w, reply)).toBe('accepted')
    expect(await x.coordinators(reply)).toMatchObject({ s: null })
    expect(await status(x.w, opinion)).toBe('in referral')
    expect(await x.w.knex('request_opinions').where({ part_id: opinion.id, fallen_away: true })).toMatchObject([
      { coordinator_id: to.coordinator.id },
    ])
    const page = await (await x.w.signedIn(to.basic)).visit(`/requests/${reply.id}/history`)
    expect(page.text).toContain('Coordinator of the responding authority now: none')
  })
})
