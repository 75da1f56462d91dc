import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { chromium, type Look, whyNoChromium } from '../support/chromium.ts'
import { told } from './authority-steps.ts'
import { follow, type Person, personAt, press } from './person.ts'
import { h1, inspected } from './request-steps.ts'
import { demo, signIn } from './signing-in.ts'
import { demoSite, type DemoSite } from './site.ts'

const missing = await whyNoChromium()
const looks: Look[] = ['narrow', 'no scripts']
const officialName = 'Socialstyrelsen'
const [leaver, heir] = ['Erik Nyström', 'Oskar Dahl']

describe.skipIf(missing)(`a user deleted with open work${missing ? `: ${missing}` : ''}`, () => {
  let browser: Browser
  let site: DemoSite
  beforeAll(async () => (browser = await chromium()))
  beforeEach(async () => (site = await demoSite()))
  afterEach(() => site.close())
  afterAll(() => browser.close())

  async function personFor(username: string, look: Look): Promise<Person> {
    const person = await personAt(browser, look, { ...site, language: 'sv' })
    await signIn(person, demo(username))
    return person
  }

  test.each(looks)('a colleague takes over everything and goes on: %s', { timeout: 240_000 }, async look => {
    const administrator = await personFor('se-admin', look)
    const { page, t } = administrator
    const [given_name, family_name] = leaver.split(' ')
    const [user] = await site.db.app('users').where({ given_name, family_name }).pluck<number[]>('id')
    await page.waitForURL('/')
    await page.goto(`/users/${user}`)
    await administrator.sees(leaver)
    await follow(administrator, t('users:user.delete'))
    await administrator.sees(t('users:deletion.title', { name: leaver }))
    const listed = await page.getByRole('table').getByRole('rowheader').getByRole('link').all()
    const paths = await Promise.all(listed.map(async link => (await link.getAttribute('href')) ?? ''))
    expect(paths.length).toBeGreaterThan(1)
    const becomes = page.locator('#heir option').filter({ hasText: heir })
    expect(await becomes.innerText()).toMatch(/blir handläggare av förfrågningar/)
    const number = (await becomes.getAttribute('value')) ?? ''
    await page.locator('#heir').selectOption(number)
    await press(administrator, t('users:deletion.submit'))
    await told(administrator, officialName, t('users:deletion.done', { name: leaver }))

    const colleague = await personFor('se-basic', look)
    await colleague.page.goto(`/requests?handler=${number}`)
    await inspected(colleague)
    const found = colleague.page.getByRole('table').getByRole('rowheader').getByRole('link')
    const theirs = await Promise.all((await found.all()).map(async link => (await link.getAttribute('href')) ?? ''))
    expect(theirs).toEqual(expect.arrayContaining(paths))
    for (const path of paths) {
      const id = Number(path.split('/').at(-1))
      await colleague.page.goto(`${path}/history`)
      await inspected(colleague)
      expect(await colleague.page.getByRole('main').innerText()).toContain(t('requests:history.heir', { name: heir }))
      await colleague.page.goto(path)
      await h1(colleague, id)
    }
    await colleague.close()
    await administrator.close()
  })
})
