import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listReplies } from '../../src/requests/replying/queries.ts'
import type { ARequest } from '../support/requests.ts'
import { drafted, eventsOf, type Exchange, exchange, historyOf, mailsAbout, QUESTIONS } from './replying.ts'

const APPROVE = 'Approve and send the reply'
const RETURN = 'Return the reply'
const TAKE_BACK = 'Take back the reply'

let x: Exchange
beforeAll(async () => {
  x = await exchange({ to: { coordination: { approves_replies: true }, settings: { coordinator_sees_details: true } } })
})
afterAll(() => x.close())

const at = ({ id }: ARequest, page: string): string => `/requests/${id}/${page}`
const handlers = (kind: string, { handler, colleague }: Exchange['to']): string[] =>
  [handler, colleague].map(({ email }) => `requests/${kind} ${email}`)
const repliesFor = (side: 'requester' | 'responder', { id }: ARequest) =>
  listReplies(x.w.knex, [id], { draftAnswers: side === 'responder', side })

/** A full reply that waits for its approval, with a file. */
async function waiting(kind: 'full' | 'partial' = 'full'): Promise<ARequest> {
  const request = await x.request({ questions: QUESTIONS.slice(3, 5) })
  await drafted(x, request, [{ value: 'Quinze anos' }, kind === 'full' ? { value: '4' } : undefined], 'Bom trabalho')
  const files = { name: 'Lei Silva.pdf', type: 'application/pdf', content: Buffer.from('%PDF-1.7\n1 0 obj\n%%EOF\n') }
  await (await x.responder.visit(at(request, 'answers'))).submit('Save draft', { files })
  const button = kind === 'full' ? 'Send full reply' : 'Send partial reply'
  await (await x.responder.visit(at(request, `${kind}-reply`))).submit(button)
  return request
}

