import { expect } from 'vitest'
import { languageName } from '../../src/platform/i18n/names.ts'
import { enter, follow, type Person, press } from './person.ts'

/** An authority that is not yet registered, and its first user. */
export interface Newcomer {
  officialName: string
  title: string
  /** A word of its name as somebody abroad types it: without accents, without its end. */
  foundBy: string
  domain: string
  givenName: string
  familyName: string
  language: 'en' | 'sv'
}

export const addressOf = ({ givenName, domain }: Newcomer): string => `${givenName.toLowerCase()}@${domain}`

/** Looks for the authority among the own ones, then in the whole country, and does not find it (B8). */
export async function searchInVain(person: Person, { officialName }: Newcomer): Promise<void> {
  const { page, t } = person
  await page.getByRole('link', { name: t('layout:menu.administration'), exact: true }).click()
  await person.sees(t('search:managed.title'))
  await enter(person, { [t('search:authorities.words')]: officialName })
  await press(person, t('components:search.submit'))
  await page.getByText(t('search:managed.nothingWiden')).waitFor()
  await person.sees(t('search:managed.title'))
  await page.getByLabel(t('search:managed.mine.no'), { exact: true }).check()
  await press(person, t('components:search.submit'))
  await page.getByText(t('search:managed.nothingText')).waitFor()
  await person.sees(t('search:managed.title'))
}

/** Registers the authority with its first user; the city is forgotten at first. Reads the username to be told (B1, D2). */
export async function register(person: Person, newcomer: Newcomer): Promise<string> {
  const { page, t } = person
  await page
    .getByRole('main')
    .getByRole('link', { name: t('search:managed.register') })
    .first()
    .click()
  await person.sees(t('authorities:registration.title'))
  await enter(person, { ...authorityEntries(person, newcomer), ...userEntries(person, newcomer) })
  await page.locator('#type').selectOption('agency')
  await page.getByLabel(t('authorities:level.national'), { exact: true }).check()
  await page.getByLabel(t('users:field.language'), { exact: true }).selectOption(newcomer.language)
  await press(person, t('authorities:registration.submit'))

  const mistake = t('authorities:registration.city.missing')
  await page.getByRole('link', { name: mistake }).waitFor()
  await person.sees(t('authorities:registration.title'))
  await follow(person, mistake)
  expect(await page.locator(':focus').getAttribute('name')).toBe('city')
  await page.locator(':focus').fill('Kristinehamn')
  await press(person, t('authorities:registration.submit'))
  await person.sees(t('users:username.title', { name: `${newcomer.givenName} ${newcomer.familyName}` }))
  return page.locator('.imi-secret__value').innerText()
}

function authorityEntries({ t, language }: Person, newcomer: Newcomer): Record<string, string> {
  return {
    [t('authorities:field.officialNameIn', { language: languageName(language, 'sv') })]: newcomer.officialName,
    [t('authorities:field.titleIn', { language: languageName(language, 'en') })]: newcomer.title,
    [t('authorities:field.street')]: 'Box 4',
    [t('authorities:field.postalNumber')]: '681 01',
    [t('authorities:field.telephone')]: '+46 550 12 34 56',
    [t('authorities:field.email')]: `registrator@${newcomer.domain}`,
  }
}

function userEntries({ t }: Person, newcomer: Newcomer): Record<string, string> {
  return {
    [t('users:field.givenName')]: newcomer.givenName,
    [t('users:field.familyName')]: newcomer.familyName,
    [t('users:field.email')]: addressOf(newcomer),
    [t('users:field.telephone')]: '+46 70 123 45 67',
  }
}

/** Goes on to the modules and grants them, each with a linked coordinator (C2). */
export async function grantModules(
  person: Person,
  { officialName }: Newcomer,
  modules: readonly { name: string; coordinator: string }[],
): Promise<void> {
  const { page, t } = person
  await follow(person, t('users:username.toModules'))
  for (const [index, { name, coordinator }] of modules.entries()) {
    await person.sees(officialName)
    await follow(person, t(index === 0 ? 'grants:list.give' : 'grants:list.giveNext'))
    await person.sees(t('grants:give.title'))
    await page.getByLabel(name, { exact: true }).check()
    await press(person, t('grants:give.choose'))
    await page.getByLabel(t('grants:role.authority'), { exact: true }).check()
    await person.sees(t('grants:give.title'))
    await page.getByLabel(coordinator, { exact: true }).check()
    await press(person, t('grants:give.submit'))
    await page.getByRole('heading', { level: 2, name, exact: true }).waitFor()
  }
  await person.sees(officialName)
}

/** Finds the authority from another country by the beginning of a word, and opens its page (B10). */
export async function findFromAbroad(person: Person, { officialName, title, foundBy }: Newcomer): Promise<void> {
  const { page, t } = person
  await page.getByRole('link', { name: t('layout:menu.authorities'), exact: true }).click()
  await person.sees(t('search:authorities.title'))
  await enter(person, { [t('search:authorities.words')]: foundBy })
  await press(person, t('components:search.submit'))
  const row = page.getByRole('row').filter({ hasText: officialName })
  await row.getByRole('link', { name: title, exact: true }).waitFor()
  await person.sees(t('search:authorities.title'))
  await follow(person, title)
  await person.sees(officialName)
}
