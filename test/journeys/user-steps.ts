import { languageName } from '../../src/platform/i18n/names.ts'
import { openTab, told } from './authority-steps.ts'
import { enter, follow, type Person, press } from './person.ts'

export async function openUser(person: Person, officialName: string, name: string): Promise<void> {
  await openTab(person, officialName, 'users')
  await follow(person, name)
  await person.sees(name)
}

export interface Successor {
  givenName: string
  familyName: string
  email: string
  telephone: string
}

/** Puts another person into the record of a user, and reads the username to be told (D6). */
export async function replacePerson(person: Person, name: string, successor: Successor): Promise<string> {
  const { page, t, language } = person
  await follow(person, t('users:user.replace'))
  await person.sees(t('users:replacement.title', { name }))
  await enter(person, {
    [t('users:field.givenName')]: successor.givenName,
    [t('users:field.familyName')]: successor.familyName,
    [t('users:field.email')]: successor.email,
    [t('users:field.telephone')]: successor.telephone,
  })
  const working = page.getByLabel(t('users:field.language'), { exact: true })
  await working.selectOption(languageName(language, 'en'))
  await press(person, t('users:replacement.submit'))
  const now = `${successor.givenName} ${successor.familyName}`
  await told(person, t('users:username.title', { name: now }), t('users:replacement.done'))
  return page.locator('.imi-secret__value').innerText()
}

/** Takes a role from the user whose page is open, or gives it. */
export async function changeRole(
  person: Person,
  name: string,
  { module, role, holds }: { module: string; role: 'allocator'; holds: boolean },
): Promise<void> {
  const { page, t } = person
  await follow(person, t('users:user.roles'))
  await person.sees(t('users:roles.title', { name }))
  const roles = page.getByRole('group', { name: module, exact: true })
  await roles.getByLabel(t(`users:roleLabel.${role}`), { exact: true }).setChecked(holds)
  await press(person, t('users:save'))
  await told(person, name, t('users:roles.done', { name }))
}

/** Deletes the user whose page is open; who takes over as allocator is forgotten at first (D4). */
export async function deleteUser(
  person: Person,
  name: string,
  { officialName, module, heir }: { officialName: string; module: string; heir: string },
): Promise<void> {
  const { page, t } = person
  await follow(person, t('users:user.delete'))
  await person.sees(t('users:deletion.title', { name }))
  await press(person, t('users:deletion.submit'))
  await page.getByRole('link', { name: t('users:holder.missing.allocator', { module }) }).waitFor()
  await person.sees(t('users:deletion.title', { name }))
  await page.getByLabel(t('users:holder.label.allocator', { module }), { exact: true }).selectOption(heir)
  await press(person, t('users:deletion.submit'))
  await told(person, officialName, t('users:deletion.done', { name }))
}
