import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromium, whyNoChromium } from '../support/chromium.ts'
import { type Person, personAt } from './person.ts'
import { answer, ask, asks, because, inspected, rates, sendsReply, stands, takes, thinks, to } from './request-steps.ts'
import { demo, signIn } from './signing-in.ts'
import { demoSite, type DemoSite } from './site.ts'

const missing = await whyNoChromium()

const people = {
  // Styrelsen for Patientsikkerhed, whose coordinator approves requests.
  dane: { username: 'dk-admin', language: 'en' },
  danishCoordinator: { username: 'dk-ufs', language: 'en' },
  // Fastighetsmäklarinspektionen, which was asked by mistake.
  forwarder: { username: 'r5kvn8ez', language: 'sv' },
  // Socialstyrelsen, which uses allocation and whose coordinator approves replies.
  allocator: { username: 'se-allocator', language: 'sv' },
  handler: { username: 'se-handler', language: 'sv' },
  // Statens skolverk, which gets one of the questions.
  teacher: { username: 'y4bqz6ct', language: 'sv' },
  swedishCoordinator: { username: 'se-uhr', language: 'sv' },
} as const

describe.skipIf(missing)(`a request with everything on${missing ? `: ${missing}` : ''}`, () => {
  let browser: Browser
  let site: DemoSite
  beforeAll(async () => {
    site = await demoSite()
    browser = await chromium()
  })
  afterAll(async () => {
    await browser.close()
    await site.close()
  })

  const open = new Map<string, Person>()
  async function as(who: keyof typeof people): Promise<Person> {
    const before = open.get(who)
    if (before) return before
    const { username, language } = people[who]
    const person = await personAt(browser, 'light', { ...site, language })
    await signIn(person, demo(username))
    await inspected(person)
    open.set(who, person)
    return person
  }

  test(
    'returned, approved, forwarded, allocated, split, replied to, declined, referred, provided and closed',
    { timeout: 900_000 },
    async () => {
      const dane = await as('dane')
      const id = await asks(dane, {
        module: 'Professional qualifications – requests',
        country: 'SE',
        words: 'Fastighetsm',
        subject: { profession: 'Fysioterapeut', 'family-name': 'Holm', 'given-names': 'Anna' },
        choices: {},
        questions: { 'profession-regulated': { profession: 'fysioterapeut' }, 'pupils-age': {} },
        reason: 'Ansøgning om autorisation.',
        date: '2026-12-18',
      })
      await stands(dane, id, 'awaitingApproval')
      await takes(await as('danishCoordinator'), id, 'return', because('Skriv tydeligere.'))
      await takes(dane, id, 'send')
      await takes(await as('danishCoordinator'), id, 'approve')

      // Forwarded it is gone for the forwarder; allocated it can be accepted.
      const forwarder = await as('forwarder')
      await takes(forwarder, id, 'forward', to('Socialstyrelsen'))
      expect((await forwarder.page.goto(`/requests/${id}`))?.status()).toBe(404)
      const handler = await as('handler')
      await takes(await as('allocator'), id, 'allocate', ({ page }) => page.getByLabel('Erik Nyström').check())
      await takes(handler, id, 'accept')

      // One question goes to a third authority; both answer through the coordinator.
      await takes(handler, id, 'split', to('Statens skolverk', { questions: [2] }))
      const part = await secondPart(id)
      const teacher = await as('teacher')
      await takes(teacher, part, 'accept')
      await answer(teacher, part, {}, { text: '14' })
      await sendsReply(teacher, part, 'replyFully')
      await stands(teacher, part, 'replyAwaitingApproval')
      await takes(await as('swedishCoordinator'), part, 'approveReply')
      await answer(handler, id, { 1: 'yes' })
      await sendsReply(handler, id, 'replyFully')
      await takes(await as('swedishCoordinator'), id, 'approveReply')
      await stands(dane, id, 'answered')

      // More is asked for, declined, referred; two opinions; provided after all.
      await ask(dane, id, { question: 1, reason: 'Siden hvornår?', date: '2027-01-15' })
      await takes(handler, id, 'declineDemand', because('Det vet vi inte.'))
      await takes(dane, id, 'refer')
      await takes(await as('danishCoordinator'), id, 'giveOpinion', thinks('yes', 'Det skal de vide.'))
      await takes(await as('swedishCoordinator'), id, 'giveOpinion', thinks('no', 'Det framgår av lagen.'))
      await stands(dane, id, 'referralDecided')
      await takes(handler, id, 'provide', ({ page }) => page.locator('#dueDate').fill('2027-01-20'))
      await answer(handler, id, { 1: 'yes' }, { comments: 'Sedan 1995.' })
      await sendsReply(handler, id, 'replyFully')
      await takes(await as('swedishCoordinator'), id, 'approveReply')

      await stands(dane, id, 'answered')
      expect(await dane.page.getByRole('main').innerText()).toContain('Sedan 1995.')
      await takes(dane, id, 'acceptReply', rates)
      await stands(dane, id, 'closed')
      await dane.page.goto(`/requests/${id}/history`)
      await inspected(dane)
      await stands(teacher, part, 'closed')
      for (const person of open.values()) await person.close()
    },
  )

  async function secondPart(id: number): Promise<number> {
    const parts = site.db.app('request_parts')
    const [part] = await parts
      .where({ part: 2, request_id: site.db.app('request_parts').where({ id }).select('request_id') })
      .pluck<number[]>('id')
    return part ?? 0
  }
})
