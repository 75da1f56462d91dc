import type { MadeAuthority, MadeGrant } from './authority.ts'
import { languageOf } from './languages/index.ts'

export const PEOPLE_EACH = 3

export interface MadeUser {
  id: number
  username: string
  email: string
  givenName: string
  familyName: string
  administrator: boolean
  dataAdministrator: boolean
  /** Has never signed in. */
  fresh: boolean
  roles: { module: string; role: string }[]
}

/** The people of an authority: its administrator with every role, a handler, and one who has not signed in yet. */
export function makePeople(
  authority: MadeAuthority,
  firstId: number,
  rolesIn: (grant: MadeGrant) => string[],
): MadeUser[] {
  const { given, family } = languageOf(authority.language)
  return Array.from({ length: PEOPLE_EACH }, (_, place) => {
    const id = firstId + place
    const administrator = place === 0
    const manages = authority.delegation !== undefined || authority.kind === 'national coordinator'
    const roles = authority.grants.flatMap(grant =>
      (administrator ? rolesIn(grant) : rolesIn(grant).slice(0, 1)).map(role => ({ module: grant.module, role })),
    )
    return {
      id,
      username: `p${String(id).padStart(7, '0')}`,
      email: `person.${id}@${authority.country.toLowerCase()}.imi-scale.example`,
      givenName: given[(id * 7) % given.length] ?? '',
      familyName: family[(id * 3 + authority.id) % family.length] ?? '',
      administrator,
      dataAdministrator: administrator && manages,
      fresh: place === PEOPLE_EACH - 1 && authority.id % 4 === 0,
      roles: place === PEOPLE_EACH - 1 ? roles.slice(0, 1) : roles,
    }
  })
}
