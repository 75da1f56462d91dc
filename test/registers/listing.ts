import type { World } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import { aDelegation, type AnAuthority, anAuthority, aUser, type AUser } from '../support/factories.ts'
import type { Entries } from '../support/form-fill.ts'
import { QUALIFICATIONS } from '../support/registers.ts'

export const SAVE = 'Save'

/** An entry with nothing wrong. */
export const entry = (more: Entries = {}): Entries => ({
  name_sv: 'Legitimationsregistret',
  title_en: 'Register of licences',
  address: 'https://register.authority.test/search?kind=1',
  languages: ['sv', 'en'],
  access: 'open',
  contents: ['right', 'restrictions'],
  note: 'Sök med hela namnet.',
  noteLanguage: 'sv',
  modules: [QUALIFICATIONS],
  [`keywords_1`]: ['pq-nurse', 'pq-midwife'],
  ...more,
})

/** Who has to do with what an authority lists. */
export interface Keepers {
  authority: AnAuthority
  admin: AUser
  /** The administrator, a basic user of the authority, an access manager of record, one that is not, somebody abroad. */
  own: Someone
  member: Someone
  ofRecord: AnAuthority
  manager: Someone
  other: Someone
  abroad: Someone
}

/** An authority with everybody who may, and may not, list its registers. */
export async function keepers(w: World): Promise<Keepers> {
  const manager = async () => {
    const authority = await anAuthority(w.knex)
    await aDelegation(w.knex, authority)
    const user = await aUser(w.knex, authority, { administrator: true, dataAdministrator: 'all' })
    return { authority, someone: await w.signedIn(user) }
  }
  const record = await manager()
  const authority = await anAuthority(w.knex, { officialName: 'Socialstyrelsen', managers: [record.authority] })
  const admin = await aUser(w.knex, authority, { administrator: true, givenName: 'Ada', familyName: 'Alm' })
  const foreign = await aUser(w.knex, await anAuthority(w.knex, { country: 'DK', language: 'da' }), {
    administrator: true,
  })
  return {
    authority,
    admin,
    own: await w.signedIn(admin),
    member: await w.signedIn(await aUser(w.knex, authority)),
    ofRecord: record.authority,
    manager: record.someone,
    other: (await manager()).someone,
    abroad: await w.signedIn(foreign),
  }
}

/** The mails that tell of a change, by who gets them. */
export async function told(w: World): Promise<string[]> {
  const templates = ['registers/changed', 'authorities/changed-by-another']
  return (await w.mails()).filter(({ template }) => templates.includes(template)).map(({ to_address }) => to_address)
}
