import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listReplies, versionsOf } from '../../src/requests/replying/queries.ts'
import type { ARequest } from '../support/requests.ts'
import { drafted, eventsOf, type Exchange, exchange, historyOf, mailsAbout, QUESTIONS } from './replying.ts'

const PARTLY = 'Send partial reply'
const FULLY = 'Send full reply'

let x: Exchange
beforeAll(async () => {
  x = await exchange()
})
afterAll(() => x.close())

const at = ({ id }: ARequest, page: string): string => `/requests/${id}/${page}`
const repliesOf = ({ id }: ARequest) => listReplies(x.w.knex, [id], { draftAnswers: true, side: 'responder' })
/** Whoever handles requests of the requester, by mail. */
const requesters = (template: string): string[] =>
  [x.from.handler, x.from.colleague].map(({ email }) => `requests/${template} ${email}`)

describe('a partial reply', () => {
  test('sends what is answered, as it is, and freezes it; the rest follows later', async () => {
    const request = await x.request({ questions: QUESTIONS })
    await drafted(x, request, [{ value: 'yes' }, undefined, { value: 'Not asked' }, { value: '15 years' }], 'Tudo bem')
    const page = await x.responder.visit(at(request, 'partial-reply'))
    expect(page.text).toContain('15 years')
    expect(page.text).not.toContain('Not asked')
    await page.submit(PARTLY)

    expect(await x.part(request)).toMatchObject({ status: 'partly answered' })
    expect(await repliesOf(request)).toMatchObject([
      {
        kind: 'partial',
        state: 'sent',
        generalComments: 'Tudo bem',
        language: 'pt',
        answers: [
          { number: 1, value: 'yes' },
          { number: 4, value: '15 years' },
        ],
      },
    ])
    expect(await historyOf(x.w.knex, request)).toEqual(['replyPartly: accepted > partly answered (both)'])
    expect(await mailsAbout(x.w, request)).toEqual(requesters('partial-reply'))
    const answers = await x.responder.visit(at(request, 'answers'))
    expect(answers.text).toContain('Sent already. This answer can no longer be changed.')
    expect(answers.values('Save draft')).not.toHaveProperty(`answer_${request.questionIds[0] ?? 0}`)
    expect(answers.values('Save draft')).toMatchObject({ generalComments: '' })
    // What the others do not ask for stays in the draft, unseen: only additional information could ask for it again.
    expect(answers.text).not.toContain('Not asked')
    await answers.submit('Save draft', {})
    expect(await x.w.knex('request_draft_answers').whereIn('question_id', request.questionIds).pluck('value')).toEqual([
      'Not asked',
    ])
  })

  test('has to say something', async () => {
    const request = await x.request({ questions: QUESTIONS })
    const page = await x.responder.visit(at(request, 'partial-reply'))
    expect(page.text).toContain('No new answer is saved yet')
    expect(page.buttons).not.toContain(PARTLY)
  })

  test('ends a proposed later date', async () => {
    const request = await x.request({ questions: [{ code: 'pupils-age' }] })
    await x.w.knex('request_parts').where({ id: request.id }).update({ later_date: '2026-12-20', later_reason: 'x' })
    await drafted(x, request, [{ value: '15' }])
    await (await x.responder.visit(at(request, 'partial-reply'))).submit(PARTLY)
    expect(await x.part(request)).toMatchObject({ later_date: null, later_reason: null })
  })
})

