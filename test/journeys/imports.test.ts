import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { authoritiesFile, authority, person as line, USERS } from '../imports/importing.ts'
import { chromium, type Look, whyNoChromium } from '../support/chromium.ts'
import { follow, type Person, personAt, press } from './person.ts'
import { demo, signIn } from './signing-in.ts'
import { demoSite, type DemoSite } from './site.ts'

const missing = await whyNoChromium()

const passes: [Look, string][] = [
  ['dark', 'Qvastmakeri'],
  ['narrow', 'Xylofonist'],
  ['no scripts', 'Zinkgruve'],
]

describe.skipIf(missing)(`imports in a real browser${missing ? `: ${missing}` : ''}`, () => {
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

  test.each(passes)('users and authorities come in from files: %s', { timeout: 180_000 }, async (look, word) => {
    const person = await personAt(browser, look, { ...site, language: 'sv' })
    await signIn(person, demo('se-nimic'))
    await person.sees(person.t('home:title', { name: 'Ingrid Lindqvist' }))
    await importAuthorities(person, word)
    await importUsers(person, word)
    await person.close()
  })
})

async function importAuthorities(person: Person, word: string): Promise<void> {
  const { page, t } = person
  await page.goto('/managed-authorities')
  await follow(person, t('search:managed.import'))
  await person.sees(t('imports:authorities.title'))
  await press(person, t('imports:read'))
  await page.getByRole('link', { name: t('imports:file.empty') }).waitFor()
  await person.sees(t('imports:authorities.title'))
  await read(
    person,
    authoritiesFile(authority(word), authority(`${word}s`, { officialName_sv: 'Socialstyrelsen', type: 'x' })),
  )
  await person.sees(t('imports:preview.title.authorities'))
  await press(person, t('imports:preview.leaveOutBad', { count: 1 }))
  await person.sees(t('imports:preview.title.authorities'))
  await press(person, t('imports:preview.submit.authorities', { count: 1 }))
  await person.sees(t('imports:result.title.authorities'))

  await page.goto('/authorities/import')
  await read(person, authoritiesFile(authority(`Ny${word}`, { officialName_sv: 'Socialstyrelsens' })))
  await person.sees(t('imports:preview.title.authorities'))
  await page.getByRole('checkbox', { name: t('imports:question.answer.another', { line: 2 }) }).check()
  await press(person, t('imports:preview.save'))
  await page.getByRole('button', { name: t('imports:preview.submit.authorities', { count: 1 }) }).waitFor()
  await person.sees(t('imports:preview.title.authorities'))
  await press(person, t('imports:preview.delete'))
  await person.sees(t('imports:authorities.title'))
}

async function importUsers(person: Person, word: string): Promise<void> {
  const { page, t } = person
  await page.goto('/managed-authorities?q=Socialstyrelsen')
  await page.getByRole('row').filter({ hasText: 'Socialstyrelsen' }).getByRole('link').first().click()
  await page.goto(`${new URL(page.url()).pathname}/users`)
  await follow(person, t('users:list.import'))
  await person.sees(t('imports:users.title', { authority: 'Socialstyrelsen' }))
  const address = (who: string) => `${who}@${word.toLowerCase()}-people.example`
  await read(
    person,
    [USERS, line(address('a')), line(address('b'), { given: 'Bo' }), line('', { phone: '-' })].join('\n'),
  )
  await person.sees(t('imports:preview.title.users'))
  await press(person, t('imports:preview.leaveOutBad', { count: 1 }))
  await press(person, t('imports:preview.submit.users', { count: 2 }))
  await person.sees(t('imports:result.title.users'))
  expect(await page.getByRole('row').count()).toBe(3)
}

async function read(person: Person, content: string): Promise<void> {
  await person.page.locator('#text').fill(content)
  await press(person, person.t('imports:read'))
}
