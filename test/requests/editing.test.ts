import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import { type ASide, aSide } from '../support/requests.ts'

const SAVE = 'Save and continue'

let w: World
let swedes: ASide
let danes: ASide
let handler: Someone

beforeAll(async () => {
  w = await world()
  swedes = await aSide(w.knex, { country: 'SE' })
  danes = await aSide(w.knex, { country: 'DK' })
  handler = await w.signedIn(swedes.handler)
})
afterAll(() => w.close())

const numberOf = (url: string): number => Number(/\/requests\/(\d+)/.exec(url)?.[1])

describe('a draft', () => {
  test('is written step by step until nothing is missing', async () => {
    let page = await handler.visit('/requests/new')
    expect(page.h1).toBe('Create request')
    page = await page.submit('Create draft')
    const id = numberOf(page.url)
    expect(page.url).toBe(`/requests/${id}/editing/authority`)
    expect(page.notice).toMatch(/SE-2026-\d{6}/)
    page = await page.submit('Search', { country: 'DK' })
    page = await page.submit(SAVE, { responder: String(danes.authority.id) })
    expect(page.url).toBe(`/requests/${id}/editing/subject`)
    page = await page.submit(SAVE, {
      subject_profession: 'Fysioterapeut',
      'subject_family-name': 'Holm',
      'subject_given-names': 'Ida',
      'subject_birth-date': '1990-02-03',
    })
    expect(page.url).toBe(`/requests/${id}/editing/questions`)
    expect(page.values(SAVE)['blank_profession-regulated_profession']).toBe('Fysioterapeut')
    page = await page.submit(SAVE, { question: ['profession-regulated'] })
    expect(page.url).toBe(`/requests/${id}/editing/reason`)
    expect(page.text).toContain('reads: Swedish')
    page = await page.submit(SAVE, { reason: 'Vi prövar en ansökan.', language: 'sv', proposedDate: '2027-01-15' })
    expect(page.url).toBe(`/requests/${id}/editing/attachments`)
    page = await page.submit(SAVE)
    expect(page.url).toBe(`/requests/${id}/editing`)
    expect(page.text).toContain('This draft is complete')
    expect(page.details()).toMatchObject({
      'Family name – personal data': 'Holm',
      'Responding authority': danes.authority.officialName,
    })
    expect(page.text).toContain('Is the profession of Fysioterapeut regulated')
  })
})
