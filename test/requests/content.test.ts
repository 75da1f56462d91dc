import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import { countQueries } from '../support/count-queries.ts'
import { type ASide, aRequest, aSide } from '../support/requests.ts'
import { aFullRequest, anAttachment, aReply, MARKS } from './full-request.ts'

let w: World
let swedes: ASide
let danes: ASide

beforeAll(async () => {
  w = await world()
  swedes = await aSide(w.knex, { country: 'SE' })
  danes = await aSide(w.knex, { country: 'DK', settings: { coordinator_sees_details: true } })
})
afterAll(() => w.close())

const visit = async (user: { id: number }, id: number) => (await w.signedIn(user)).visit(`/requests/${id}`)
const readings = async (id: number): Promise<number> =>
  (await w.knex('audit_events').where({ event: 'request.personalDataRead', subject_id: id })).length

describe('the content of a request', () => {
  test('is there for the handlers of both sides, personal data marked and each reading recorded once', async () => {
    const { id } = await aFullRequest(w.knex, { from: swedes, to: danes, status: 'accepted' })
    for (const person of [swedes.handler, danes.handler]) {
      const before = await readings(id)
      const page = await visit(person, id)
      for (const mark of [
        MARKS.reason,
        MARKS.field,
        MARKS.variable,
        MARKS.person,
        MARKS.personVariable,
        MARKS.personFile,
      ])
        expect(page.text).toContain(mark)
      expect(page.details()['Family name']).toBe('Zetterlund Personal data')
      expect(page.text).toContain(`Does ${MARKS.personVariable} hold the qualification of ${MARKS.variable}`)
      expect(await readings(id)).toBe(before + 1)
    }
    const [reading] = await w.knex('audit_values').orderBy('event_id', 'desc').limit(1)
    expect(reading.details).toMatchObject({ where: 'page' })
    expect(JSON.stringify(await w.knex('audit_values'))).not.toMatch(/Zetterlund|Yngveson|slutnafilen/)
  })

  test('hides personal data from the responder before acceptance, and from allocators always', async () => {
    const { id } = await aFullRequest(w.knex, { from: swedes, to: danes, status: 'sent' })
    for (const [person, why] of [
      [danes.handler, 'when your authority has accepted'],
      [danes.allocator, 'when your authority has accepted'],
      [swedes.allocator, 'are not shown to you'],
    ] as const) {
      const page = await visit(person, id)
      expect(page.text).toContain(why)
      expect(page.text).toContain(`Does the person hold the qualification of ${MARKS.variable}`)
      const details = page.details()
      expect(details['Not shown to you']).toMatch(/^Family name, Given names, .*Personal data$/)
      expect(details).not.toHaveProperty('Family name')
      expect(details.Profession).toBe(MARKS.field)
      expect(page.text).toContain('Attachment (PDF)')
      expect(page.html).not.toMatch(/Zetterlund|Yngveson|slutnafilen/)
    }
    expect(await readings(id)).toBe(0)
  })

  test('is not for whoever has the overview only', async () => {
    const { id } = await aFullRequest(w.knex, { from: swedes, to: danes, status: 'answered' })
    for (const person of [swedes.basic, danes.administrator, danes.approver]) {
      const page = await visit(person, id)
      expect(page.text).toContain('You see the overview of this request.')
      for (const mark of Object.values(MARKS)) expect(page.html).not.toContain(mark)
    }
  })

  test('tells an approver without access the numbers of the questions', async () => {
    const { id } = await aFullRequest(w.knex, { from: swedes, to: danes, status: 'awaiting approval' })
    const page = await visit(swedes.approver, id)
    expect(page.text).toContain('these questions wait for your approval: 1 and 2.')
    for (const mark of Object.values(MARKS)) expect(page.html).not.toContain(mark)
  })

  test('shows the last answer, the earlier ones behind it, and drafts to the responder only', async () => {
    const { id, questionIds } = await aFullRequest(w.knex, { from: swedes, to: danes, status: 'additional accepted' })
    const later = await aReply(
      w.knex,
      { id, requestId: 0, number: '', questionIds },
      {
        by: danes.authority.id,
        kind: 'full',
        general_comments: 'Alt er sagt',
        at: new Date('2026-11-05T09:00:00Z'),
      },
    )
    await w.knex('request_reply_answers').insert([
      { reply_id: later, question_id: questionIds[0], value: 'no', comment: '' },
      { reply_id: later, question_id: questionIds[1], cannot: true, comment: '' },
    ])
    const page = await visit(swedes.handler, id)
    expect(page.text).toMatch(/no Sent by .*, 5 Nov 2026.* Earlier answer yes Svarsordet Sent by .*, 2 Nov 2026/)
    expect(page.text).toContain('The information cannot be obtained')
    expect(page.text).toContain('Alt er sagt')
    expect(page.html).not.toContain(MARKS.draft)
    expect((await visit(danes.handler, id)).text).toContain(`${MARKS.draft} Draft, not sent`)
    expect((await visit(danes.allocator, id)).html).not.toContain(MARKS.draft)
  })

  test('shows a reply in approval to its authors and the approver, who may see it', async () => {
    const { id } = await aFullRequest(w.knex, { from: swedes, to: danes, status: 'reply awaiting approval' })
    for (const person of [danes.handler, danes.approver])
      expect((await visit(person, id)).text).toContain(`${MARKS.waiting} By ${danes.authority.officialName}`)
    expect((await visit(swedes.handler, id)).html).not.toContain(MARKS.waiting)
  })

  test('shows demands with what became of them, and the opinions of a referral', async () => {
    const { id } = await aFullRequest(w.knex, { from: swedes, to: danes, status: 'in referral' })
    const at = w.clock.now()
    await w.knex('request_demands').insert({
      part_id: id,
      at,
      questions: [1, 2],
      language: 'sv',
      reason: 'Vi saknar datum',
      proposed_date: '2026-12-01',
      outcome: 'declined',
      outcome_reason: 'Det går ikke',
      outcome_at: at,
    })
    await w
      .knex('request_opinions')
      .where({ part_id: id, for_requester: true })
      .update({ must_be_given: true, given_at: at, text: 'Ja, måste', language: 'sv' })
    const { text } = await visit(danes.handler, id)
    expect(text).toContain('Asked about questions 1 and 2, by 1 December 2026. Declined')
    expect(text).toContain('Vi saknar datum')
    expect(text).toContain('Det går ikke')
    expect(text).toMatch(/The information must be given\s+Ja, måste/)
    expect(text).toContain('No opinion yet')
  })

  test('says that personal data are blocked, opens them for a data subject’s request only, and knows when they are erased', async () => {
    const { id, requestId } = await aFullRequest(w.knex, { from: swedes, to: danes, status: 'closed' })
    await w.knex('requests').where({ id: requestId }).update({ blocked_at: w.clock.now() })
    const blocked = await visit(swedes.handler, id)
    expect(blocked.text).toContain('are blocked: the request ended more than six months ago')
    expect(blocked.html).not.toMatch(/Zetterlund|Yngveson|slutnafilen/)
    expect(await readings(id)).toBe(0)
    await w.knex('data_subject_requests').insert({
      request_id: requestId,
      authority_id: swedes.authority.id,
      kind: 'access',
      received_on: '2026-11-18',
      recorded_at: w.clock.now(),
      due_on: '2026-12-18',
    })
    const open = await visit(danes.handler, id)
    expect(open.text).toContain('has not been answered yet. That you read them is recorded.')
    expect(open.text).toContain(MARKS.person)
    expect(await readings(id)).toBe(1)
    expect((await visit(danes.allocator, id)).html).not.toContain(MARKS.person)
    await w.knex('request_personal').where({ request_id: requestId }).delete()
    await w.knex('request_attachments').where({ request_id: requestId }).delete()
    await w.knex('requests').where({ id: requestId }).update({ erased_at: w.clock.now() })
    const erased = await visit(swedes.handler, id)
    expect(erased.text).toContain('The personal data of this request have been erased.')
    expect(erased.text).toContain('Does the person hold')
  })

  test('is read with as many statements for many questions, comments and attachments as for few', async () => {
    const few = await aFullRequest(w.knex, { from: swedes, to: danes, status: 'accepted' })
    const many = await aRequest(w.knex, {
      from: swedes,
      to: danes,
      status: 'accepted',
      personal: { 'family-name': MARKS.person },
      questions: Array.from({ length: 12 }, () => ({ code: 'qualification-level', variables: { title: 'MD' } })),
    })
    for (let index = 0; index < 12; index++) {
      await anAttachment(w.knex, many, { by: swedes.authority.id, name: `fil${index}.pdf`, personal: index % 2 === 0 })
      const reply = await aReply(w.knex, many, { by: danes.authority.id, kind: 'partial' })
      await w
        .knex('request_reply_answers')
        .insert({ reply_id: reply, question_id: many.questionIds[index], value: 'a' })
      await w.knex('request_comments').insert({
        part_id: many.id,
        authority_id: danes.authority.id,
        at: w.clock.now(),
        language: 'da',
        text: `Nr ${index}`,
      })
    }
    const reader = await w.signedIn(danes.handler)
    await reader.visit(`/requests/${few.id}`)
    const count = await countQueries(w, () => reader.visit(`/requests/${few.id}`))
    expect(await countQueries(w, () => reader.visit(`/requests/${many.id}`))).toBe(count)
  })
})
