import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import { DEMO_PASSWORD, DEMO_SECURITY_CODE } from '../../seeds/demo/load.ts'
import { enter, follow, type Person, press } from './person.ts'

/** What signs somebody in. */
export interface Account {
  username: string
  password: string
  code: string
}

export const demo = (username: string): Account => ({ username, password: DEMO_PASSWORD, code: DEMO_SECURITY_CODE })

/** Signs in on both pages (A1). */
export async function signIn(person: Person, { username, password, code }: Account): Promise<void> {
  const { page, t } = person
  await page.goto('/')
  await person.sees(t('sessions:signIn.title'))
  await enterPassword(person, username, password)
  await person.sees(t('sessions:code.title'))
  const fields = await page.getByRole('main').locator('input[type=password]').all()
  expect(fields).toHaveLength(3)
  for (const field of fields) await field.fill(characterFor(await field.getAttribute('name'), code))
  await press(person, t('sessions:code.submit'))
}

async function enterPassword(person: Person, username: string, password: string): Promise<void> {
  const { t } = person
  await enter(person, { [t('sessions:signIn.username')]: username, [t('sessions:signIn.password')]: password })
  await press(person, t('sessions:signIn.submit'))
}

/** The character of the code that a field asks for by its name. */
export const characterFor = (field: string | null, code: string): string =>
  code.charAt(Number(/\d+$/.exec(field ?? '')?.[0]) - 1)

/** The line of the mailbox that leads to the mail to this address, once it has arrived. */
export async function arrivedFor({ page }: Person, address: string, subject: string): Promise<Locator> {
  const mail = page.getByRole('row').filter({ hasText: address }).getByRole('link', { name: subject })
  await expect
    .poll(async () => (await page.goto('/dev/mailbox')) && mail.count(), { timeout: 15_000, interval: 300 })
    .toBe(1)
  return mail
}

/** Takes the temporary password out of the mailbox, and goes where the mail leads. No username stands in it (D2). */
export async function readTemporaryPassword(person: Person, address: string, username: string): Promise<string> {
  const { page, t } = person
  const subject = t('emails:users/temporary-password.subject')
  const mail = await arrivedFor(person, address, subject)
  await person.sees(t('dev:mailbox.title'))
  await mail.click()
  await person.sees(subject)
  const text = await page.getByRole('main').innerText()
  expect(text.toLowerCase()).not.toContain(username)
  await follow(person, t('dev:mail.follow'))
  await person.sees(t('sessions:signIn.title'))
  return /\b[\dA-Za-z]{4}-[\dA-Za-z]{4}-[\dA-Za-z]{4}\b/.exec(text)?.[0] ?? 'no password in the mail'
}

/** Signs in with the temporary password and chooses an own password and a security code, each typed twice (A2). */
export async function signInForTheFirstTime(person: Person, temporary: string, account: Account): Promise<void> {
  const { t } = person
  await enterPassword(person, account.username, temporary)
  await person.sees(t('passwords:first.title'))
  await enter(person, choice(person, account))
  await press(person, t('passwords:first.submit'))
}

/** What is entered where password and code are chosen. */
export const choice = ({ t }: Person, { password, code }: Account): Record<string, string> => ({
  [t('passwords:password.label')]: password,
  [t('passwords:password.again')]: password,
  [t('passwords:code.label')]: code,
  [t('passwords:code.again')]: code,
})
