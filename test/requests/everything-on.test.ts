import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import { aGrant, type AnAuthority, anAuthority, type AUser, aUser } from '../support/factories.ts'
import { type ASide, aRequest, aSide, MODULE } from '../support/requests.ts'
import { lettersOf, statusOf, stepsOf } from './acting.ts'

let w: World
let swedes: ASide
let danes: ASide
/** Whom the request is forwarded to: it uses allocation; and who gets one of the questions. */
let forwarded: { authority: AnAuthority; handler: AUser; allocator: AUser }
let third: { authority: AnAuthority; handler: AUser }

beforeAll(async () => {
  w = await world()
  swedes = await aSide(w.knex, {
    country: 'SE',
    coordination: { approves_requests: true },
    settings: { coordinator_sees_details: true },
  })
  danes = await aSide(w.knex, { country: 'DK', coordination: { approves_replies: true } })
  const another = async (settings: { uses_allocation?: boolean }) => {
    const authority = await anAuthority(w.knex, { country: 'DK' })
    await aGrant(w.knex, authority, MODULE, { coordinators: [danes.coordinator], settings })
    return { authority, handler: await aUser(w.knex, authority, { roles: { [MODULE]: ['handler'] } }) }
  }
  const second = await another({ uses_allocation: true })
  const allocator = await aUser(w.knex, second.authority, { roles: { [MODULE]: ['allocator'] } })
  forwarded = { ...second, allocator }
  third = await another({})
})
afterAll(() => w.close())

const visited = async (person: AUser, path: string) => (await w.signedIn(person)).visit(path)

describe('a request with everything on', () => {
  test('approved, forwarded, allocated, split, replied to, declined, referred, provided and closed', async () => {
    const { id, questionIds } = await aRequest(w.knex, {
      from: swedes,
      to: danes,
      status: 'draft',
      proposedDate: '2026-12-18',
      subject: { profession: 'Fysioterapeut' },
      personal: { 'family-name': 'Holm', 'given-names': 'Anna' },
      questions: [{ code: 'profession-regulated', variables: { profession: 'Fysioterapeut' } }, { code: 'pupils-age' }],
    })
    const at = (page: string, of = id): string => `/requests/${of}/${page}`

    // Approved by the coordinator, returned once.
    await (await visited(swedes.handler, at('sending'))).submit('Send request')
    expect(await statusOf(w, id)).toMatchObject({ status: 'awaiting approval' })
    await (
      await visited(swedes.approver, at('return'))
    ).submit('Return to the authority', { reason: 'Skriv tydligare' })
    expect(await statusOf(w, id)).toMatchObject({ status: 'draft' })
    await (await visited(swedes.handler, at('sending'))).submit('Send request')
    await (await visited(swedes.approver, at('approval'))).submit('Approve and send')
    expect(await statusOf(w, id)).toMatchObject({ status: 'sent', whole: 'sent' })

    // Forwarded: gone for the forwarder. Allocated: only then it can be accepted.
    await (
      await visited(danes.handler, at('forwarding'))
    ).submit('Forward request', {
      target: String(forwarded.authority.id),
    })
    await visitedNot(danes.handler, `/requests/${id}`, 404)
    await visitedNot(forwarded.handler, at('acceptance'), 403)
    await (
      await visited(forwarded.allocator, at('allocation'))
    ).submit('Allocate', {
      handlers: [String(forwarded.handler.id)],
    })
    await (await visited(forwarded.handler, at('acceptance'))).submit('Accept request')

    // Split: the second question goes to a third authority, which answers through the coordinator.
    await (
      await visited(forwarded.handler, at('splitting'))
    ).submit('Give questions to another authority', {
      questions: ['2'],
      target: String(third.authority.id),
    })
    const partId = await secondPart(id)
    await (await visited(third.handler, at('acceptance', partId))).submit('Accept request')
    await replies(third.handler, partId, { [`answer_${questionIds[1]}`]: '14' })
    expect(await statusOf(w, partId)).toMatchObject({ status: 'reply awaiting approval' })
    expect((await visited(swedes.handler, `/requests/${id}`)).text).not.toContain('awaiting approval')
    await (await visited(danes.approver, at('reply-approval', partId))).submit('Approve and send the reply')
    expect(await statusOf(w, partId)).toMatchObject({ status: 'answered', whole: 'accepted' })
    await replies(forwarded.handler, id, { [`answer_${questionIds[0]}`]: 'yes' })
    await (await visited(danes.approver, at('reply-approval'))).submit('Approve and send the reply')
    expect(await statusOf(w, id)).toMatchObject({ status: 'answered', whole: 'answered' })

    // More is asked for, declined, referred; two opinions; provided after all.
    await (
      await visited(swedes.handler, at('demand'))
    ).submit('Ask for additional information', {
      questions: ['1'],
      reason: 'Sedan när?',
      proposedDate: '2027-01-15',
    })
    await (await visited(forwarded.handler, at('demand-refusal'))).submit('Decline to give it', { reason: 'Ved ikke' })
    await (await visited(swedes.handler, at('referral'))).submit('Refer to the coordinators')
    for (const [referee, mustBeGiven] of [
      [swedes.referee, 'yes'],
      [danes.referee, 'no'],
    ] as const)
      await (await visited(referee, at('opinion'))).submit('Give your opinion', { mustBeGiven, text: 'Så ser vi det' })
    expect(await statusOf(w, id)).toMatchObject({ status: 'referral decided', whole: 'referral decided' })
    await (
      await visited(forwarded.handler, at('providing'))
    ).submit('Provide the information after all', {
      dueDate: '2027-01-20',
    })
    await replies(forwarded.handler, id, {
      [`answer_${questionIds[0]}`]: 'yes',
      [`comment_${questionIds[0]}`]: 'Siden 1995',
    })
    await (await visited(danes.approver, at('reply-approval'))).submit('Approve and send the reply')

    // The requester accepts all that was answered: both parts end.
    await (await visited(swedes.handler, at('closing'))).submit('Accept reply and close', { timeliness: '1' })
    expect(await statusOf(w, id)).toMatchObject({ status: 'closed', whole: 'closed' })
    expect(await statusOf(w, partId)).toMatchObject({ status: 'closed' })
    await itsTraces(id, partId)
  })
})

