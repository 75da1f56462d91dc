import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aGrant, anAuthority, type AUser, aUser, theCommission } from '../support/factories.ts'
import { aRequest, type ASide, MODULE } from '../support/requests.ts'
import { recorded } from './acting.ts'
import {
  APPROVING,
  crossing,
  type Crossing,
  handlersOf,
  lastSteps,
  letters,
  status,
  suspend,
  waitingFor,
} from './crossing.ts'

let x: Crossing
beforeAll(async () => {
  x = await crossing()
})
afterAll(() => x.close())

describe('a coordinator whose module is suspended', () => {
  test('finishes what it has: approves requests and replies, gives its opinion', async () => {
    const { from, to } = await x.sides(APPROVING)
    const request = await waitingFor(x, 'request', { from, to })
    const reply = await waitingFor(x, 'reply', { from, to })
    const opinion = await waitingFor(x, 'opinion', { from, to })
    await suspend(x.w, await x.office(from), from.coordinator)
    await suspend(x.w, await x.office(to), to.coordinator)
    const visit = async (who: AUser, path: string) => (await x.w.signedIn(who)).visit(path)
    await (await visit(from.approver, `/requests/${request.id}/approval`)).submit('Approve and send')
    await (await visit(to.approver, `/requests/${reply.id}/reply-approval`)).submit('Approve and send the reply')
    for (const who of [from.referee, to.referee])
      await (
        await visit(who, `/requests/${opinion.id}/opinion`)
      ).submit('Give your opinion', { mustBeGiven: 'no', text: 'Nej.', language: 'sv' })
    expect(await Promise.all([request, reply, opinion].map(one => status(x.w, one)))).toEqual([
      'sent',
      'answered',
      'referral decided',
    ])
    expect(await x.coordinators(opinion)).toEqual({ r: from.coordinator.id, s: to.coordinator.id })
  })

  test('cannot be chosen: another linked one is taken, else the national coordinator by itself', async () => {
    const { from, to } = await x.sides()
    await suspend(x.w, await x.office(to), to.coordinator)
    const dane = await x.w.signedIn(to.handler)
    const alone = await aRequest(x.w.knex, { from, to, at: x.w.clock.now() })
    const page = await dane.visit(`/requests/${alone.id}/acceptance`)
    expect(page.text).not.toContain(to.coordinator.officialName)
    await page.submit('Accept request')
    expect(await x.coordinators(alone)).toMatchObject({ s: to.national.id })
    const other = await anAuthority(x.w.knex, { country: to.authority.country })
    await aGrant(x.w.knex, other, MODULE, { role: 'coordinator' })
    const { id: grant_id } = await x.w.knex('grants').where({ authority_id: to.authority.id }).first('id')
    await x.w.knex('grant_coordinators').insert({ grant_id, coordinator_id: other.id })
    const linked = await aRequest(x.w.knex, { from, to, at: x.w.clock.now() })
    await (await dane.visit(`/requests/${linked.id}/acceptance`)).submit('Accept request')
    expect(await x.coordinators(linked)).toMatchObject({ s: other.id })
  })
})

