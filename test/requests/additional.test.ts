import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listOpinions, listReplies } from '../../src/requests/replying/queries.ts'
import {
  AGREE,
  ASK,
  at,
  contest,
  DECLINE,
  declined,
  demanded,
  DROP,
  lastDemand,
  referred,
  toRequesters,
  toResponders,
} from './demanding.ts'
import { drafted, eventsOf, type Exchange, historyOf, mailsAbout } from './replying.ts'

let x: Exchange
beforeAll(async () => {
  x = await contest()
})
afterAll(() => x.close())

describe('asking for additional information', () => {
  test('names the questions, the reasons and a date; the other side is told', async () => {
    const request = await demanded(x)
    expect(await x.part(request)).toMatchObject({ status: 'additional requested' })
    expect(await lastDemand(x, request)).toMatchObject({
      questions: [2],
      reason: 'Årtal saknas',
      language: 'sv',
      proposedDate: '2026-12-01',
      outcome: 'open',
    })
    expect(await mailsAbout(x.w, request)).toEqual(toResponders(x, 'demand'))
    expect(await historyOf(x.w.knex, request)).toEqual(['demand: answered > additional requested (both)'])
    expect(JSON.stringify(await eventsOf(x.w, request, 'request.demand'))).not.toContain('saknas')
  })

  test('all mistakes are named at once, and what was typed stays', async () => {
    const request = await x.request({ status: 'answered' })
    const page = await x.requester.visit(at(request, 'demand'))
    const none = await page.submit(ASK, {}, { status: 422 })
    expect(none.errors()).toEqual([
      { field: 'questions', message: 'Select at least one question' },
      { field: 'reason', message: 'Enter what is missing and why you need it' },
      { field: 'proposedDate', message: 'Enter a date' },
    ])
    const past = await none.submit(
      ASK,
      { questions: ['1', '2'], reason: 'Mer', proposedDate: '2026-11-20' },
      { status: 422 },
    )
    expect(past.errors()).toEqual([{ field: 'proposedDate', message: 'Enter a date that is later than today' }])
    expect(past.values(ASK)).toMatchObject({ questions: ['1', '2'], reason: 'Mer' })
    const odd = await past.submit(
      ASK,
      {},
      { status: 422, forged: { questions: '99', language: 'xx', proposedDate: 'x' } },
    )
    expect(odd.errors().map(({ field }) => field)).toEqual(['questions', 'language', 'proposedDate'])
  })

  test('not before the full reply, not by the responder', async () => {
    const request = await x.request({ status: 'partly answered' })
    const page = await x.requester.visit(at(request, 'demand'))
    expect(page.text).toContain('its status is now “Partly answered”')
    expect(page.buttons).not.toContain(ASK)
    expect((await x.responder.visit(at(request, 'demand'), { status: 403 })).status).toBe(403)
  })
})

describe('the answer to a demand', () => {
  test('agreeing to the proposed date, which stands there already', async () => {
    const request = await demanded(x)
    const page = await x.responder.visit(at(request, 'demand-agreement'))
    expect(page.text).toContain('Årtal saknas')
    expect(page.values(AGREE)).toEqual({ dueDate: '2026-12-01' })
    await page.submit(AGREE)
    expect(await x.part(request)).toMatchObject({ status: 'additional accepted', due_date: '2026-12-01' })
    expect(await lastDemand(x, request)).toMatchObject({ outcome: 'agreed', outcomeAt: x.w.clock.now() })
    expect(await mailsAbout(x.w, request)).toEqual([...toResponders(x, 'demand'), ...toRequesters(x, 'demand-agreed')])
  })

  test('a date that has passed must be changed', async () => {
    const request = await demanded(x)
    await x.w.knex('request_demands').where({ part_id: request.id }).update({ proposed_date: '2026-11-19' })
    const page = await x.responder.visit(at(request, 'demand-agreement'))
    expect(page.text).toContain('The proposed date has passed')
    const none = await page.submit(AGREE, {}, { status: 422 })
    expect(none.errors()).toEqual([{ field: 'dueDate', message: 'Enter a date' }])
    await none.submit(AGREE, { dueDate: '2026-12-24' })
    expect(await x.part(request)).toMatchObject({ due_date: '2026-12-24' })
  })

  test('declining needs a reason, which both sides read', async () => {
    const request = await demanded(x)
    const page = await x.responder.visit(at(request, 'demand-refusal'))
    const none = await page.submit(DECLINE, { reason: ' ' }, { status: 422 })
    expect(none.errors()).toEqual([{ field: 'reason', message: 'Enter why you decline' }])
    await none.submit(DECLINE, { reason: 'Não temos', language: 'pt' })
    expect(await x.part(request)).toMatchObject({ status: 'additional declined' })
    expect(await lastDemand(x, request)).toMatchObject({
      outcome: 'declined',
      outcomeReason: 'Não temos',
      outcomeLanguage: 'pt',
    })
    expect((await mailsAbout(x.w, request)).slice(2)).toEqual(toRequesters(x, 'demand-declined'))
  })
})

describe('dropping the demand', () => {
  test('from each status that it led to', async () => {
    const ways = [
      await demanded(x),
      await declined(x),
      await referred(x),
      await x.request({ status: 'additional accepted' }),
      await x.request({ status: 'referral decided' }),
    ]
    for (const request of ways) {
      await (await x.requester.visit(at(request, 'demand-dropping'))).submit(DROP)
      expect(await x.part(request)).toMatchObject({ status: 'answered' })
    }
    expect((await lastDemand(x, ways[0]!))?.outcome).toBe('dropped')
    expect(await listOpinions(x.w.knex, [ways[2]!.id])).toMatchObject([{ fallenAway: true }, { fallenAway: true }])
    expect((await mailsAbout(x.w, ways[0]!)).slice(2)).toEqual(toResponders(x, 'demand-dropped'))
  })

  test('a reply that waits for approval becomes draft answers, and the requester is not told of it', async () => {
    const request = await x.request({ status: 'additional accepted', questions: [{ code: 'pupils-age' }] })
    await x.w.knex('grants').where({ authority_id: x.to.coordinator.id }).update({ approves_replies: true })
    await drafted(x, request, [{ value: 'Fifteen' }])
    await (await x.responder.visit(at(request, 'full-reply'))).submit('Send full reply')
    expect(await x.part(request)).toMatchObject({ status: 'reply awaiting approval' })
    const page = await x.requester.visit(at(request, 'demand-dropping'))
    expect(page.text).not.toContain('approval')
    await page.submit(DROP)
    await x.w.knex('grants').where({ authority_id: x.to.coordinator.id }).update({ approves_replies: false })
    expect(await x.part(request)).toMatchObject({ status: 'answered', came_from: null })
    expect(await listReplies(x.w.knex, [request.id], { draftAnswers: true, side: 'responder' })).toEqual([])
    expect(await x.w.knex('request_draft_answers').whereIn('question_id', request.questionIds)).toMatchObject([
      { value: 'Fifteen' },
    ])
  })
})
