import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromium, type Look, whyNoChromium } from '../support/chromium.ts'
import { type Person, personAt } from './person.ts'
import { act, answer, ask, asks, h1, opens, rates, sendsReply, stands, takes } from './request-steps.ts'
import { demo, signIn } from './signing-in.ts'
import { demoSite, type DemoSite } from './site.ts'

const missing = await whyNoChromium()
const looks: Look[] = ['light', 'no scripts']

describe.skipIf(missing)(`requests in a real browser${missing ? `: ${missing}` : ''}`, () => {
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

  async function personFor(username: string, look: Look): Promise<Person> {
    const person = await personAt(browser, look, { ...site, language: 'en' })
    await signIn(person, demo(username))
    return person
  }

  // The tourist guide of [004]: Danish and Portuguese people; the page speaks English to both until their languages are there.
  test.each(looks)('the tourist guide, from the wish to ask to the ratings: %s', { timeout: 240_000 }, async look => {
    const dane = await personFor('dk-guide', look)
    const id = await asks(dane, {
      country: 'PT',
      words: 'turismo',
      subject: { service: 'Turistguide', 'provider-name': 'Marta Figueira' },
      choices: { 'provider-kind': 'a person' },
      questions: {
        'service-regulated': { service: 'turistguide' },
        lawful: { provider: 'Marta Figueira', service: 'turistguide' },
      },
      reason: 'Museet spørger, om hun må vise rundt.',
      date: '2026-12-15',
    })

    const portuguese = await personFor('pt-handler', look)
    await opens(portuguese, id)
    const before = await portuguese.page.getByRole('main').innerText()
    expect(before).toContain('Turistguide')
    expect(before).not.toContain('Figueira')
    await act(portuguese, 'accept')
    await portuguese.page.locator('#dueDate').fill('2026-12-22')
    await portuguese.page.locator('#reason').fill('Temos poucas pessoas em dezembro.')
    await act(portuguese, 'accept')
    await h1(portuguese, id)
    expect(await portuguese.page.getByRole('main').innerText()).toContain('Marta Figueira')

    await answer(portuguese, id, { 1: 'no' }, { text: 'Registo Nacional' })
    await sendsReply(portuguese, id, 'replyPartly')
    await answer(portuguese, id, { 2: 'yes' })
    await sendsReply(portuguese, id, 'replyFully')

    await opens(dane, id)
    expect(await dane.page.getByRole('main').innerText()).toContain('22 December 2026')
    await ask(dane, id, { question: 2, reason: 'Siden hvornår?', date: '2027-01-15' })
    await opens(portuguese, id)
    await act(portuguese, 'agreeDemand')
    await act(portuguese, 'agreeDemand')
    await h1(portuguese, id)
    await answer(portuguese, id, { 2: 'yes' }, { comments: 'Desde 2019.' })
    await sendsReply(portuguese, id, 'replyFully')

    await takes(dane, id, 'acceptReply', rates)
    await stands(dane, id, 'closed')

    // Both national coordinators: whoever is linked to a side reads the overview, and nothing else.
    for (const username of ['dk-nimic', 'pt-nimic']) {
      const coordinator = await personFor(username, look)
      await stands(coordinator, id, 'closed')
      const text = await coordinator.page.getByRole('main').innerText()
      for (const hidden of ['Figueira', 'Museet', 'Desde 2019']) expect(text).not.toContain(hidden)
      await coordinator.close()
    }
    await dane.close()
    await portuguese.close()
  })
})
