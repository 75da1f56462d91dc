import type { World } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import type { Page } from '../support/page.ts'
import { type AnAuthority, aNationalCoordinator, anAuthority, type AUser, aUser } from '../support/factories.ts'

export const REQUESTS = 'professional-qualifications-requests'
export const SERVICES = 'services-requests'
export const ALERTS = 'services-alerts'

/** The national coordinator of Sweden and an agency that it has registered, each with somebody who administers it. */
export interface People {
  nimic: AnAuthority
  managerUser: AUser
  manager: Someone
  agency: AnAuthority
  administratorUser: AUser
  administrator: Someone
}

export async function people(w: World): Promise<People> {
  const nimic = await aNationalCoordinator(w.knex, 'SE', { officialName: 'Samordningsverket' })
  const managerUser = await aUser(w.knex, nimic, { administrator: true, dataAdministrator: 'all' })
  const agency = await anAuthority(w.knex, { officialName: 'Byggmyndigheten', managers: [nimic] })
  const administratorUser = await aUser(w.knex, agency, {
    administrator: true,
    givenName: 'Ada',
    familyName: 'Adelborg',
  })
  return {
    nimic,
    managerUser,
    manager: await w.signedIn(managerUser),
    agency,
    administratorUser,
    administrator: await w.signedIn(administratorUser),
  }
}

/** An authority of its own with somebody who administers it: what is changed there disturbs no other test. */
export interface Office {
  authority: AnAuthority
  administratorUser: AUser
  administrator: Someone
}

export async function anOffice(w: World, { nimic }: People): Promise<Office> {
  const authority = await anAuthority(w.knex, { managers: [nimic] })
  const administratorUser = await aUser(w.knex, authority, { administrator: true, familyName: 'Ansvarig' })
  return { authority, administratorUser, administrator: await w.signedIn(administratorUser) }
}

/** Those who have no business with the users of the agency, each with the answer they get. */
export async function outsiders(w: World, { agency }: People): Promise<Record<string, Someone>> {
  const danish = await aNationalCoordinator(w.knex, 'DK', { language: 'da' })
  const other = await anAuthority(w.knex)
  return {
    'a basic user of the authority': await w.signedIn(await aUser(w.knex, agency)),
    'an administrator of another authority': await w.signedIn(await aUser(w.knex, other, { administrator: true })),
    'an access manager of another country': await w.signedIn(
      await aUser(w.knex, danish, { administrator: true, dataAdministrator: 'all' }),
    ),
  }
}

/** What stands in a user record. */
export const userRow = (w: World, id: number): Promise<Record<string, unknown>> =>
  w.knex('users').where({ id }).first() as Promise<Record<string, unknown>>

/** The roles of a user, as "code: role". */
export async function rolesOf(w: World, id: number): Promise<string[]> {
  const rows = (await w
    .knex('user_roles as r')
    .join('modules as m', 'm.id', 'r.module_id')
    .where('r.user_id', id)
    .select('m.code', 'r.role')) as { code: string; role: string }[]
  return rows.map(({ code, role }) => `${code}: ${role}`).sort()
}

/** What can be ticked under a name. */
export const boxes = (page: Page, name: string): string[] =>
  [...page.html.matchAll(new RegExp(`name="${name}" value="([^"]*)"`, 'g'))].map(([, value = '']) => value)

/** The entries of the history about one user, the last one at the end. */
export const eventsOf = async (w: World, id: number): Promise<{ event: string; details: object }[]> =>
  (await w
    .knex('audit_events as e')
    .join('audit_values as v', 'v.event_id', 'e.id')
    .where({ 'e.subject_type': 'user', 'e.subject_id': id })
    .orderBy('e.id')
    .select('e.event', 'v.details')) as { event: string; details: object }[]

/** The mails since the last look: to whom, and which text. */
export async function newMails(
  w: World,
  work: () => Promise<unknown>,
): Promise<{ to: string; template: string; row: object }[]> {
  const before = (await w.mails()).length
  await work()
  return (await w.mails()).slice(before).map(row => ({ to: row.to_address, template: row.template, row }))
}
