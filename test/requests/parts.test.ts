import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import { type AnAuthority, aGrant, anAuthority, aUser, type AUser } from '../support/factories.ts'
import { type ARequest, type ASide, aRequest, aSide, MODULE } from '../support/requests.ts'
import { drafted, lettersOf, statusOf, stepsOf } from './acting.ts'
import { QUESTIONS } from './replying.ts'

const SPLIT = 'Give questions to another authority'
const CALL_BACK = 'Call back this part'

let w: World
let swedes: ASide
let danes: ASide
let other: AnAuthority
let otherHandler: AUser
beforeAll(async () => {
  w = await world()
  swedes = await aSide(w.knex, { country: 'SE' })
  danes = await aSide(w.knex, { country: 'DK' })
  other = await anAuthority(w.knex, { country: 'DK', officialName: 'Turistrådet' })
  await aGrant(w.knex, other, MODULE, { coordinators: [danes.coordinator], settings: { may_refuse: true } })
  otherHandler = await aUser(w.knex, other, { language: 'en', roles: { [MODULE]: ['handler'] } })
})
afterAll(() => w.close())

const asked = (status: Parameters<typeof aRequest>[1]['status']): Promise<ARequest> =>
  aRequest(w.knex, { from: swedes, to: danes, status, questions: QUESTIONS })

/** The numbers of the questions of each part. */
async function questionsOf(requestId: number): Promise<Record<number, number[]>> {
  const rows = await w
    .knex('request_questions as q')
    .join('request_parts as p', 'p.id', 'q.part_id')
    .where('q.request_id', requestId)
    .orderBy('q.number')
    .select<{ part: number; number: number }[]>('p.part', 'q.number')
  const parts: Record<number, number[]> = {}
  for (const { part, number } of rows) (parts[part] ??= []).push(number)
  return parts
}

/** Gives questions to the other Danish authority; the number of the new part. */
async function split(request: ARequest, questions: number[]): Promise<number> {
  const page = await (await w.signedIn(danes.handler)).visit(`/requests/${request.id}/splitting`)
  await page.submit(SPLIT, { questions: questions.map(String), target: String(other.id), note: 'Det er jeres.' })
  const [id] = await w
    .knex('request_parts')
    .where({ request_id: request.requestId })
    .orderBy('part', 'desc')
    .pluck<number[]>('id')
  return id ?? 0
}

