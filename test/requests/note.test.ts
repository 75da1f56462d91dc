import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import { type ARequest, type ASide, aRequest, aSide } from '../support/requests.ts'

let w: World
let swedes: ASide
let danes: ASide
let request: ARequest

beforeAll(async () => {
  w = await world()
  swedes = await aSide(w.knex, { country: 'SE' })
  danes = await aSide(w.knex, { country: 'DK' })
  request = await aRequest(w.knex, { from: swedes, to: danes, status: 'accepted' })
})
afterAll(() => w.close())

describe("a side's own notes", () => {
  test('are seen by that side only, the remark by those who see the content', async () => {
    const swede = await w.signedIn(swedes.handler)
    const page = await (await swede.visit(`/requests/${request.id}`)).follow('Change file number and remark')
    const done = await page.submit('Save', { fileNumber: 'Dnr 2026-77', remark: 'Ring om\nlicensen' })
    expect(done.notice).toContain('are saved')
    expect(done.details()).toMatchObject({ 'Your file number': 'Dnr 2026-77' })
    const basic = await (await w.signedIn(swedes.basic)).visit(`/requests/${request.id}`)
    expect(basic.text).toContain('Dnr 2026-77')
    expect(basic.text).not.toContain('licensen')
    for (const other of [danes.handler, danes.administrator, swedes.approver]) {
      const theirs = await (await w.signedIn(other)).visit(`/requests/${request.id}`)
      expect(theirs.text).not.toContain('2026-77')
      expect(theirs.text).not.toContain('licensen')
    }
    expect(JSON.stringify(await w.knex('audit_values'))).not.toMatch(/2026-77|licensen/)
  })

  test('of two colleagues at once are not overwritten unseen', async () => {
    const path = `/requests/${request.id}/note`
    const [one, other] = [await w.signedIn(danes.handler), await w.signedIn(danes.colleague)]
    const [first, second] = [await one.visit(path), await other.visit(path)]
    await first.submit('Save', { remark: 'Mine' })
    const beside = await second.submit('Save', { remark: 'Theirs' }, { status: 409 })
    expect(beside.text).toContain(danes.handler.name)
    expect(beside.text).toContain('Mine')
    expect(beside.values('Save').remark).toBe('Theirs')
    await beside.submit('Save')
    const { remark } = await w.knex('request_side_notes').where({ authority_id: danes.authority.id }).first()
    expect(remark).toBe('Theirs')
  })

  test('name their mistakes', async () => {
    const page = await (await w.signedIn(swedes.handler)).visit(`/requests/${request.id}/note`)
    const long = await page.submit('Save', { remark: 'x'.repeat(2001) }, { status: 422 })
    expect(long.errors()[0]?.message).toBe('The remark can have at most 2000 characters')
  })

  test('are changed by handlers only', async () => {
    for (const person of [swedes.allocator, swedes.basic, danes.administrator])
      await (await w.signedIn(person)).visit(`/requests/${request.id}/note`, { status: 403 })
  })
})
