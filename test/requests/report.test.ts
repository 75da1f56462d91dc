import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contentOf, readBytes, squeezed } from '../platform/documents.ts'
import { world, type World } from '../support/app.ts'
import { countQueries } from '../support/count-queries.ts'
import { type ASide, aRequest, aSide } from '../support/requests.ts'
import { type AFullRequest, aFullRequest, MARKS } from './full-request.ts'

let w: World
let swedes: ASide
let danes: ASide
let request: AFullRequest

beforeAll(async () => {
  w = await world()
  swedes = await aSide(w.knex, { country: 'SE' })
  danes = await aSide(w.knex, { country: 'DK', language: 'sv' })
  request = await aFullRequest(w.knex, { from: swedes, to: danes, status: 'partly answered' })
  await w.knex('request_side_notes').insert({
    part_id: request.id,
    authority_id: swedes.authority.id,
    file_number: 'Dnr 2026-88',
    remark: 'Internordet',
  })
})
afterAll(() => w.close())

const PERSONAL = [MARKS.person, MARKS.personVariable, MARKS.personFile]
const readings = async (): Promise<number> =>
  (await w.knex('audit_events').where({ event: 'request.personalDataRead', subject_id: request.id })).length
const pdfText = async (user: { id: number }, query: string): Promise<string> => {
  const path = `/requests/${request.id}/report/pdf?${query}`
  const { body } = await (await w.signedIn(user)).visit(path, { type: 'application/pdf' })
  return contentOf((await readBytes(body)).pages)
}