describe('splitting a request', () => {
  test('gives a question with its sub-questions to another authority: a part of its own', async () => {
    const request = await asked('accepted')
    await drafted(w, { id: request.id, questionIds: request.questionIds, by: danes.handler })
    const part = await split(request, [1])
    expect(await questionsOf(request.requestId)).toEqual({ 1: [4, 5], 2: [1, 2, 3] })
    expect(await statusOf(w, part)).toEqual({ status: 'sent', whole: 'sent', due: null })
    expect(await statusOf(w, request.id)).toMatchObject({ status: 'accepted' })
    expect(await w.knex('request_parts').where({ id: part }).first()).toMatchObject({
      part: 2,
      responder_id: other.id,
      coordinator_id: null,
      may_refuse: true,
    })
    expect(
      await w.knex('request_draft_answers').whereIn('question_id', request.questionIds).pluck('question_id'),
    ).toEqual(request.questionIds.slice(3))
    expect((await stepsOf(w, request.id)).at(-1)).toEqual({ step: 'split', note: 'Det er jeres.', seen_by: 'both' })
    expect((await lettersOf(w, part)).map(({ to, kind }) => `${kind} ${to}`)).toEqual([
      `received ${otherHandler.email}`,
    ])
    expect((await lettersOf(w, request.id)).map(({ kind }) => kind)).toEqual(['split', 'split'])
    const page = await (await w.signedIn(otherHandler)).visit(`/requests/${part}`)
    expect(page.h1).toContain(`${request.number}-2`)
    await (await w.signedIn(otherHandler)).visit(`/requests/${request.id}`, { status: 404 })
    const splitter = await (await w.signedIn(danes.handler)).visit(`/requests/${part}`)
    expect(splitter.text).toContain('Turistrådet')
    const requester = await (await w.signedIn(swedes.handler)).visit(`/requests/${request.id}`)
    expect(requester.text).toContain(`${request.number}-2`)
  })

  test('never gives all away, and needs a question and a target', async () => {
    const request = await asked('partly answered')
    const page = await (await w.signedIn(danes.handler)).visit(`/requests/${request.id}/splitting`)
    const empty = await page.submit(SPLIT, {}, { status: 422 })
    expect(empty.errors().map(({ message }) => message)).toEqual([
      'Select at least one question',
      'Select an authority',
    ])
    const all = await empty.submit(SPLIT, { questions: ['1', '4', '5'], target: String(other.id) }, { status: 422 })
    expect(all.text).toContain('Leave at least one question with your authority')
    expect(await questionsOf(request.requestId)).toEqual({ 1: [1, 2, 3, 4, 5] })
  })

  test('is for the first part only, while it is accepted or partly answered', async () => {
    const request = await asked('accepted')
    const part = await split(request, [4])
    await w.knex('request_parts').where({ id: part }).update({ status: 'accepted', accepted_at: w.clock.now() })
    const theirs = await (await w.signedIn(otherHandler)).visit(`/requests/${part}/splitting`)
    expect(theirs.text).toContain('can be forwarded, not split again')
    const now = {
      sent: 'has been sent and not accepted yet',
      answered: 'now “Answered”',
      'additional accepted': 'now “Additional information promised”',
      'reply awaiting approval': 'now “Reply awaiting approval”',
    }
    for (const [status, said] of Object.entries(now)) {
      const { id } = await asked(status as keyof typeof now)
      const page = await (await w.signedIn(danes.handler)).visit(`/requests/${id}/splitting`)
      expect(page.text).toContain(said)
    }
  })
})