describe('a full reply', () => {
  test('names all that is missing at once; a sub-question that is not asked is not missing', async () => {
    const request = await x.request({ questions: QUESTIONS })
    await drafted(x, request, [{ value: 'yes' }])
    const page = await x.responder.visit(at(request, 'full-reply'))
    for (const number of [2, 4, 5]) expect(page.text).toContain(`Question ${number} is not answered`)
    expect(page.text).not.toContain('Question 3 is not answered')
    expect(page.buttons).not.toContain(FULLY)
  })

  test('what is missing by the time it is sent is named, too', async () => {
    const request = await x.request({ questions: QUESTIONS.slice(3, 5) })
    await drafted(x, request, [{ value: 'Fifteen' }, { value: '3' }])
    const page = await x.responder.visit(at(request, 'full-reply'))
    await x.w.knex('request_draft_answers').whereIn('question_id', request.questionIds).delete()
    const late = await page.submit(FULLY, {}, { status: 422 })
    expect(late.errors().map(({ message }) => message.slice(0, 26))).toEqual([
      'Question 1 is not answered',
      'Question 2 is not answered',
    ])
  })

  test('answered, marked or explained: is sent whole, with what a partial reply has said', async () => {
    const request = await x.request({ questions: QUESTIONS })
    await drafted(x, request, [{ value: 'yes' }])
    await (await x.responder.visit(at(request, 'partial-reply'))).submit(PARTLY)
    await drafted(x, request, [
      undefined,
      { value: '2001-02-03' },
      undefined,
      { cannot: true },
      { comment: 'Ver anexo' },
    ])
    await (await x.responder.visit(at(request, 'full-reply'))).submit(FULLY)

    expect(await x.part(request)).toMatchObject({ status: 'answered', answered_at: x.w.clock.now() })
    const [, full] = await repliesOf(request)
    expect(full?.answers.map(({ number, value, cannot, comment }) => [number, value, cannot, comment])).toEqual([
      [1, 'yes', false, ''],
      [2, '2001-02-03', false, ''],
      [4, null, true, ''],
      [5, null, false, 'Ver anexo'],
    ])
    expect(await mailsAbout(x.w, request)).toEqual([...requesters('partial-reply'), ...requesters('reply')])
    expect(await historyOf(x.w.knex, request)).toEqual([
      'replyPartly: accepted > partly answered (both)',
      'replyFully: partly answered > answered (both)',
    ])
    expect(await x.w.knex('request_draft_answers').whereIn('question_id', request.questionIds)).toEqual([])
    expect(JSON.stringify(await eventsOf(x.w, request, 'request.replyFully'))).not.toContain('anexo')
  })

  test('takes the attachments of the draft along', async () => {
    const request = await x.request({ questions: [{ code: 'pupils-age' }] })
    const content = Buffer.from('%PDF-1.7\n1 0 obj\n%%EOF\n')
    const answers = await x.responder.visit(at(request, 'answers'))
    const files = { name: 'Lei.pdf', type: 'application/pdf', content }
    await answers.submit('Save draft', { [`answer_${request.questionIds[0] ?? 0}`]: '15', files })
    const page = await x.responder.visit(at(request, 'full-reply'))
    expect(page.text).toContain('Lei.pdf')
    await page.submit(FULLY)
    const [file] = (await x.w.knex('request_attachments').where({ part_id: request.id })) as { id: number }[]
    expect(file).toMatchObject({ state: 'sent', reply_id: (await repliesOf(request))[0]?.id })
    const got = await x.requester.request('GET', `/requests/${request.id}/attachments/${file?.id ?? 0}`)
    expect([got.status, got.body.equals(content)]).toEqual([200, true])
    // Marked as personal: not for allocators; each download is recorded.
    const allocator = await x.w.signedIn(x.from.allocator)
    expect((await allocator.request('GET', `/requests/${request.id}/attachments/${file?.id ?? 0}`)).status).toBe(403)
    expect(await eventsOf(x.w, request, 'request.personalDataRead')).toContainEqual({
      number: request.number,
      where: 'attachment',
    })
  })

  test('a colleague who saved meanwhile: the page is shown again with what would be sent now', async () => {
    const request = await x.request({ questions: [{ code: 'pupils-age' }] })
    await drafted(x, request, [{ value: '15' }])
    const page = await x.responder.visit(at(request, 'full-reply'))
    const theirs = await x.colleague.visit(at(request, 'answers'))
    await theirs.submit('Save draft', { [`answer_${request.questionIds[0] ?? 0}`]: 'Sixteen' })
    const late = await page.submit(FULLY, {}, { status: 409 })
    expect(late.text).toContain(`${x.to.colleague.name} saved this page`)
    expect(late.text).toContain('Sixteen')
    await late.submit(FULLY)
    expect((await repliesOf(request))[0]?.answers).toMatchObject([{ value: 'Sixteen' }])
  })

  test('with additional information: updated answers, the earlier versions stay', async () => {
    const request = await x.request({ questions: QUESTIONS.slice(3, 5) })
    await drafted(x, request, [{ value: 'Fifteen' }, { value: '3' }])
    await (await x.responder.visit(at(request, 'full-reply'))).submit(FULLY)
    await x.w.knex('request_parts').where({ id: request.id }).update({ status: 'additional accepted' })
    x.w.clock.advance(1000)
    const answers = await x.responder.visit(at(request, 'answers'))
    expect(answers.values('Save draft')).toMatchObject({ [`answer_${request.questionIds[0] ?? 0}`]: 'Fifteen' })
    await answers.submit('Save draft', { [`answer_${request.questionIds[0] ?? 0}`]: 'Sixteen' })
    await (await x.responder.visit(at(request, 'full-reply'))).submit(FULLY)
    const replies = await repliesOf(request)
    const versions = (index: number) => versionsOf(replies, request.questionIds[index] ?? 0).map(({ value }) => value)
    expect([versions(0), versions(1)]).toEqual([['Fifteen', 'Sixteen'], ['3']])
    expect((await x.responder.visit(at(request, 'partial-reply'))).text).toContain('its status is now “Answered”')
  })
})

describe('two at once', () => {
  test('20 parallel full replies: one is sent, one mail, one entry; the others see what happened', async () => {
    const request = await x.request({ questions: [{ code: 'pupils-age' }] })
    await drafted(x, request, [{ value: '15' }])
    const pages = await Promise.all(
      Array.from({ length: 20 }, (_, i) => (i % 2 ? x.responder : x.colleague).visit(at(request, 'full-reply'))),
    )
    const sent = await Promise.all(
      pages.map(page => {
        const { body, type } = page.prepared(FULLY)
        const who = pages.indexOf(page) % 2 ? x.responder : x.colleague
        return who.request('POST', at(request, 'full-reply'), {
          ...(body && { body }),
          headers: { 'content-type': type ?? '' },
        })
      }),
    )
    expect(sent.filter(({ status }) => status === 303)).toHaveLength(1)
    const lost = sent.filter(({ status }) => status !== 303)
    expect(lost.every(({ status }) => status === 422 || status === 409)).toBe(true)
    expect(await x.w.knex('request_replies').where({ part_id: request.id })).toHaveLength(1)
    expect(await mailsAbout(x.w, request)).toEqual(requesters('reply'))
    expect(await historyOf(x.w.knex, request)).toEqual(['replyFully: accepted > answered (both)'])
  })
})

describe('refusals', () => {
  test('the requester, an allocator, a basic user', async () => {
    const request = await x.request()
    for (const user of [x.from.handler, x.to.allocator, x.to.basic])
      expect((await (await x.w.signedIn(user)).visit(at(request, 'full-reply'), { status: 403 })).status).toBe(403)
  })
})
