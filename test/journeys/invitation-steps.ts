import { expect } from 'vitest'
import { enter, follow, type Person, press } from './person.ts'
import { arrivedFor } from './signing-in.ts'

/** An authority that is invited, and the person who registers it. */
export interface Invited {
  name: string
  address: string
  givenName: string
  familyName: string
  email: string
}

/** Which of the modules on offer the invitation is for: the third, Services – requests. */
const MODULE = '3'

/** Invites three, two of them well; the refused one is mended and sent (E1, E2, E4). */
export async function inviteThree(person: Person, { name, address }: Invited): Promise<void> {
  const { page, t } = person
  await page.goto('/invitations/new')
  await person.sees(t('invitations:new.title'))
  await press(person, t('invitations:new.submit'))
  await page.getByRole('link', { name: t('invitations:new.nothing') }).waitFor()
  await person.sees(t('invitations:new.title'))
  const wishes = [
    { name, address, module: MODULE },
    { name: `${name} norr`, address: 'no address' },
    { name: `${name} söder`, address: address.replace('@', '@south.'), module: MODULE },
  ]
  for (const [index, wish] of wishes.entries()) await inviteInRow(person, index + 1, wish)
  await press(person, t('invitations:new.more'))
  await person.sees(t('invitations:new.title'))
  expect(await page.locator('#email_10').count()).toBe(1)
  await press(person, t('invitations:new.submit'))
  await submitted(person, { sent: 2, refused: 1 })
  await page.getByText(t('invitations:reason.emailMalformed')).waitFor()

  await follow(person, t('invitations:correction.title'))
  await person.sees(t('invitations:correction.title'))
  expect(await page.locator('#name_1').inputValue()).toBe(`${name} norr`)
  await inviteInRow(person, 1, { name: `${name} norr`, address: address.replace('@', '@north.'), module: MODULE })
  await press(person, t('invitations:correction.submit'))
  await submitted(person, { sent: 1, refused: 0 })
}

async function inviteInRow(
  { page }: Person,
  row: number,
  wish: { name: string; address: string; module?: string },
): Promise<void> {
  await page.locator(`#email_${row}`).fill(wish.address)
  await page.locator(`#name_${row}`).fill(wish.name)
  await page.locator(`#language_${row}`).selectOption('en')
  if (wish.module)
    await page
      .locator(`[name=modules_${row}]`)
      .nth(Number(wish.module) - 1)
      .check()
}

/** The page of a submission has come, and says in numbers what became of it. */
async function submitted(person: Person, { sent, refused }: { sent: number; refused: number }): Promise<void> {
  const { page, t } = person
  await page.waitForURL(/invitation-submissions\/\d+$/)
  await person.sees(await page.getByRole('heading', { level: 1 }).innerText())
  const facts = await page.getByRole('main').locator('dl').innerText()
  expect(facts.replace(/\s+/g, ' ')).toContain(
    `${t('invitations:submission.submitted')} ${sent} ${t('invitations:submission.refused')} ${refused}`,
  )
}

/** Opens the invitation's mail, and takes the code out of it. */
export async function readCode(person: Person, { address }: Invited): Promise<string> {
  const { page, t } = person
  await (await arrivedFor(person, address, t('emails:invitations/invitation.subject'))).click()
  const text = await page.getByRole('main').innerText()
  return /[A-Z0-9]{4}(?:-[A-Z0-9]{4}){3}/.exec(text)?.[0] ?? ''
}

/** The three steps, the summary, and the page with the username; the city is forgotten at first (E5, E6). */
export async function registerWithCode(person: Person, invited: Invited, code: string): Promise<string> {
  const { page, t } = person
  await page.goto('/register')
  await person.sees(t('invitations:code.title'))
  await enter(person, { [t('invitations:code.label')]: code })
  await press(person, t('invitations:code.submit'))
  await person.sees(t('invitations:register.authority'))
  await enterAuthority(person, invited)
  await press(person, t('invitations:register.next'))
  await person.sees(t('invitations:register.classification'))
  await press(person, t('invitations:register.next'))
  await person.sees(t('invitations:register.firstUser'))
  await page.locator('#givenName').fill(invited.givenName)
  await page.locator('#familyName').fill(invited.familyName)
  await page.locator('#userEmail').fill(invited.email)
  await page.locator('#userTelephone').fill('+46 70 123 45 67')
  await page.locator('#userLanguage').selectOption('en')
  await press(person, t('invitations:register.next'))
  await person.sees(t('invitations:register.summary'))
  await press(person, t('invitations:register.submit'))
  await person.sees(t('invitations:done.title'))
  return (await page.locator('.imi-secret__value').innerText()).replace(/\s/g, '')
}

async function enterAuthority(person: Person, { name }: Invited): Promise<void> {
  const { page, t } = person
  await page.locator('#officialName_sv').fill(name)
  await page.locator('#title_en').fill(`Agency of ${name}`)
  await page.locator('#street').fill('Box 1')
  await page.locator('#postalNumber').fill('111 22')
  await page.locator('#telephone').fill('+46 8 123 45 67')
  await page.locator('#email').fill(`kontakt@${name.toLowerCase()}.example`)
  await page.locator('#type').selectOption('agency')
  await page.getByLabel(t('authorities:level.national'), { exact: true }).check()
  await press(person, t('invitations:register.next'))
  await page.getByRole('link', { name: t('authorities:registration.city.missing') }).waitFor()
  await person.sees(t('invitations:register.authority'))
  await page.locator('#city').fill('Umeå')
}

/** The code is used: another browser learns nothing with it. */
export async function codeIsUsed(person: Person, code: string): Promise<void> {
  const { page, t } = person
  await page.goto('/register')
  await enter(person, { [t('invitations:code.label')]: code })
  await press(person, t('invitations:code.submit'))
  await person.sees(t('invitations:refused.used.title'))
}

/** Validates what waits, and grants the module of the invitation, which stands ready (B2, C2). */
export async function validate(
  person: Person,
  { name }: Invited,
  { module, coordinator }: { module: string; coordinator: string },
): Promise<void> {
  const { page, t } = person
  await page.goto('/registrations')
  await person.sees(t('invitations:registrations.title'))
  await follow(person, name)
  await person.sees(t('invitations:registration.title', { name }))
  await press(person, t('invitations:registration.submit'))
  await person.sees(t('grants:give.title'))
  await page.getByLabel(t('grants:role.authority'), { exact: true }).check()
  await page.getByLabel(coordinator, { exact: true }).check()
  await press(person, t('grants:give.submit'))
  await page.getByRole('heading', { level: 2, name: module, exact: true }).waitFor()
  await person.sees(name)
}