/** The history in order, each mail once, and what neither side may read of the other. */
async function itsTraces(id: number, partId: number): Promise<void> {
  expect((await stepsOf(w, id)).filter(({ seen_by }) => seen_by !== 'requester').map(({ step }) => step)).toEqual([
    'send',
    'forward',
    'allocate',
    'accept',
    'split',
    'replyFully',
    'approveReply',
    'demand',
    'declineDemand',
    'refer',
    'giveOpinion',
    'giveOpinion',
    'provide',
    'replyFully',
    'approveReply',
    'acceptReply',
  ])
  const letters = await lettersOf(w, id)
  expect(letters.filter(({ kind }) => kind === 'received').map(({ to }) => to)).toContain(forwarded.allocator.email)
  expect(letters.filter(({ to }) => to === swedes.basic.email)).toEqual([])
  const requesters = await visited(swedes.handler, `/requests/${id}/history`)
  expect(requesters.text).toContain('Skriv tydligare')
  expect(requesters.text).not.toContain('Reply approved')
  const responders = await visited(forwarded.handler, `/requests/${id}/history`)
  expect(responders.text).not.toContain('Skriv tydligare')
  expect((await visited(third.handler, `/requests/${partId}`)).text).not.toContain('Siden 1995')
}

async function secondPart(id: number): Promise<number> {
  const [part] = await w
    .knex('request_parts')
    .where({ part: 2, request_id: w.knex('request_parts').where({ id }).select('request_id') })
    .pluck<number[]>('id')
  return part ?? 0
}

async function visitedNot(person: AUser, path: string, status: number): Promise<void> {
  const someone: Someone = await w.signedIn(person)
  await someone.visit(path, { status })
}

async function replies(person: AUser, id: number, answers: Record<string, string>): Promise<void> {
  const someone = await w.signedIn(person)
  await (await someone.visit(`/requests/${id}/answers`)).submit('Save draft', answers)
  await (await someone.visit(`/requests/${id}/full-reply`)).submit('Send full reply')
}
