import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ARequest } from '../support/requests.ts'
import { eventsOf, type Exchange, exchange, historyOf, mailsAbout, QUESTIONS } from './replying.ts'

const SAVE = 'Save draft'
const READ = 'request.personalDataRead'
const pdf = (name: string) => ({ name, type: 'application/pdf', content: Buffer.from('%PDF-1.7\n1 0 obj\n%%EOF\n') })

let x: Exchange
beforeAll(async () => {
  x = await exchange()
})
afterAll(() => x.close())

const answers = ({ id }: ARequest): string => `/requests/${id}/answers`
const field = ({ questionIds }: ARequest, index: number, name = 'answer'): string =>
  `${name}_${questionIds[index] ?? 0}`
const draft = (request: ARequest) =>
  x.w.knex('request_draft_answers').whereIn('question_id', request.questionIds).orderBy('question_id')

describe('draft answers', () => {
  test('every question in the reader’s language, with a field of its kind and the condition of a sub-question', async () => {
    const request = await x.request({ questions: QUESTIONS })
    const page = await x.responder.visit(answers(request))
    expect(page.h1).toBe(`Answer request ${request.number}`)
    expect(page.text).toContain('Ana Silva')
    expect(page.text).toContain('Only if the answer to question 1 is: yes')
    expect(page.text).toContain('Only if the answer to question 1 is: no')
    expect(page.text).toContain('Answer by 10 December 2026')
    expect(page.text).toContain('The other authority reads Swedish and English')
    expect(page.form(SAVE).controls.find(({ name }) => name === field(request, 1))?.type).toBe('date')
    expect(page.text).toContain('The information cannot be obtained')
  })

  test('are saved half filled, shared with colleagues, and told to nobody', async () => {
    const request = await x.request({ questions: QUESTIONS })
    const page = await x.responder.visit(answers(request))
    const saved = await page.submit(SAVE, {
      [field(request, 0)]: 'yes',
      [field(request, 1)]: '2019-05-04',
      [field(request, 3, 'cannot')]: true,
      [field(request, 4)]: '12,5',
      [field(request, 4, 'comment')]: 'Enligt registret.',
      generalComments: 'Med vänlig hälsning',
      language: 'sv',
    })
    expect(saved.notice).toContain('draft answers')
    expect(await draft(request)).toMatchObject([
      { value: 'yes', cannot: false },
      { value: '2019-05-04' },
      { value: null, cannot: true },
      { value: '12.5', comment: 'Enligt registret.', edited_by: x.to.handler.id },
    ])
    const theirs = await x.colleague.visit(answers(request))
    expect(theirs.values(SAVE)).toMatchObject({
      [field(request, 0)]: 'yes',
      [field(request, 3, 'cannot')]: 'yes',
      [field(request, 4)]: '12.5',
      generalComments: 'Med vänlig hälsning',
      language: 'sv',
    })
    expect(await mailsAbout(x.w, request)).toEqual([])
    expect(await historyOf(x.w.knex, request)).toEqual([])
    expect(await x.part(request)).toMatchObject({ status: 'accepted' })
    expect(JSON.stringify(await eventsOf(x.w, request, 'request.saveAnswers'))).not.toContain('registret')
  })

  test('what cannot be read is named at its question, and nothing typed is lost', async () => {
    const request = await x.request({ questions: QUESTIONS })
    const page = await x.responder.visit(answers(request))
    const wrong = await page.submit(
      SAVE,
      {
        [field(request, 1)]: '2019-13-40',
        [field(request, 2)]: 'Avförd',
        [field(request, 2, 'cannot')]: true,
        [field(request, 4)]: 'many',
        [field(request, 3, 'comment')]: 'x'.repeat(5001),
      },
      { status: 422 },
    )
    expect(wrong.errors().map(({ message }) => message)).toEqual([
      'Question 2: enter a date with year, month and day, such as 2026-11-24',
      'Question 3: enter an answer, or tick that the information cannot be obtained, not both',
      'Question 4: enter at most 5,000 characters in the comment. Attach what is longer',
      'Question 5: enter a number with at most two decimals, such as 12 or 12.50',
    ])
    expect(wrong.values(SAVE)).toMatchObject({ [field(request, 4)]: 'many', [field(request, 2)]: 'Avförd' })
    expect(await draft(request)).toEqual([])
  })

  test('two at once: nothing is overwritten, both texts stand beside each other', async () => {
    const request = await x.request({ questions: QUESTIONS })
    const [mine, theirs] = [await x.responder.visit(answers(request)), await x.colleague.visit(answers(request))]
    await mine.submit(SAVE, { [field(request, 3)]: 'Fourteen' })
    const late = await theirs.submit(SAVE, { [field(request, 3)]: 'Fifteen' }, { status: 409 })
    expect(late.text).toContain(`${x.to.handler.name} saved this page`)
    expect(late.text).toContain('Fourteen')
    expect(late.values(SAVE)[field(request, 3)]).toBe('Fifteen')
    await late.submit(SAVE, {})
    expect(await draft(request)).toMatchObject([{ value: 'Fifteen', edited_by: x.to.colleague.id }])
  })

  test('colleagues see who is editing, until it is saved', async () => {
    const request = await x.request({ questions: [{ code: 'pupils-age' }] })
    const mine = await x.responder.visit(answers(request))
    expect((await x.colleague.visit(answers(request))).text).toContain(`${x.to.handler.name} is editing`)
    await mine.submit(SAVE, {})
    expect((await x.colleague.visit(answers(request))).text).not.toContain(x.to.handler.name)
  })

  test('a reading of personal data is recorded once per visit; without personal variables none is', async () => {
    const named = await x.request({ questions: QUESTIONS })
    const page = await x.responder.visit(answers(named))
    await page.submit(SAVE, { [field(named, 4)]: 'many' }, { status: 422 })
    expect(await eventsOf(x.w, named, READ)).toEqual([{ number: named.number, where: 'draft' }])
    const plain = await x.request({ questions: [{ code: 'pupils-age' }] })
    await x.responder.visit(answers(plain))
    expect(await eventsOf(x.w, plain, READ)).toEqual([])
  })
})

