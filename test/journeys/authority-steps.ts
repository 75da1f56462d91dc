import { languageName } from '../../src/platform/i18n/names.ts'
import { enter, follow, type Person, press } from './person.ts'

/** Opens an authority from the list of those that one manages; or of another access manager in the country. */
export async function openAuthority(person: Person, officialName: string, { mine = true } = {}): Promise<void> {
  const { page, t } = person
  await page.getByRole('link', { name: t('layout:menu.administration'), exact: true }).click()
  await page.getByRole('heading', { level: 1, name: t('search:managed.title'), exact: true }).waitFor()
  if (!mine) {
    await page.getByLabel(t('search:managed.mine.no'), { exact: true }).check()
    await press(person, t('components:search.submit'))
  }
  await page.getByRole('row').filter({ hasText: officialName }).getByRole('link').first().click()
  await person.sees(officialName)
}

type TabName = 'authority' | 'classification' | 'modules' | 'management' | 'users'

export const tabLink = ({ page, t }: Person, tab: TabName) =>
  page
    .getByRole('navigation', { name: t('authorities:tabs.label') })
    .getByRole('link', { name: t(`authorities:tab.${tab}`), exact: true })

export async function openTab(person: Person, officialName: string, tab: TabName): Promise<void> {
  await tabLink(person, tab).click()
  await person.sees(officialName)
}

/** What leads from the tab Modules to an act on one grant. */
export const actLink = (
  { page, t }: Person,
  act: 'settings' | 'coordinators' | 'suspend' | 'restore' | 'role',
  module: string,
) =>
  page
    .getByRole('main')
    .getByRole('link')
    .filter({ hasText: `${t(`grants:act.${act}`)} ${module}` })

/** Says that a page about the authority has come with this sentence on top. */
export async function told(person: Person, heading: string, notice: string): Promise<void> {
  await person.page.getByRole('status').getByText(notice).waitFor()
  await person.sees(heading)
}

/** Edits the data; the telephone number is mistyped at first (B6, B9). */
export async function editData(person: Person, officialName: string): Promise<void> {
  const { page, t, language } = person
  await follow(person, t('authorities:edit.open'))
  await person.sees(officialName)
  const title = `${t('authorities:field.titleIn', { language: languageName(language, 'ga') })} ${t('components:field.optional')}`
  await enter(person, { [title]: 'Óstaí an Rí', [t('authorities:field.telephone')]: 'ask at the desk' })
  await press(person, t('authorities:edit.submit'))
  const mistake = page.getByRole('link', { name: t('authorities:contact.telephone.malformed') })
  await mistake.waitFor()
  await person.sees(officialName)
  await mistake.click()
  await page.locator('#telephone:focus').fill('+353 1 874 48 40')
  await press(person, t('authorities:edit.submit'))
  await told(person, officialName, t('authorities:edit.done', { authority: officialName }))
  await page.getByText('+353 1 874 48 40').waitFor()
}

/** Chooses one more policy area, economic activity and keyword. */
export async function editClassification(person: Person, officialName: string): Promise<void> {
  const { page, t } = person
  await openTab(person, officialName, 'classification')
  await follow(person, t('authorities:edit.classification'))
  await person.sees(officialName)
  await page.getByLabel('Consumer protection', { exact: true }).check()
  for (const [area, choice] of [
    ['Education', /^85 /],
    ['Services', /^Retail/],
  ] as const) {
    await page.getByRole('main').locator('summary').filter({ hasText: area }).first().click()
    await page.getByLabel(choice).check()
  }
  await person.sees(officialName)
  await press(person, t('authorities:edit.submit'))
  await told(person, officialName, t('authorities:edit.done', { authority: officialName }))
  await page.getByText('Consumer protection').waitFor()
}

/** Answers one setting of a module with yes (C3). */
export async function switchOn(
  person: Person,
  officialName: string,
  { module, setting }: { module: string; setting: 'mayRefuse' | 'usesAllocation' },
): Promise<void> {
  const { page, t } = person
  await openTab(person, officialName, 'modules')
  await actLink(person, 'settings', module).click()
  await person.sees(t('grants:settings.title', { module }))
  const answers = page.getByRole('group', { name: t(`grants:setting.${setting}`), exact: true })
  await answers.getByLabel(t('grants:yes'), { exact: true }).check()
  await press(person, t('grants:settings.submit'))
  await told(person, officialName, t('grants:settings.done', { module }))
}

/** Puts another linked coordinator beside those that the authority has in a module (C6). */
export async function linkCoordinator(
  person: Person,
  officialName: string,
  { module, coordinator }: { module: string; coordinator: string },
): Promise<void> {
  const { page, t } = person
  await actLink(person, 'coordinators', module).click()
  await person.sees(t('grants:coordinators.title', { module }))
  await page.getByLabel(coordinator, { exact: true }).check()
  await press(person, t('grants:coordinators.submit'))
  await told(person, officialName, t('grants:coordinators.done', { module }))
  await page.getByRole('main').getByRole('link', { name: coordinator, exact: true }).waitFor()
}

/** Wants to be access manager no longer, and cannot: it is the last one (B7). */
export async function staysLastManager(person: Person, officialName: string): Promise<void> {
  const { page, t } = person
  await openTab(person, officialName, 'management')
  await follow(person, t('authorities:managers.remove.open'))
  await person.sees(t('authorities:managers.remove.title', { authority: officialName }))
  await page.getByText(t('authorities:managers.last')).waitFor()
  await follow(person, t('authorities:managers.back'))
  await person.sees(officialName)
}

/** Becomes access manager beside another authority, and leaves it to that one again (B7). */
export async function managesForAWhile(person: Person, officialName: string): Promise<void> {
  const { t } = person
  await openTab(person, officialName, 'management')
  for (const act of ['add', 'remove'] as const) {
    await follow(person, t(`authorities:managers.${act}.open`))
    await person.sees(t(`authorities:managers.${act}.title`, { authority: officialName }))
    await press(person, t(`authorities:managers.${act}.submit`))
    await told(person, officialName, t(`authorities:managers.${act}.done`, { authority: officialName }))
  }
}
