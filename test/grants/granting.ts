import type { World } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import {
  aGrant,
  type AnAuthority,
  aNationalCoordinator,
  anAuthority,
  type AUser,
  aUser,
  moduleId,
} from '../support/factories.ts'

export const REQUESTS = 'professional-qualifications-requests'
export const ALERTS = 'services-alerts'
export const BUTTON = 'Grant the module'
export const DATA_ADMINISTRATOR = { administrator: true, dataAdministrator: 'all' } as const

type Rows = [{ id: number }, ...object[]]

/** The Swedish national coordinator, with somebody who grants modules. */
export interface Granting {
  nimic: AnAuthority
  managerUser: AUser
  manager: Someone
  anAgency(wishes?: Parameters<typeof anAuthority>[1]): Promise<AnAuthority>
  /** The address of the form for one module. */
  formOf(agency: AnAuthority, code: string): Promise<string>
  grantsOf(agency: AnAuthority): Promise<Rows>
}

export async function granting(w: World): Promise<Granting> {
  const nimic = await aNationalCoordinator(w.knex, 'SE', { officialName: 'Kommerskollegium' })
  for (const code of [REQUESTS, ALERTS]) await aGrant(w.knex, nimic, code, { role: 'coordinator' })
  const managerUser = await aUser(w.knex, nimic, DATA_ADMINISTRATOR)
  return {
    nimic,
    managerUser,
    manager: await w.signedIn(managerUser),
    anAgency: wishes => anAuthority(w.knex, { managers: [nimic], ...wishes }),
    formOf: async (agency, code) => `/authorities/${agency.id}/modules/new?module=${await moduleId(w.knex, code)}`,
    grantsOf: async agency => (await w.knex('grants').where({ authority_id: agency.id })) as Rows,
  }
}