describe('a part that ends before it is answered', () => {
  test('called back, gives its questions back to the first part; all are told', async () => {
    const request = await asked('accepted')
    const part = await split(request, [1])
    await (await w.signedIn(otherHandler)).visit(`/requests/${part}/calling-back`, { status: 403 })
    await (await w.signedIn(swedes.handler)).visit(`/requests/${part}/calling-back`, { status: 403 })
    const page = await (await w.signedIn(danes.handler)).visit(`/requests/${part}/calling-back`)
    expect(page.details()).toEqual({
      'Asked at present': other.officialName,
      'Questions that come back': expect.stringMatching(/^1\. /) as unknown,
    })
    // The questions stand on the first part again.
    const done = await page.submit(CALL_BACK, {}, { to: `/requests/${request.id}` })
    expect(done.notice).toContain(`Request ${request.number}-2 called back`)
    expect(await questionsOf(request.requestId)).toEqual({ 1: [1, 2, 3, 4, 5] })
    expect(await statusOf(w, part)).toMatchObject({ status: 'called back', whole: 'accepted' })
    expect((await lettersOf(w, part)).map(({ to, kind }) => `${kind} ${to}`).slice(1)).toEqual([
      `called-back ${otherHandler.email}`,
      `called-back ${swedes.handler.email}`,
      `called-back ${swedes.colleague.email}`,
    ])
    expect((await lettersOf(w, request.id)).filter(({ kind }) => kind === 'questions-back')).toEqual([
      { to: danes.colleague.email, kind: 'questions-back' },
    ])
  })

  test('and once accepted, cannot be called back; the first part never can', async () => {
    const request = await asked('accepted')
    const part = await split(request, [1])
    await w.knex('request_parts').where({ id: part }).update({ status: 'accepted', accepted_at: w.clock.now() })
    const dane = await w.signedIn(danes.handler)
    expect((await dane.visit(`/requests/${part}/calling-back`)).text).toContain('its status is now “Accepted”')
    await dane.visit(`/requests/${request.id}/calling-back`, { status: 403 })
  })

  test.each([
    ['answered', 'partly answered'],
    ['reply awaiting approval', 'partly answered'],
    ['additional requested', 'partly answered'],
    ['in referral', 'partly answered'],
    ['partly answered', 'partly answered'],
    ['accepted', 'accepted'],
  ] as const)('refused while the first part is %s, makes that %s', async (before, after) => {
    const request = await asked('accepted')
    const part = await split(request, [1])
    const at = w.clock.now()
    const waits = before === 'reply awaiting approval'
    await w
      .knex('request_parts')
      .where({ id: request.id })
      .update({ status: before, came_from: waits ? 'accepted' : null })
    const reply = {
      part_id: request.id,
      kind: 'full',
      state: 'awaiting approval',
      language: 'da',
      authority_id: danes.authority.id,
      made_at: at,
    }
    if (waits) await w.knex('request_replies').insert(reply)
    if (before === 'additional requested')
      await w
        .knex('request_demands')
        .insert({ part_id: request.id, at, questions: [4], language: 'sv', reason: 'Mer', proposed_date: '2027-01-10' })
    if (before === 'in referral')
      await w.knex('request_opinions').insert({
        part_id: request.id,
        referral: 1,
        coordinator_id: danes.coordinator.id,
        for_requester: false,
        for_responder: true,
        begun_at: at,
      })
    const page = await (await w.signedIn(otherHandler)).visit(`/requests/${part}/refusal`)
    await page.submit('Refuse request', { reason: 'Ikke os.' })
    expect(await statusOf(w, request.id)).toMatchObject({ status: after, whole: after })
    expect(await statusOf(w, part)).toMatchObject({ status: 'refused' })
    expect(await questionsOf(request.requestId)).toEqual({ 1: [1, 2, 3, 4, 5] })
    expect((await lettersOf(w, request.id)).filter(({ kind }) => kind === 'questions-back')).toHaveLength(2)
    expect(await w.knex('request_replies').where({ part_id: request.id }).pluck('state')).toEqual(
      waits ? ['returned'] : [],
    )
    expect(await w.knex('request_demands').where({ part_id: request.id }).pluck('outcome')).toEqual(
      before === 'additional requested' ? ['dropped'] : [],
    )
    expect(await w.knex('request_opinions').where({ part_id: request.id, fallen_away: false })).toEqual([])
  })

  test('leaves its questions unanswered where the first part has ended, and the requester is told', async () => {
    const request = await asked('accepted')
    const part = await split(request, [1])
    const at = w.clock.now()
    await w.knex('request_parts').where({ id: request.id }).update({ status: 'refused', ended_at: at })
    const page = await (await w.signedIn(otherHandler)).visit(`/requests/${part}/refusal`)
    await page.submit('Refuse request', { reason: 'Ikke os.' })
    expect(await questionsOf(request.requestId)).toEqual({ 1: [4, 5], 2: [1, 2, 3] })
    expect(await statusOf(w, part)).toMatchObject({ status: 'refused', whole: 'refused' })
    expect(
      (await lettersOf(w, request.id))
        .filter(({ kind }) => kind.startsWith('questions'))
        .map(({ to, kind }) => `${kind} ${to}`)
        .sort(),
    ).toEqual([`questions-unanswered ${swedes.colleague.email}`, `questions-unanswered ${swedes.handler.email}`].sort())
  })

  test('is called back by those who have the first part, where the splitter allocates', async () => {
    const request = await asked('accepted')
    const part = await split(request, [1])
    const grant = w.knex('grants').where({ authority_id: danes.authority.id })
    await grant.clone().update({ uses_allocation: true })
    await w.knex('request_allocations').insert({ part_id: request.id, user_id: danes.colleague.id, at: w.clock.now() })
    try {
      await (await w.signedIn(danes.handler)).visit(`/requests/${part}/calling-back`, { status: 403 })
      await (await (await w.signedIn(danes.colleague)).visit(`/requests/${part}/calling-back`)).submit(CALL_BACK)
      expect(await statusOf(w, part)).toMatchObject({ status: 'called back' })
    } finally {
      await grant.clone().update({ uses_allocation: false })
    }
  })
})
