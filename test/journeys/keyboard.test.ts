import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromium, whyNoChromium } from '../support/chromium.ts'
import { told } from './authority-steps.ts'
import { skipToMain, tabTo, type } from './keyboard.ts'
import { type Person, personAt } from './person.ts'
import { type Account, characterFor, choice, demo } from './signing-in.ts'
import { demoSite, type DemoSite } from './site.ts'

const missing = await whyNoChromium()

describe.skipIf(missing)(`with the keyboard alone${missing ? `: ${missing}` : ''}`, () => {
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

  test('somebody chooses a password, signs out and signs in again', { timeout: 180_000 }, async () => {
    const person = await personAt(browser, 'light', { ...site, language: 'sv' })
    const { page, t } = person
    // New at Universitets- och högskolerådet: the password of the demo is a temporary one here.
    const account: Account = { username: 'p3zkd7vy', password: 'Lugn-sjo-84', code: 'Sommarhus-12' }
    await page.goto('/')
    await typePassword(person, account.username, demo('').password)
    await seen(person, t('passwords:first.title'))
    for (const [label, text] of Object.entries(choice(person, account))) await type(person, label, text)
    await page.keyboard.press('Enter')

    await seen(person, t('home:title', { name: 'Leila Karimi' }))
    await skipToMain(person)
    await tabTo(person, page.getByRole('button', { name: t('layout:signOut') }))
    await page.keyboard.press('Enter')

    await seen(person, t('sessions:signIn.title'))
    await signIn(person, account)
    await seen(person, t('home:title', { name: 'Leila Karimi' }))
    await person.close()
  })

  test('somebody corrects the own telephone number and ends the sessions elsewhere', { timeout: 180_000 }, async () => {
    const person = await personAt(browser, 'light', { ...site, language: 'sv' })
    const elsewhere = await personAt(browser, 'light', { ...site, language: 'sv' })
    const { page, t } = person
    for (const one of [elsewhere, person]) {
      await one.page.goto('/profile')
      await signIn(one, demo('se-nimic'))
      await seen(one, t('profile:title'))
    }
    await skipToMain(person)
    await tabTo(person, page.getByRole('link', { name: t('profile:edit.link'), exact: true }))
    await page.keyboard.press('Enter')
    await seen(person, t('profile:edit.title'))
    const telephone = page.getByLabel(t('profile:field.telephone'), { exact: true })
    await tabTo(person, telephone)
    await page.keyboard.type('privat') // Tab selects what stood there
    await tabTo(person, page.getByRole('button', { name: t('profile:edit.submit'), exact: true }))
    await page.keyboard.press('Space')

    const mistake = page.getByRole('link', { name: t('authorities:contact.telephone.malformed') })
    await mistake.waitFor()
    await tabTo(person, mistake)
    await page.keyboard.press('Enter')
    expect(await page.evaluate('document.activeElement.id')).toBe('telephone')
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('+46 8 690 48 99')
    await page.keyboard.press('Enter')
    await seen(person, t('profile:title'))
    await page.getByRole('status').getByText(t('profile:edit.done')).waitFor()
    await page.getByText('+46 8 690 48 99').waitFor()

    await tabTo(person, page.getByRole('link', { name: t('profile:page.sessions'), exact: true }))
    await page.keyboard.press('Enter')
    await seen(person, t('profile:sessions.title'))
    await tabTo(person, page.getByRole('button', { name: t('profile:session.endOthers'), exact: true }))
    await page.keyboard.press('Space')
    await page.getByText(t('profile:sessions.only')).waitFor()
    await elsewhere.page.goto('/profile')
    await seen(elsewhere, t('sessions:signIn.title'))
    await elsewhere.close()
    await person.close()
  })

  test('an administrator edits the data and the classification of the authority', { timeout: 180_000 }, async () => {
    const officialName = 'Socialstyrelsen'
    const { id } = await site.db.app('authorities').where({ official_name: officialName }).first('id')
    const person = await personAt(browser, 'light', { ...site, language: 'sv' })
    const { page, t } = person
    await page.goto(`/authorities/${id}/edit`)
    await signIn(person, demo('se-admin'))
    await seen(person, officialName)
    await skipToMain(person)
    await tabTo(person, page.getByLabel(t('authorities:field.telephone'), { exact: true }))
    await page.keyboard.type('+46 75 247 30 01') // Tab selects what stood there
    await page.keyboard.press('Enter')
    await told(person, officialName, t('authorities:edit.done', { authority: officialName }))
    await page.getByText('+46 75 247 30 01').waitFor()

    await page.goto(`/authorities/${id}/classification/edit`)
    await seen(person, officialName)
    await skipToMain(person)
    const area = page.getByRole('main').getByRole('checkbox', { checked: false }).first()
    const name = (await area.getAttribute('id')) ?? ''
    await tabTo(person, page.locator(`[id="${name}"]`))
    const label = await page.locator(`label[for="${name}"]`).innerText()
    await page.keyboard.press('Space')
    await page.keyboard.press('Enter')
    await told(person, officialName, t('authorities:edit.done', { authority: officialName }))
    await page.getByRole('main').getByText(label, { exact: true }).waitFor()
    await person.close()
  })

  test(
    'an access manager puts another person in the record of the only administrator',
    { timeout: 180_000 },
    async () => {
      const { id } = await site.db.app('users').where({ username: 'dk-admin' }).first('id')
      const person = await personAt(browser, 'light', { ...site, language: 'en' })
      const { page, t } = person
      await page.goto(`/users/${id}/replacement`)
      await signIn(person, demo('dk-nimic'))
      await page.getByLabel(t('users:field.givenName'), { exact: true }).waitFor()
      await skipToMain(person)
      await type(person, t('users:field.givenName'), 'Maja')
      await type(person, t('users:field.familyName'), 'Holst')
      await type(person, t('users:field.email'), 'maja.holst@patientsikkerhed.example')
      await type(person, t('users:field.telephone'), '+45 72 28 66 01')
      await page.keyboard.press('Enter')
      await told(person, t('users:username.title', { name: 'Maja Holst' }), t('users:replacement.done'))
      await person.close()
    },
  )
})

async function signIn(person: Person, { username, password, code }: Account): Promise<void> {
  const { page, t } = person
  await typePassword(person, username, password)
  await seen(person, t('sessions:code.title'))
  for (const field of await page.getByRole('main').locator('input[type=password]').all()) {
    await tabTo(person, field)
    await page.keyboard.type(characterFor(await field.getAttribute('name'), code))
  }
  await page.keyboard.press('Enter')
}

async function typePassword(person: Person, username: string, password: string): Promise<void> {
  const { page, t } = person
  await type(person, t('sessions:signIn.username'), username)
  await type(person, t('sessions:signIn.password'), password)
  await tabTo(person, page.getByRole('button', { name: t('sessions:signIn.submit') }))
  await page.keyboard.press('Enter')
}

const seen = ({ page }: Person, heading: string): Promise<void> =>
  page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor()