describe('the report on a request', () => {
  test('in full holds everything that a handler sees, without personal data, on paper as in the PDF', async () => {
    const swede = await w.signedIn(swedes.handler)
    const choice = await (await swede.visit(`/requests/${request.id}`)).follow('Report')
    const before = await readings()
    const page = await choice.submit('Show report')
    expect(page.h1).toBe(`Request ${request.number}: report`)
    const { reason, field, variable, answer, comment, openFile, note } = MARKS
    for (const mark of [reason, field, variable, answer, comment, openFile, note, 'Dnr 2026-88', 'Internordet'])
      expect(page.text).toContain(mark)
    expect(page.text).toContain('Does the person hold')
    expect(page.text).toContain('Left out of this report Family name, Given names')
    expect(page.text).toContain(`Printed by ${swedes.handler.name}`)
    for (const mark of [...PERSONAL, MARKS.draft]) expect(page.html).not.toContain(mark)
    expect(await readings()).toBe(before)
    const pdf = page.link('Download as PDF').href
    const { body, headers } = await swede.visit(pdf, { type: 'application/pdf' })
    expect(headers['content-disposition']).toContain(request.number)
    const { pages, info } = await readBytes(body)
    expect(info).toMatchObject({ Title: `Request ${request.number}: report`, Language: 'en' })
    const said = contentOf(pages)
    for (const mark of [reason, field, variable, answer, comment, openFile, note])
      expect(said).toContain(squeezed(mark))
    for (const mark of PERSONAL) expect(said).not.toContain(squeezed(mark))
  })

  test('holds personal data when they are asked for, and that is recorded', async () => {
    const before = await readings()
    const page = await (await w.signedIn(swedes.handler)).visit(`/requests/${request.id}/report`)
    const report = await page.submit('Show report', { personal: true })
    for (const mark of PERSONAL) expect(report.text).toContain(mark)
    expect(await readings()).toBe(before + 1)
    const [{ details }] = await w.knex('audit_values').orderBy('event_id', 'desc').limit(1)
    expect(details).toMatchObject({ where: 'report' })
    const said = await pdfText(swedes.handler, 'extent=full&personal=yes')
    for (const mark of PERSONAL) expect(said).toContain(squeezed(mark))
    expect(await readings()).toBe(before + 2)
  })

  test('customised holds what was chosen', async () => {
    const page = await (await w.signedIn(swedes.handler)).visit(`/requests/${request.id}/report`)
    const report = await page.submit('Show report', { extent: 'customised', include: ['comments', 'history'] })
    expect(report.headings).toEqual(['Comments', 'History', 'Reasons and messages in the history'])
    expect(report.text).toContain(MARKS.comment)
    expect(report.text).not.toContain(MARKS.reason)
    expect(report.text).not.toContain(MARKS.answer)
    const nothing = await page.submit('Show report', { extent: 'customised', include: [] })
    expect(nothing.text).toContain('No part of the report was chosen.')
  })

  test('without the questions, names those that have an answer or a draft', async () => {
    const page = await (await w.signedIn(danes.handler)).visit(`/requests/${request.id}/report`)
    const drafts = await page.submit('Visa rapporten', { extent: 'customised', include: ['drafts'] })
    expect(drafts.headings).toEqual(['Frågor och svar', 'Fråga 2'])
    const answers = await page.submit('Visa rapporten', { extent: 'customised', include: ['answers'] })
    expect(answers.headings).toEqual(['Frågor och svar', 'Fråga 1', 'Fråga 2'])
    expect(answers.text).toContain('Inte besvarad')
  })

  test('is in the language of the reader, with drafts for the responder', async () => {
    const page = await (await w.signedIn(danes.handler)).visit(`/requests/${request.id}/report`)
    const report = await page.submit('Visa rapporten')
    expect(report.text).toContain(`Har personen kvalifikationen ${MARKS.variable}`)
    expect(report.text).toContain(MARKS.draft)
    expect(report.text).not.toContain('Internordet')
    const said = await pdfText(danes.handler, 'extent=full')
    expect(said).toContain(squeezed(`Har personen kvalifikationen ${MARKS.variable}`))
  })

  test('never holds more than the reader may see, whatever the address asks for', async () => {
    const all = ['overview', 'questions', 'answers', 'drafts', 'comments', 'attachments', 'history', 'personal']
    const query = `extent=customised&personal=yes&${all.map(one => `include=${one}`).join('&')}`
    const basic = await w.signedIn(swedes.basic)
    const offered = await basic.visit(`/requests/${request.id}/report`)
    expect(offered.values('Show report').include).toEqual(['overview', 'history'])
    const { html } = await basic.visit(`/requests/${request.id}/report/page?${query}`)
    for (const mark of Object.values(MARKS)) expect(html).not.toContain(mark)
    const before = await readings()
    const allocator = await (await w.signedIn(danes.allocator)).visit(`/requests/${request.id}/report/page?${query}`)
    expect(allocator.text).toContain(MARKS.answer)
    for (const mark of [...PERSONAL, MARKS.draft]) expect(allocator.html).not.toContain(mark)
    const said = await pdfText(danes.allocator, query)
    for (const mark of [...PERSONAL, MARKS.draft]) expect(said).not.toContain(squeezed(mark))
    expect(await readings()).toBe(before)
    await (await w.signedIn(danes.approver)).visit(`/requests/${request.id}/report/page?${query}`)
    const stranger = await aSide(w.knex, { country: 'FI' })
    for (const page of ['', '/page', '/pdf'])
      await (await w.signedIn(stranger.handler)).visit(`/requests/${request.id}/report${page}`, { status: 404 })
  })

  test('costs as many statements for many questions as for few', async () => {
    const many = await aRequest(w.knex, {
      from: swedes,
      to: danes,
      status: 'partly answered',
      questions: Array.from({ length: 15 }, () => ({ code: 'qualification-level', variables: { title: 'MD' } })),
    })
    const swede = await w.signedIn(swedes.handler)
    const report = (id: number) => swede.visit(`/requests/${id}/report/page?extent=full`)
    await report(request.id)
    const count = await countQueries(w, () => report(request.id))
    expect(await countQueries(w, () => report(many.id))).toBe(count)
  })
})
