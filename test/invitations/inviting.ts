import { unseal } from '../../src/platform/secrets.ts'
import type { World } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import { type AnAuthority, aNationalCoordinator, type AUser, aUser, theCommission } from '../support/factories.ts'
import { registration } from '../authorities/registering.ts'

export const SUBMIT = 'Submit'
export const SAVE = 'Save and go on'

export interface Country {
  nimic: AnAuthority
  user: AUser
  manager: Someone
  commission: Someone
}

/** A national coordinator with somebody who invites, and the Commission with an IMI administrator. */
export async function aCountry(w: World): Promise<Country> {
  const nimic = await aNationalCoordinator(w.knex, 'SE', { officialName: 'Samordningsverket' })
  const user = await aUser(w.knex, nimic, { administrator: true, dataAdministrator: 'all', givenName: 'Ingrid' })
  const eu = await aUser(w.knex, await theCommission(w.knex), { administrator: true, imiAdministrator: true })
  return { nimic, user, manager: await w.signedIn(user), commission: await w.signedIn(eu) }
}

/** One row of the form. */
export const row = (number: number, email: string, name: string, modules: string[] = ['Services – requests']) => ({
  [`email_${number}`]: email,
  [`name_${number}`]: name,
  [`language_${number}`]: 'en',
  [`modules_${number}`]: modules,
})

/** The newest code that went to this address, as its reader sees it. */
export async function codeTo(w: World, email: string): Promise<string> {
  const mails = (await w.mails()).filter(
    mail => mail.to_address === email && mail.template === 'invitations/invitation',
  )
  const mail = mails.at(-1)
  const secret = JSON.parse(unseal(w.config.keys, mail?.secret ?? '', `emails ${mail?.message_id}`)) as { code: string }
  return secret.code
}

/** A file with so many invitations, each to an address of its own. */
export const fileOf = (count: number, domain = 'many.test'): string =>
  [
    'email;name;language;modules',
    ...Array.from(
      { length: count },
      (_, i) => `office${i}@${domain};Xq${word(i)} ${word(i * 7919)};sv;services-requests`,
    ),
  ].join('\r\n')

/** Names that are not alike. */
const word = (n: number): string => {
  const letters = 'bcdfghjklmnpqrstvwxz'
  let rest = n * 2_654_435_761 + 97
  return Array.from({ length: 7 }, () => {
    rest = (rest * 1_103_515_245 + 12_345) % 2_147_483_648
    return letters.charAt(rest % letters.length)
  }).join('')
}

/** What a visitor enters in the three steps. */
export function entered(name: string): Record<'authority' | 'firstUser', Record<string, string | string[]>> {
  const { givenName, familyName, userEmail, userTelephone, userLanguage, ...authority } = registration(name) as Record<
    string,
    string | string[]
  >
  return {
    authority,
    firstUser: { givenName, familyName, userEmail, userTelephone, userLanguage } as Record<string, string | string[]>,
  }
}

/** Registers with a code, up to the page with the username. */
export async function register(w: World, code: string, name: string) {
  const visitor = w.stranger()
  const { authority, firstUser } = entered(name)
  const first = await (await visitor.visit('/register')).submit('Go on', { code }, { to: '/register/authority' })
  const second = await first.submit(SAVE, authority, { to: '/register/classification' })
  const third = await second.submit(
    SAVE,
    { policyAreas: ['education'], activities_A: ['02'] },
    { to: '/register/first-user' },
  )
  const summary = await third.submit(SAVE, firstUser, { to: '/register/summary' })
  return { visitor, summary, done: await summary.submit('Hand in the registration', {}, { to: '/register/done' }) }
}
