import type { World } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import {
  aDelegation,
  type AnAuthority,
  aNationalCoordinator,
  anAuthority,
  aUser,
  aGrant,
  moduleId,
} from '../support/factories.ts'

export const QUALIFICATIONS = 'professional-qualifications-requests'
export const SERVICES = 'services-requests'
export const DATA_ADMINISTRATOR = { administrator: true, dataAdministrator: 'all' } as const

/** The national coordinator of Sweden, with somebody who delegates. */
export interface Delegating {
  nimic: AnAuthority
  someone: Someone
  anAgency(wishes?: Parameters<typeof anAuthority>[1]): Promise<AnAuthority>
  /** The address of the second step, with what is chosen in the first. */
  choice(agency: AnAuthority, scope: 'all' | 'none' | readonly string[], region?: string): Promise<string>
  /** An access manager without people. */
  aManager(modules?: 'all' | string[], region?: string): Promise<AnAuthority>
  eventsOf(authority: AnAuthority, event: string): Promise<{ details: object }[]>
  managersOf(authority: AnAuthority): Promise<number[]>
  validatingOf(authority: AnAuthority): Promise<number | null>
}

export async function delegating(w: World): Promise<Delegating> {
  const nimic = await aNationalCoordinator(w.knex, 'SE', { officialName: 'Kommerskollegium' })
  for (const code of [QUALIFICATIONS, SERVICES]) await aGrant(w.knex, nimic, code, { role: 'coordinator' })
  const someone = await w.signedIn(await aUser(w.knex, nimic, DATA_ADMINISTRATOR))
  return {
    nimic,
    someone,
    anAgency: wishes => anAuthority(w.knex, { managers: [nimic], ...wishes }),
    async choice(agency, scope, region = '') {
      const chosen = new URLSearchParams({ chosen: 'yes', scope: typeof scope === 'string' ? scope : 'chosen', region })
      for (const code of typeof scope === 'string' ? [] : scope)
        chosen.append('modules', String(await moduleId(w.knex, code)))
      return `/authorities/${agency.id}/delegation?${chosen.toString()}`
    },
    async aManager(modules = 'all', region) {
      const manager = await anAuthority(w.knex, { managers: [nimic] })
      await aDelegation(w.knex, manager, { modules, ...(region && { region }) })
      return manager
    },
    eventsOf: ({ id }, event) =>
      w
        .knex('audit_events as e')
        .join('audit_values as v', 'v.event_id', 'e.id')
        .where({ event, authority_id: id })
        .orderBy('e.id'),
    managersOf: ({ id }) =>
      w.knex('authority_access_managers').where({ authority_id: id }).orderBy('manager_id').pluck('manager_id'),
    validatingOf: async ({ id }) =>
      (await w.knex('authorities').where({ id }).first('validating_authority_id')).validating_authority_id,
  }
}
