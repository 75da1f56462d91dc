import { expect } from 'vitest'
import type { World } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import {
  aDelegation,
  aGrant,
  type AnAuthority,
  aNationalCoordinator,
  anAuthority,
  aUser,
} from '../support/factories.ts'
import { ALERTS, DATA_ADMINISTRATOR, type Granting, REQUESTS } from './granting.ts'

type GrantWishes = NonNullable<Parameters<typeof aGrant>[3]>

/** An authority with one module, its administrator at the browser, and the page of the grant that is tried. */
export interface Acting {
  agency: AnAuthority
  id: number
  moduleId: number
  administrator: Someone
  at(page: string): string
  row(): Promise<Record<string, unknown>>
}

export async function acting(w: World, g: Granting, wishes: GrantWishes & { module?: string } = {}): Promise<Acting> {
  const { module = REQUESTS, ...grant } = wishes
  const agency = await g.anAgency()
  const { id, moduleId } = await aGrant(w.knex, agency, module, { coordinators: [g.nimic], ...grant })
  const administrator = await w.signedIn(await aUser(w.knex, agency, { administrator: true }))
  return {
    agency,
    id,
    moduleId,
    administrator,
    at: page => `/grants/${id}/${page}`,
    row: async () => (await w.knex('grants').where({ id }).first()) as Record<string, unknown>,
  }
}

/** Another active coordinator of the country, in the module. */
export async function aCoordinator(w: World, module = REQUESTS, wishes: Parameters<typeof anAuthority>[1] = {}) {
  const authority = await anAuthority(w.knex, wishes)
  const grant = await aGrant(w.knex, authority, module, { role: 'coordinator' })
  return { ...authority, grantId: grant.id }
}

/** People to whom no act on the agency's module is open, whatever it is. */
export const outsiders: Record<string, (w: World, g: Granting, agency: AnAuthority) => Promise<Someone>> = {
  'a colleague who is no administrator': async (w, _g, agency) => w.signedIn(await aUser(w.knex, agency)),
  'its coordinator’s administrator': async w =>
    w.signedIn(await aUser(w.knex, await aCoordinator(w), { administrator: true })),
  'an access manager for another module': async w => {
    const delegate = await anAuthority(w.knex)
    await aDelegation(w.knex, delegate, { modules: [ALERTS] })
    return w.signedIn(await aUser(w.knex, delegate, DATA_ADMINISTRATOR))
  },
  'an access manager of another region': async w => {
    const delegate = await anAuthority(w.knex)
    await aDelegation(w.knex, delegate, { region: 'SE12' })
    return w.signedIn(await aUser(w.knex, delegate, DATA_ADMINISTRATOR))
  },
  'a national coordinator of another country': async w => {
    const abroad = await w.knex('authorities').where({ country: 'DK', kind: 'national coordinator' }).first('id')
    const nimic =
      (abroad as { id: number } | undefined) ?? (await aNationalCoordinator(w.knex, 'DK', { language: 'da' }))
    return w.signedIn(await aUser(w.knex, nimic, DATA_ADMINISTRATOR))
  },
}

/** A manager for this module alone, and its authority also holds another module: that one is outside. */
export async function managerFor(w: World, module: string): Promise<Someone> {
  const delegate = await anAuthority(w.knex)
  await aDelegation(w.knex, delegate, { modules: [module] })
  return w.signedIn(await aUser(w.knex, delegate, DATA_ADMINISTRATOR))
}

/** Neither the page opens nor is anything sent accepted; the row stays as it was. */
export async function refusedTo(someone: Someone, a: Acting, page: string, body: Record<string, string> = {}) {
  const before = await a.row()
  const shown = await someone.visit(a.at(page), { status: 403 })
  expect(shown.text).toContain('You may not')
  const sent = await someone.request('POST', a.at(page), { body })
  expect(sent.status).toBe(403)
  expect(sent.text).toContain('You may not')
  expect(await a.row()).toEqual(before)
}

/** The last entry of the history about this grant. */
export async function lastEvent(w: World, grantId: number) {
  return w
    .knex('audit_events as e')
    .join('audit_values as v', 'v.event_id', 'e.id')
    .where({ subject_type: 'grant', subject_id: grantId })
    .orderBy('e.id', 'desc')
    .first()
}

/** The mails since then: template, address, copies. */
export async function mailsSince(w: World, count: number) {
  const mails = (await w.mails()).slice(count)
  return mails.map(({ template, to_address, cc }) => ({ template, to: to_address, cc }))
}

/** What roles somebody has in all modules. */
export const rolesOf = async (w: World, user: { id: number }): Promise<string[]> =>
  w.knex('user_roles').where({ user_id: user.id }).orderBy('role').pluck('role')