describe('after a forwarding', () => {
  test('the answers that the authority before has sent are shown, count, and may be answered anew', async () => {
    const request = await x.request({ questions: QUESTIONS.slice(3, 5) })
    const sent = { part_id: request.id, kind: 'partial', state: 'sent', language: 'pt', made_at: x.w.clock.now() }
    const [reply] = (await x.w
      .knex('request_replies')
      .insert({ ...sent, sent_at: x.w.clock.now(), authority_id: x.to.coordinator.id })
      .returning('id')) as { id: number }[]
    await x.w
      .knex('request_reply_answers')
      .insert({ reply_id: reply?.id, question_id: request.questionIds[0], value: 'Quinze' })
    const page = await x.responder.visit(answers(request))
    expect(page.text).toContain('The authority that had the request before you has answered: Quinze')
    expect(page.values(SAVE)[field(request, 0)]).toBe('')
    await page.submit(SAVE, { [field(request, 1)]: '3' })
    const full = await x.responder.visit(`/requests/${request.id}/full-reply`)
    expect(full.text).toContain('The authority that had the request before you has answered these questions: 1')
    await full.submit('Send full reply')
    expect(await x.part(request)).toMatchObject({ status: 'answered' })
  })
})

describe('attachments of the draft', () => {
  test('several at once, each with its language and mark; downloaded, changed, removed', async () => {
    const request = await x.request({ questions: [{ code: 'pupils-age' }] })
    const page = await x.responder.visit(answers(request))
    expect(page.values(SAVE)).toMatchObject({ filesPersonal: 'yes', filesLanguage: 'en' })
    await page.submit(SAVE, { files: [pdf('Beslut.pdf'), pdf('Register.pdf')], filesLanguage: 'pt' })
    const again = await x.responder.visit(answers(request))
    const [first, second] = (await x.w.knex('request_attachments').where({ part_id: request.id }).orderBy('id')) as {
      id: number
      personal: boolean
      language: string
    }[]
    expect([first, second]).toMatchObject([
      { personal: true, language: 'pt', state: 'draft', authority_id: x.to.authority.id },
      { personal: true, language: 'pt' },
    ])
    expect(again.text).toContain('Beslut.pdf')
    const file = await x.responder.request('GET', `/requests/${request.id}/attachments/${first?.id ?? 0}`)
    expect(file.headers['content-disposition']).toContain('attachment; filename="Beslut.pdf"')
    await again.submit(SAVE, {
      [`attachmentPersonal_${first?.id ?? 0}`]: false,
      [`attachmentLanguage_${first?.id ?? 0}`]: 'en',
      [`attachmentRemove_${second?.id ?? 0}`]: true,
    })
    expect(await x.w.knex('request_attachments').where({ part_id: request.id })).toMatchObject([
      { id: first?.id, personal: false, language: 'en' },
    ])
    expect(await x.w.knex('request_attachment_names').where({ request_id: request.requestId })).toMatchObject([
      { personal: false, name: 'Beslut.pdf' },
    ])
    // What is not sent is nobody else's business.
    const other = await x.requester.request('GET', `/requests/${request.id}/attachments/${first?.id ?? 0}`)
    expect(other.status).toBe(404)
  })

  test('more than a request may have are refused', async () => {
    const request = await x.request({ questions: [{ code: 'pupils-age' }] })
    const page = await x.responder.visit(answers(request))
    await page.submit(SAVE, { files: Array.from({ length: 19 }, (_, i) => pdf(`${i}.pdf`)) })
    const more = await x.responder.visit(answers(request))
    const refused = await more.submit(SAVE, { files: [pdf('a.pdf'), pdf('b.pdf')] }, { status: 422 })
    expect(refused.errors()).toEqual([
      { field: 'files', message: 'A request can have 20 attachments. There is room for 1 more.' },
    ])
  })

  test('a file that is no document is refused by its content', async () => {
    const request = await x.request({ questions: [{ code: 'pupils-age' }] })
    const page = await x.responder.visit(answers(request))
    const html = { name: 'page.pdf', type: 'application/pdf', content: Buffer.from('<html><script>1</script></html>') }
    expect((await page.submit(SAVE, { files: html }, { status: 422 })).errors()[0]?.field).toBe('files')
  })
})

describe('refusals', () => {
  test('the requester and people without the role; a request that is not being worked on', async () => {
    const request = await x.request()
    expect((await x.requester.visit(answers(request), { status: 403 })).status).toBe(403)
    const basic = await x.w.signedIn(x.to.basic)
    expect((await basic.visit(answers(request), { status: 403 })).status).toBe(403)
    const answered = await x.request({ status: 'answered' })
    const page = await x.responder.visit(answers(answered))
    expect(page.text).toContain('its status is now “Answered”')
    expect(page.buttons).not.toContain(SAVE)
  })

  test('who is not allocated reads and cannot act', async () => {
    const request = await x.request()
    await x.w.knex('grants').where({ authority_id: x.to.authority.id }).update({ uses_allocation: true })
    await x.w
      .knex('request_allocations')
      .insert({ part_id: request.id, user_id: x.to.colleague.id, at: x.w.clock.now() })
    expect((await x.responder.visit(answers(request), { status: 403 })).status).toBe(403)
    expect((await x.colleague.visit(answers(request))).status).toBe(200)
    await x.w.knex('grants').where({ authority_id: x.to.authority.id }).update({ uses_allocation: false })
  })
})
