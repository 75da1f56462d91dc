import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AUser, aUser } from '../support/factories.ts'
import { world, type World } from '../support/app.ts'
import { type ARequest, type ASide, aRequest, aSide, MODULE } from '../support/requests.ts'
import { aFullRequest } from './full-request.ts'
import { actsOn, aPart, block, erasure, handlersOf, mailsAbout, protection, visitAs } from './protecting.ts'

let w: World
let swedes: ASide
let danes: ASide
let finns: ASide

beforeAll(async () => {
  w = await world()
  swedes = await aSide(w.knex, { country: 'SE' })
  danes = await aSide(w.knex, { country: 'DK' })
  finns = await aSide(w.knex, { country: 'FI' })
})
afterAll(() => w.close())

const visit = (person: AUser, path: string, status = 200) => visitAs(w, person, path, status)
const full = (status: 'accepted' | 'closed') => aFullRequest(w.knex, { from: swedes, to: danes, status })
const eventsOf = async (request: ARequest, event: string) => (await actsOn(w, request)).filter(one => one === event)
const waitsFor = async (person: AUser, request: Pick<ARequest, 'id'>) =>
  (await visit(person, '/actions')).links.filter(({ href }) => href === erasure(request)).map(({ text }) => text)

describe('early erasure', () => {
  const left = async ({ requestId }: ARequest) => ({
    fields: await w.knex('request_personal').where({ request_id: requestId }),
    attachments: await w.knex('request_attachments').where({ request_id: requestId }),
  })

  test.each([false, true])('is proposed by one side and agreed to by the other (blocked: %s)', async blocked => {
    const request = await full('closed')
    if (blocked) await block(w, request)
    const page = await (await visit(danes.handler, `/requests/${request.id}`)).follow('Early erasure')
    const { fields, attachments } = await left(request)
    expect(page.text).toContain(`${fields.length} fields with personal data`)
    expect(page.text).toContain(`${attachments.length} attachments`)
    await page.submit('Propose early erasure')
    expect(await mailsAbout(w, request, 'erasure-proposed')).toEqual(handlersOf(swedes))
    expect((await left(request)).fields).toEqual(fields)
    const own = await visit(danes.colleague, erasure(request))
    expect(own.buttons).not.toContain('Erase the personal data')
    const theirs = await (
      await visit(swedes.handler, `/requests/${request.id}`)
    ).follow('Agree to the erasure or decline')
    const done = await theirs.submit('Erase the personal data')
    expect(done.notice).toContain(`The personal data of request ${request.number} are erased`)
    expect(await left(request)).toEqual({ fields: [], attachments: [] })
    const row = await w.knex('requests').where({ id: request.requestId }).first('erased_at', 'blocked_at')
    expect(row.erased_at).toEqual(w.clock.now())
    expect(row.blocked_at === null).toBe(!blocked)
    expect(await eventsOf(request, 'request.erasureProposed')).toHaveLength(1)
    expect(await eventsOf(request, 'request.erasedEarly')).toHaveLength(1)
    expect(await mailsAbout(w, request, 'erased-early')).toEqual(handlersOf(danes))
    const after = await visit(danes.handler, erasure(request))
    expect(after.text).toContain('have been erased')
    expect(after.buttons).not.toContain('Erase the personal data')
  })

  test('is taken back before the other side agrees: that one is told', async () => {
    const request = await full('closed')
    await (await visit(swedes.handler, erasure(request))).submit('Propose early erasure')
    const theirs = await visit(danes.handler, erasure(request))
    await (await visit(swedes.colleague, erasure(request))).submit('Take the proposal back')
    expect(await mailsAbout(w, request, 'erasure-dropped')).toEqual(handlersOf(danes))
    const late = await theirs.submit('Erase the personal data', {}, { status: 422 })
    expect(late.text).toContain('This cannot be done any more')
    expect((await left(request)).fields).not.toEqual([])
    expect(await eventsOf(request, 'request.erasureDropped')).toHaveLength(1)
  })

  test('is declined: whoever proposed it reads so in a mail, in My actions and on the page, and can propose again', async () => {
    const request = await full('closed')
    await (await visit(danes.handler, erasure(request))).submit('Propose early erasure')
    expect(await waitsFor(swedes.handler, request)).toEqual(['Agree to erase the personal data, or decline'])
    const done = await (await visit(swedes.handler, erasure(request))).submit('Decline')
    expect(done.notice).toContain('the authority that proposed it is told')
    expect((await left(request)).fields).not.toEqual([])
    expect(await eventsOf(request, 'request.erasureDeclined')).toHaveLength(1)
    expect(await mailsAbout(w, request, 'erasure-declined')).toEqual(handlersOf(danes))
    expect(await waitsFor(danes.handler, request)).toEqual(['Read that early erasure was declined'])
    expect(await waitsFor(danes.basic, request)).toEqual([])
    expect(await waitsFor(swedes.handler, request)).toEqual([])
    const own = await visit(danes.handler, erasure(request))
    expect(own.text).toContain('the other authority declined on 20 November 2026')
    expect((await visit(swedes.handler, erasure(request))).text).not.toContain('declined')
    await own.submit('Propose early erasure')
    expect(await waitsFor(danes.handler, request)).toEqual([])
    expect((await visit(danes.handler, erasure(request))).text).not.toContain('declined')
  })

  test('that was declined is no news after the next visit', async () => {
    const user = await aUser(w.knex, finns.authority, { roles: { [MODULE]: ['handler'] } })
    const request = await aFullRequest(w.knex, { from: swedes, to: finns, status: 'closed' })
    await (await visit(user, erasure(request))).submit('Propose early erasure')
    await (await visit(swedes.handler, erasure(request))).submit('Decline')
    const signsIn = (at: Date) => w.knex('users').where({ id: user.id }).update({ last_signed_in_at: at })
    await signsIn(new Date(w.clock.now().getTime() + 1000))
    expect(await waitsFor(user, request)).toEqual(['Read that early erasure was declined'])
    await signsIn(new Date(w.clock.now().getTime() + 2000))
    expect(await waitsFor(user, request)).toEqual([])
  })

  test('says that a data subject still waits for an answer about what would be erased', async () => {
    const request = await full('closed')
    await (await visit(swedes.handler, protection(request))).submit('Record', { kind: 'access' })
    const page = await visit(danes.handler, erasure(request))
    expect(page.text).toContain("1 data subject's request on these data has not been answered")
  })

  test('waits for the end of the request; what was refused, the responder can agree to as well', async () => {
    const page = await visit(swedes.handler, erasure(await full('accepted')))
    expect(page.text).toContain('The request has not ended')
    expect(page.buttons).not.toContain('Propose early erasure')
    const refused = await aRequest(w.knex, {
      from: swedes,
      to: danes,
      status: 'refused',
      personal: { 'family-name': 'Ek' },
    })
    await (await visit(swedes.handler, erasure(refused))).submit('Propose early erasure')
    const theirs = await visit(danes.handler, erasure(refused))
    expect(theirs.text).toContain('1 field with personal data')
    await theirs.submit('Erase the personal data')
    expect((await left(refused)).fields).toEqual([])
  })

  test('that one responder proposed waits for the requester, not for another responder', async () => {
    const request = await full('closed')
    const second = await aPart(w, request, finns)
    await (await visit(danes.handler, erasure(request))).submit('Propose early erasure')
    expect(await mailsAbout(w, request, 'erasure-proposed')).toEqual(handlersOf(swedes))
    expect(await waitsFor(finns.handler, second)).toEqual([])
    const beside = await visit(finns.handler, erasure(second))
    expect(beside.text).toContain('The requesting authority decides')
    expect(beside.buttons.join()).not.toMatch(/Erase|Take the proposal back|Decline/)
    const decides = await visit(swedes.handler, erasure(request))
    expect(decides.buttons).toContain('Erase the personal data')
    await decides.submit('Decline')
    expect(await mailsAbout(w, request, 'erasure-declined')).toEqual(handlersOf(danes))
    expect(await waitsFor(finns.handler, second)).toEqual([])
  })

  test('is no business of who gave its part back', async () => {
    const request = await full('closed')
    const second = await aPart(w, request, finns)
    await w.knex('request_parts').where({ id: second.id }).update({ status: 'called back' })
    await (await visit(swedes.handler, erasure(request))).submit('Propose early erasure')
    expect(await mailsAbout(w, request, 'erasure-proposed')).toEqual(handlersOf(danes))
    expect(await waitsFor(finns.handler, second)).toEqual([])
    const page = await visit(finns.handler, erasure(second))
    expect(page.text).toContain('does not have this request any more')
    expect(page.buttons.join()).not.toMatch(/Erase|Propose|Decline/)
  })

  test('is decided alone when the other authority is deleted', async () => {
    const request = await full('closed')
    await w.knex('request_parts').where({ id: request.id }).update({ responder_id: 999_999 })
    const page = await visit(swedes.handler, erasure(request))
    expect(page.text).toContain('you decide alone')
    await page.submit('Erase the personal data')
    expect(await left(request)).toEqual({ fields: [], attachments: [] })
  })
})
