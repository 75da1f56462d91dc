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

/** A running invitation in a submission of its own, or in one that is there. */
export async function invited(
  w: World,
  wish: { inviter: AnAuthority; email: string; modules: string[]; status?: string; submission?: number; more?: object },
): Promise<{ id: number; submission: number }> {
  const { inviter, email, status = 'draft' } = wish
  const made = { inviter_id: inviter.id, made_at: w.clock.now() }
  const submission = wish.submission ?? (await aSubmission(w, inviter))
  const [{ id }] = await w
    .knex('invitations')
    .insert({ ...made, submission_id: submission, name: 'Nya verket', language: 'sv', email, status, ...wish.more })
    .returning('id')
  for (const code of wish.modules)
    await w.knex('invitation_modules').insert({ invitation_id: id, module_id: await moduleId(w.knex, code) })
  return { id, submission }
}

/** A submission of nothing yet. */
export async function aSubmission(w: World, { id }: AnAuthority, more: object = {}): Promise<number> {
  const row = { inviter_id: id, state: 'draft', made_at: w.clock.now(), ...more }
  const [made] = await w.knex('invitation_submissions').insert(row).returning('id')
  return made.id
}