describe('a coordinator that has nobody left in a role', () => {
  /** Somebody administers the coordinator, and lets its last approver or referee go; the setting is switched off with it. */
  async function letGo(
    side: ASide,
    user: AUser,
    { role, how }: { role: 'approver' | 'referee'; how: 'roles' | 'deletion' },
  ) {
    const administrator = await x.w.signedIn(await aUser(x.w.knex, side.coordinator, { administrator: true }))
    const page = await administrator.visit(`/users/${user.id}/${how}`)
    const button = how === 'roles' ? 'Save' : 'Delete the user'
    const off = { [`holder-${x.module}-${role}`]: 'off' }
    if (how === 'deletion') return page.submit(button, off)
    const asked = await page.submit(button, { [`roles-${x.module}`]: [] }, { status: 422 })
    return asked.submit(button, off)
  }

  test.each(['roles', 'deletion'] as const)(
    'approver (%s): what waits passes on, or is returned; what waits for nobody stays',
    async how => {
      const { from, to } = await x.sides(APPROVING)
      await x.office(to, ['approver'], { approves_replies: true })
      const request = await waitingFor(x, 'request', { from, to })
      const reply = await waitingFor(x, 'reply', { from, to })
      const open = await waitingFor(x, 'nothing', { from, to })
      await letGo(from, from.approver, { role: 'approver', how })
      await letGo(to, to.approver, { role: 'approver', how })
      expect(await status(x.w, request)).toBe('draft')
      expect(await status(x.w, reply)).toBe('reply awaiting approval')
      expect(await x.coordinators(reply)).toEqual({ r: from.coordinator.id, s: to.national.id })
      expect(await x.coordinators(open)).toEqual({ r: from.coordinator.id, s: to.coordinator.id })
      expect(await x.mails(request.id)).toEqual([
        ...letters('coordinator-changed', ...handlersOf(from)),
        ...letters('approver-gone', ...handlersOf(from)),
      ])
      expect(await recorded(x.w, reply.id, 'request.changeCoordinator')).toBe(1)
    },
  )

  test.each(['roles', 'deletion'] as const)('referee (%s): the opinion passes on, or falls away', async how => {
    const { from, to } = await x.sides()
    await x.office(from, [])
    const heirs = await x.office(to, ['referee'])
    const request = await waitingFor(x, 'opinion', { from, to })
    await letGo(from, from.referee, { role: 'referee', how })
    await letGo(to, to.referee, { role: 'referee', how })
    expect(await status(x.w, request)).toBe('in referral')
    expect(await x.coordinators(request)).toEqual({ r: from.national.id, s: to.national.id })
    expect((await x.mails(request.id)).filter(mail => /^(referral|opinion-gone) /.test(mail))).toEqual([
      ...letters('opinion-gone', ...handlersOf(from)),
      ...letters('opinion-gone', ...handlersOf(to)),
      ...letters('referral', heirs),
    ])
    await (
      await (await x.w.signedIn(heirs)).visit(`/requests/${request.id}/opinion`)
    ).submit('Give your opinion', {
      mustBeGiven: 'yes',
      text: 'Ja.',
      language: 'sv',
    })
    expect(await status(x.w, request)).toBe('referral decided')
  })

  test('and is the national coordinator itself: nobody takes its place, what waits is returned', async () => {
    const { from, to } = await x.sides()
    const office = await x.office(to, ['approver'], { approves_replies: true })
    const national = { ...to, coordinator: to.national }
    const reply = await waitingFor(x, 'reply', { from, to: national })
    await letGo(national, office, { role: 'approver', how: 'roles' })
    expect(await status(x.w, reply)).toBe('accepted')
    expect(await x.coordinators(reply)).toMatchObject({ s: to.national.id })
    expect(await lastSteps(x.w, reply.id, 1)).toEqual(['loseReplyApprover (responder)'])
  })
})

test('the national coordinator is replaced: its approvals, opinions and requests are the new one’s, in one act', async () => {
  const { from, to } = await x.sides({ from: { coordination: {} } })
  const commission = await theCommission(x.w.knex)
  const someone = await x.w.signedIn(await aUser(x.w.knex, commission, { imiAdministrator: true }))
  const successor = await anAuthority(x.w.knex, { country: to.authority.country, officialName: 'The new office' })
  const administrator = await aUser(x.w.knex, successor, { administrator: true })
  await x.office(to, ['approver', 'referee'], { approves_replies: true })
  const national = { ...to, coordinator: to.national }
  const reply = await waitingFor(x, 'reply', { from, to: national })
  const opinion = await waitingFor(x, 'opinion', { from, to: national })
  const open = await waitingFor(x, 'nothing', { from, to: national })
  const old = to.national.id
  const page = await someone.visit(`/authorities/${old}/national-coordinator-replacement?successor=${successor.id}`)
  await page.submit('Replace the national coordinator')
  for (const one of [reply, opinion, open]) expect(await x.coordinators(one)).toMatchObject({ s: successor.id })
  expect(await x.mails(reply.id)).toContain(`reply-to-approve ${administrator.email}`)
  expect(await x.mails(opinion.id)).toContain(`referral ${administrator.email}`)
  expect(await recorded(x.w, open.id, 'request.changeCoordinator')).toBe(1)
  const visitor = await x.w.signedIn(administrator)
  await (await visitor.visit(`/requests/${reply.id}/reply-approval`)).submit('Approve and send the reply')
  expect(await status(x.w, reply)).toBe('answered')
})
