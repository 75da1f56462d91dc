import type { Entries } from '../support/form-fill.ts'
import type { World } from '../support/app.ts'
import { aNationalCoordinator, aUser } from '../support/factories.ts'

export const BUTTON = 'Register the authority'

/** A registration with nothing wrong; names and addresses made unique by the word. */
export const registration = (word: string, more: Entries = {}): Entries => ({
  officialName_sv: `${word}verket`,
  title_en: `${word}ish Office`,
  street: 'Storgatan 1',
  postalNumber: '111 22',
  city: 'Uppsala',
  telephone: '+46 18 123 45 67',
  email: `registrator@${word.toLowerCase()}.test`,
  website: `www.${word.toLowerCase()}.test`,
  languages: ['en', 'sv'],
  type: 'agency',
  level: 'national',
  givenName: 'Åsa',
  familyName: 'Öberg',
  userEmail: `asa.oberg@${word.toLowerCase()}.test`,
  userTelephone: '+46 70 123 45 67',
  userLanguage: 'sv',
  ...more,
})

/** The national coordinator of Sweden with a data administrator. */
export async function swedishManager(w: World, wishes: Parameters<typeof aUser>[2] = {}) {
  const nimic = await aNationalCoordinator(w.knex, 'SE', { officialName: 'Samordningsverket' })
  const manager = await aUser(w.knex, nimic, { administrator: true, dataAdministrator: 'all', ...wishes })
  return { nimic, manager, someone: await w.signedIn(manager) }
}
