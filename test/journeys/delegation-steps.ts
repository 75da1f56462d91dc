import { expect } from 'vitest'
import { actLink, openAuthority, openTab, told } from './authority-steps.ts'
import { enter, follow, type Person, press } from './person.ts'

/** Looks for an authority and delegates one module to it; what is to be delegated is forgotten at first (C8). */
export async function delegate(person: Person, officialName: string, module: string): Promise<void> {
  const { page, t } = person
  await page.goto('/delegations')
  await person.sees(t('access:list.title'))
  await enter(person, { [t('access:list.q')]: officialName.split(' ')[0] ?? '' })
  await press(person, t('access:list.search'))
  const row = page.locator('#found').getByRole('row').filter({ hasText: officialName })
  await row.waitFor()
  await person.sees(t('access:list.title'))
  await row.getByRole('link', { name: t('access:list.delegate') }).click()
  const title = t('access:delegation.title', { authority: officialName })
  await person.sees(title)
  await press(person, t('access:delegation.continue'))
  await page.getByText(t('access:delegation.scope.missing')).waitFor()
  await person.sees(title)
  await page.getByLabel(t('access:scope.chosen'), { exact: true }).check()
  await page.getByLabel(module, { exact: true }).check()
  await press(person, t('access:delegation.continue'))
  await page.getByText(t('access:delegation.gaining', { count: 1 })).waitFor()
  await person.sees(title)
  await press(person, t('access:delegation.submit.given'))
  await told(person, t('access:list.title'), t('access:delegation.done.given', { authority: officialName }))
}

/** Where an access manager of the module suspends it: what somebody else may try to forge. */
export async function suspensionOf(person: Person, officialName: string, module: string): Promise<string> {
  await openAuthority(person, officialName)
  await openTab(person, officialName, 'modules')
  return (await actLink(person, 'suspend', module).getAttribute('href')) ?? ''
}

/** Opens the form that grants the one module of the delegation; no other module is offered (C2, C8). */
export async function opensGrant(
  person: Person,
  officialName: string,
  { module, others }: { module: string; others: readonly string[] },
): Promise<void> {
  const { page, t } = person
  await openAuthority(person, officialName, { mine: false })
  await openTab(person, officialName, 'modules')
  for (const other of others) expect(await actLink(person, 'suspend', other).count()).toBe(0)
  await follow(person, t('grants:list.giveNext'))
  await person.sees(t('grants:give.title'))
  await offersOnly(person, module)
  await page.getByLabel(module, { exact: true }).check()
  await press(person, t('grants:give.choose'))
  await page.getByLabel(t('grants:role.authority'), { exact: true }).waitFor()
  await person.sees(t('grants:give.title'))
}

async function offersOnly({ page, t }: Person, module: string): Promise<void> {
  const offered = page.getByRole('group', { name: t('grants:give.which'), exact: true }).getByRole('radio')
  expect(await offered.count()).toBe(1)
  await page.getByLabel(module, { exact: true }).waitFor()
}

/** Sends the open form for another module: the page says whose it is to grant. */
export async function forgesModule(person: Person, id: number): Promise<void> {
  const { page, t } = person
  const honest = await page.evaluate<string>(`document.querySelector('input[name=module]').value`)
  expect(honest).not.toBe(String(id))
  await page.evaluate(`document.querySelector('input[name=module]').value = '${id}'`)
  await press(person, t('grants:give.submit'))
  await page.getByRole('link', { name: t('grants:give.refusal.outsideDelegation') }).waitFor()
  await person.sees(t('grants:give.title'))
}

/** Sends the open form to an act that is not theirs: the page says who has the right. */
export async function forgesAct(person: Person, path: string, whoHelps: string): Promise<void> {
  const { page, t } = person
  await page.evaluate(`document.querySelector('main form[method=post]').setAttribute('action', '${path}')`)
  await press(person, t('grants:give.submit'))
  await person.sees(t('help:refusal.title'))
  await page.getByRole('main').getByText(whoHelps).first().waitFor()
}

/** Fills in the open form and grants the module. */
export async function grants(
  person: Person,
  officialName: string,
  { module, coordinator }: { module: string; coordinator: string },
): Promise<void> {
  const { page, t } = person
  await page.getByLabel(t('grants:role.authority'), { exact: true }).check()
  await page.getByLabel(coordinator, { exact: true }).check()
  await press(person, t('grants:give.submit'))
  await page.getByRole('heading', { level: 2, name: module, exact: true }).waitFor()
  await person.sees(officialName)
}
