import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromium, type Look, whyNoChromium } from '../support/chromium.ts'
import {
  actLink,
  editClassification,
  editData,
  linkCoordinator,
  managesForAWhile,
  openAuthority,
  staysLastManager,
  switchOn,
  tabLink,
  told,
} from './authority-steps.ts'
import { enterAt, skipToMain, tabTo } from './keyboard.ts'
import { type Person, personAt } from './person.ts'
import { demo, readTemporaryPassword, signIn, signInForTheFirstTime } from './signing-in.ts'
import { demoSite, type DemoSite } from './site.ts'
import { changeRole, deleteUser, openUser, replacePerson } from './user-steps.ts'

const missing = await whyNoChromium()

const qualifications = 'Professional qualifications – requests'
const patients = 'Patients’ rights – requests'

describe.skipIf(missing).each<Look>(['light', 'scripts blocked'])(
  `the register in a real browser: %s${missing ? ` – ${missing}` : ''}`,
  { timeout: 180_000 },
  look => {
    let browser: Browser
    let site: DemoSite
    let coordinator: Person
    beforeAll(async () => {
      site = await demoSite()
      browser = await chromium()
      coordinator = await personAt(browser, look, site)
      await signIn(coordinator, demo('ie-nimic'))
      await coordinator.sees(coordinator.t('home:title', { name: 'Aoife Brennan' }))
    })
    afterAll(async () => {
      await browser.close()
      await site.close()
    })

    test('with the keyboard alone a module is suspended, gets another role and is given back', async () => {
      await openModulesByKeyboard(coordinator, 'Medical Council')
      await suspendByKeyboard(coordinator, 'Medical Council')
      await becomeCoordinatorByKeyboard(coordinator, 'Medical Council')
      await restoreByKeyboard(coordinator, 'Medical Council')
    })

    test('the national coordinator edits all that stands on the tabs of an authority', async () => {
      const name = "The Honorable Society of King's Inns"
      await openAuthority(coordinator, name)
      await editData(coordinator, name)
      await editClassification(coordinator, name)
      await switchOn(coordinator, name, { module: qualifications, setting: 'mayRefuse' })
      await linkCoordinator(coordinator, name, { module: qualifications, coordinator: 'Medical Council' })
      await staysLastManager(coordinator, name)
    })

    test('the only administrator has left: another person takes the record over and signs in', async () => {
      const { t } = coordinator
      await openAuthority(coordinator, 'Workplace Relations Commission')
      await openUser(coordinator, 'Workplace Relations Commission', 'Brian Nolan')
      await coordinator.page.getByText(t('users:deletion.refusal.lastAdministrator')).waitFor()
      const email = 'roisin.daly@workplace-relations.ie.example'
      const successor = { givenName: 'Róisín', familyName: 'Daly', email, telephone: '+353 87 123 45 67' }
      const username = await replacePerson(coordinator, 'Brian Nolan', successor)

      const roisin = await personAt(browser, look, site)
      const temporary = await readTemporaryPassword(roisin, email, username)
      await signInForTheFirstTime(roisin, temporary, { username, password: 'Lugn-sjo-84', code: 'Sommarhus-12' })
      await roisin.sees(t('home:title', { name: 'Róisín Daly' }))
      await roisin.close()
    })

    test('a user is deleted; a colleague takes over what nobody else does', async () => {
      const [officialName, module] = ['Health Service Executive', patients]
      await openAuthority(coordinator, officialName)
      await switchOn(coordinator, officialName, { module, setting: 'usesAllocation' })
      for (const [name, holds] of [
        ['Orla Byrne', true],
        ['Fergal Quinn', false],
      ] as const) {
        await openUser(coordinator, officialName, name)
        await changeRole(coordinator, name, { module, role: 'allocator', holds })
        await openAuthority(coordinator, officialName)
      }
      await openUser(coordinator, officialName, 'Orla Byrne')
      await deleteUser(coordinator, 'Orla Byrne', { officialName, module, heir: 'Fergal Quinn' })
      expect(await coordinator.page.locator('#users').innerText()).not.toContain('Orla Byrne')
    })

    test('an authority of the country is managed for a while', async () => {
      const ingrid = await personAt(browser, look, { ...site, language: 'sv' })
      await signIn(ingrid, demo('se-nimic'))
      await openAuthority(ingrid, 'Fastighetsmäklarinspektionen', { mine: false })
      await managesForAWhile(ingrid, 'Fastighetsmäklarinspektionen')
      await ingrid.close()
    })
  },
)

async function openModulesByKeyboard(person: Person, officialName: string): Promise<void> {
  const { page, t } = person
  await enterAt(person, page.getByRole('link', { name: t('layout:menu.administration'), exact: true }))
  await person.sees(t('search:managed.title'))
  await skipToMain(person)
  await enterAt(person, page.getByRole('row').filter({ hasText: officialName }).getByRole('link').first())
  await person.sees(officialName)
  await enterAt(person, tabLink(person, 'modules'))
  await person.sees(officialName)
}

/** The reason is forgotten at first; the message leads to the field. */
async function suspendByKeyboard(person: Person, officialName: string): Promise<void> {
  const { page, t } = person
  const module = qualifications
  await enterAt(person, actLink(person, 'suspend', module))
  await person.sees(t('grants:suspension.title', { module }))
  const submit = page.getByRole('button', { name: t('grants:suspension.submit'), exact: true })
  await enterAt(person, submit)
  const mistake = page.getByRole('link', { name: t('grants:suspension.reason.missing') })
  await mistake.waitFor()
  await person.sees(t('grants:suspension.title', { module }))
  await enterAt(person, mistake)
  await page.keyboard.type('Under review')
  await tabTo(person, submit)
  await page.keyboard.press('Space')
  await told(person, officialName, t('grants:suspension.done', { module, authority: officialName }))
}

/** Leaves the page once without changing anything, and goes back a step with Shift+Tab. */
async function becomeCoordinatorByKeyboard(person: Person, officialName: string): Promise<void> {
  const { page, t } = person
  const module = qualifications
  const submit = page.getByRole('button', { name: t('grants:role.submit.coordinator'), exact: true })
  const cancel = page.getByRole('link', { name: t('grants:cancel'), exact: true })
  await enterAt(person, actLink(person, 'role', module))
  await person.sees(t('grants:role.title.coordinator', { module }))
  await enterAt(person, cancel)
  await person.sees(officialName)
  await enterAt(person, actLink(person, 'role', module))
  await person.sees(t('grants:role.title.coordinator', { module }))
  await tabTo(person, cancel)
  await enterAt(person, submit, 'Shift+Tab')
  await told(person, officialName, t('grants:role.done.coordinator', { module, authority: officialName }))
}

async function restoreByKeyboard(person: Person, officialName: string): Promise<void> {
  const { page, t } = person
  const module = qualifications
  await enterAt(person, actLink(person, 'restore', module))
  await person.sees(t('grants:restoration.title', { module }))
  await enterAt(person, page.getByRole('button', { name: t('grants:restoration.submit'), exact: true }))
  await told(person, officialName, t('grants:restoration.done', { module, authority: officialName }))
  expect(await page.locator('main section').first().innerText()).toContain(t('grants:role.coordinator'))
}