describe('a reply in approval', () => {
  test('is the responder’s own business: the approver is told, the requester learns nothing', async () => {
    const request = await waiting()
    expect(await x.part(request)).toMatchObject({ status: 'reply awaiting approval', came_from: 'accepted' })
    expect(await mailsAbout(x.w, request)).toEqual([`requests/reply-to-approve ${x.to.approver.email}`])
    expect(await historyOf(x.w.knex, request)).toEqual(['replyFully: accepted > reply awaiting approval (responder)'])
    expect(await repliesFor('requester', request)).toEqual([])
    expect(await repliesFor('responder', request)).toMatchObject([{ state: 'awaiting approval' }])
    expect(await x.w.knex('request_attachments').where({ part_id: request.id })).toMatchObject([
      { state: 'awaiting approval' },
    ])
    const [{ id } = { id: 0 }] = (await x.w.knex('request_attachments').where({ part_id: request.id })) as {
      id: number
    }[]
    expect((await x.requester.request('GET', at(request, `attachments/${id}`))).status).toBe(404)
  })

  test('the approver sees it without personal data, and approves; then the requester has it', async () => {
    const request = await waiting()
    const page = await x.approver.visit(at(request, 'reply-approval'))
    expect(page.text).toContain('Quinze anos')
    expect(page.text).toContain('Bom trabalho')
    expect(page.text).toContain('the person')
    expect(page.text).not.toContain('Ana Silva')
    expect(page.text).toContain('Attachment (PDF)')
    expect(page.text).not.toContain('Lei Silva')
    await page.submit(APPROVE)
    expect(await x.part(request)).toMatchObject({ status: 'answered', came_from: null })
    expect(await repliesFor('requester', request)).toMatchObject([{ state: 'sent', kind: 'full' }])
    expect(await x.w.knex('request_attachments').where({ part_id: request.id })).toMatchObject([{ state: 'sent' }])
    expect(await x.w.knex('request_draft_answers').whereIn('question_id', request.questionIds)).toEqual([])
    expect((await mailsAbout(x.w, request)).slice(1)).toEqual([
      ...handlers('reply', x.from),
      ...handlers('reply-approved', x.to),
    ])
    expect((await historyOf(x.w.knex, request)).slice(1)).toEqual([
      'approveReply: reply awaiting approval > answered (responder)',
      'replyFully: accepted > answered (requester)',
    ])
    expect(await eventsOf(x.w, request, 'request.approveReply')).toHaveLength(1)
  })

  test('a partial one leads to partly answered', async () => {
    const request = await waiting('partial')
    await (await x.approver.visit(at(request, 'reply-approval'))).submit(APPROVE)
    expect(await x.part(request)).toMatchObject({ status: 'partly answered' })
    expect((await mailsAbout(x.w, request)).slice(1)).toEqual([
      ...handlers('partial-reply', x.from),
      ...handlers('reply-approved', x.to),
    ])
  })

  test('without the authority’s setting the approver sees the numbers of the questions only', async () => {
    const request = await waiting()
    const set = (coordinator_sees_details: boolean) =>
      x.w.knex('grants').where({ authority_id: x.to.authority.id }).update({ coordinator_sees_details })
    await set(false)
    const page = await x.approver.visit(at(request, 'reply-approval'))
    await set(true)
    expect(page.text).toContain('without seeing it')
    expect(page.text).toContain('It answers these questions: 1, 2')
    expect(page.text).not.toContain('Quinze')
    expect(page.text).not.toContain('average age')
    expect(page.text).not.toContain('Bom trabalho')
  })

  test('returned with a reason: a draft again, its attachments too; the requester learns nothing', async () => {
    const request = await waiting()
    const page = await x.approver.visit(at(request, 'reply-return'))
    const none = await page.submit(RETURN, { reason: '' }, { status: 422 })
    expect(none.errors()).toEqual([{ field: 'reason', message: 'Enter what has to be changed' }])
    await none.submit(RETURN, { reason: 'Falta o ano', language: 'pt' })
    expect(await x.part(request)).toMatchObject({ status: 'accepted', came_from: null })
    expect(await x.w.knex('request_replies').where({ part_id: request.id })).toMatchObject([
      { state: 'returned', reason: 'Falta o ano', sent_at: null },
    ])
    expect((await mailsAbout(x.w, request)).slice(1)).toEqual(handlers('reply-returned', x.to))
    expect((await historyOf(x.w.knex, request)).slice(1)).toEqual([
      'returnReply: reply awaiting approval > accepted (responder)',
    ])
    const answers = await x.responder.visit(at(request, 'answers'))
    expect(answers.text).toContain('Lei Silva.pdf')
    expect(answers.values('Save draft')).toMatchObject({ [`answer_${request.questionIds[0] ?? 0}`]: 'Quinze anos' })
    expect(JSON.stringify(await eventsOf(x.w, request, 'request.returnReply'))).not.toContain('Falta')
  })

  test('taken back by the handlers', async () => {
    const request = await waiting('partial')
    await (await x.colleague.visit(at(request, 'reply-taking-back'))).submit(TAKE_BACK)
    expect(await x.part(request)).toMatchObject({ status: 'accepted' })
    expect(await repliesFor('responder', request)).toEqual([])
    // Nobody is told but who was: the approver finds it gone.
    expect((await x.approver.visit(at(request, 'reply-approval'))).buttons).not.toContain(APPROVE)
  })

  test('20 parallel approvals: one sends, one mail each, one entry; the others see what happened', async () => {
    const request = await waiting()
    const pages = await Promise.all(Array.from({ length: 20 }, () => x.approver.visit(at(request, 'reply-approval'))))
    const sent = await Promise.all(
      pages.map(page => {
        const { body, type } = page.prepared(APPROVE)
        const headers = { 'content-type': type ?? '' }
        return x.approver.request('POST', at(request, 'reply-approval'), { ...(body && { body }), headers })
      }),
    )
    expect(sent.filter(({ status }) => status === 303)).toHaveLength(1)
    expect(sent.filter(({ status, text }) => status === 422 && text.includes('“Answered”'))).toHaveLength(19)
    expect((await mailsAbout(x.w, request)).slice(1)).toEqual([
      ...handlers('reply', x.from),
      ...handlers('reply-approved', x.to),
    ])
    expect(await x.w.knex('request_replies').where({ part_id: request.id })).toHaveLength(1)
  })

  test('who may not: handlers of both sides, the coordinator’s basic user, the other coordinator', async () => {
    const request = await waiting()
    for (const user of [x.to.handler, x.to.coordinatorBasic])
      expect((await (await x.w.signedIn(user)).visit(at(request, 'reply-approval'), { status: 403 })).status).toBe(403)
    for (const user of [x.from.handler, x.from.approver])
      expect((await (await x.w.signedIn(user)).visit(at(request, 'reply-approval'), { status: 403 })).status).toBe(403)
  })
})
