import { expect } from 'vitest'
import { actLink, openAuthority, openTab, tabLink, told } from './authority-steps.ts'
import { enter, follow, type Person, press } from './person.ts'
import { type Account, signIn } from './signing-in.ts'

/** Suspends every module of an authority, from the page of the deactivation that names them, and deactivates it (B12). */
export async function deactivate(person: Person, authority: string, modules: readonly string[]): Promise<void> {
  const { page, t } = person
  await openAuthority(person, authority)
  const path = new URL(page.url()).pathname
  const title = t('removal:deactivation.title', { authority })
  for (const module of modules) {
    await follow(person, t('removal:deactivation.crumb'))
    await page.getByText(t('removal:obstacle.modulesActive')).waitFor()
    await person.sees(title)
    await follow(person, t('removal:deactivation.suspend', { module }))
    await person.sees(t('grants:suspension.title', { module }))
    await enter(person, { [t('grants:suspension.reason')]: 'It is closed down' })
    await press(person, t('grants:suspension.submit'))
    await told(person, authority, t('grants:suspension.done', { module, authority }))
    await page.goto(path)
  }
  await follow(person, t('removal:deactivation.crumb'))
  await page.getByText(t('removal:deactivation.consequences')).waitFor()
  await person.sees(title)
  await press(person, t('removal:deactivation.submit'))
  await told(person, authority, t('removal:deactivation.done', { authority }))
}

/** The lines of the list of what will be deleted, or of what was: authority and day. */
export async function deletions(person: Person, list: 'due' | 'gone'): Promise<string[]> {
  const { page, t } = person
  await page.goto('/deletions')
  await person.sees(t('retention:deletions.title'))
  const table = page.getByRole('table', { name: t(`retention:deletions.${list}`), exact: true })
  return table.getByRole('row').allInnerTexts()
}

/** Takes an authority from the list of deletions back into service (B12). */
export async function reactivate(person: Person, authority: string): Promise<void> {
  const { page, t } = person
  await page.goto('/deletions')
  await page.getByRole('row').filter({ hasText: authority }).getByRole('link').last().click()
  await person.sees(t('removal:reactivation.title', { authority }))
  await press(person, t('removal:reactivation.submit'))
  await told(person, authority, t('removal:reactivation.done', { authority }))
}

/** Gives a suspended module of an authority back (C7). */
export async function restore(person: Person, authority: string, module: string): Promise<void> {
  const { t } = person
  await openAuthority(person, authority)
  await openTab(person, authority, 'modules')
  await actLink(person, 'restore', module).click()
  await person.sees(t('grants:restoration.title', { module }))
  await press(person, t('grants:restoration.submit'))
  await told(person, authority, t('grants:restoration.done', { module, authority }))
  await tabLink(person, 'management').click()
  await person.sees(authority)
  await person.page.getByText(t('authorities:status.active'), { exact: true }).first().waitFor()
}

/** Says that neither a list nor its old address leads to the authority. */
export async function findsNoMore(person: Person, authority: string, path: string): Promise<void> {
  const { page, t } = person
  await page.goto('/managed-authorities')
  await person.sees(t('search:managed.title'))
  await enter(person, { [t('search:authorities.words')]: authority })
  await press(person, t('components:search.submit'))
  await page.getByText(t('search:managed.nothingWiden')).waitFor()
  expect((await page.goto(path))?.status()).toBe(404)
  await person.sees(t('errors:notFound.title'))
}

/** Signs in with a password of more than six months, and chooses another one (A5). */
export async function signInWithOldPassword(person: Person, account: Account, password: string): Promise<Account> {
  const { t } = person
  await signIn(person, account)
  await person.sees(t('passwords:expired.title'))
  await enter(person, { [t('passwords:password.label')]: password, [t('passwords:password.again')]: password })
  await press(person, t('passwords:expired.submit'))
  await person.page.getByRole('status').getByText(t('passwords:expired.done')).waitFor()
  return { ...account, password }
}

/** Opens a request and reads its history: what was done, by whom and when, line by line. */
export async function readHistory(person: Person, id: number): Promise<string[]> {
  const { page } = person
  await page.goto(`/requests/${id}/history`)
  await person.sees(await page.getByRole('heading', { level: 1 }).innerText())
  return page.locator('.imi-timeline > li').allInnerTexts()
}
