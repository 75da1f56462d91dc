import type { Knex } from 'knex'
import { z } from 'zod'
import {
  authorityFields,
  authorityFrom,
  authorityMistakes,
  emailAddress,
  type Lists,
  type Place,
  telephoneNumber,
} from '../authorities/index.ts'
import { type Body, choice, line, type Mistake } from '../platform/web/form.ts'
import type { Actor } from '../policy.ts'
import { listQuery } from '../platform/web/list.ts'
import { findHolder } from './queries.ts'
import type { Person } from './register-user.ts'
import { userStatuses } from './user.ts'
import { administratorField, roleFields } from './roles/forms.ts'
import type { RoleChoice } from './roles/role.ts'
import type { Registration } from './register-with-first-user.ts'

/** The fields of a person (D1). */
export const personFields = (languages: readonly string[]) => ({
  givenName: line({ missing: 'users:person.givenName.missing', max: 100 }),
  familyName: line({ missing: 'users:person.familyName.missing', max: 100 }),
  userEmail: emailAddress('users:person.email.missing'),
  userTelephone: telephoneNumber('users:person.telephone.missing'),
  userLanguage: choice(languages, 'users:person.language.missing'),
})

type PersonFields = z.output<z.ZodObject<ReturnType<typeof personFields>>>

/** A person as the form has read them. */
export const personFrom = (value: PersonFields): Person => ({
  givenName: value.givenName,
  familyName: value.familyName,
  email: value.userEmail,
  telephone: value.userTelephone,
  language: value.userLanguage,
})

/** What a list of users is asked for; anything odd is the default. */
export const userSearch = z.object({
  status: z.enum(userStatuses).or(z.literal('')).catch(''),
  problems: z.literal('yes').or(z.literal('')).catch(''),
  sort: z.enum(['name', 'lastSignIn']).catch('name'),
  after: listQuery.after,
  before: listQuery.before,
})
export type UserSearch = z.output<typeof userSearch>

/** The form of a colleague: the person, administrator rights, roles module by module (D1). */
export const colleagueForm = (choice: RoleChoice, languages: readonly string[]) =>
  z.object({ ...personFields(languages), ...administratorField, ...roleFields(choice) })

/** The data of a user; who edits the own record has the address confirmed by a link, under the own profile (D8). */
export function userForm(languages: readonly string[], own: { email: string } | null) {
  const { userEmail, ...fields } = personFields(languages)
  const address = own ? z.unknown().transform(() => own.email) : userEmail
  return z.object({ ...fields, userEmail: address, version: versionField })
}

const versionField = z.coerce.number().int().catch(0)

/** A username as somebody wishes it; empty, one is made. */
const username = line().refine(text => text === '' || /^[a-z0-9][a-z0-9._-]{5,29}$/i.test(text), {
  message: 'users:username.malformed',
})

export const usernameForm = z.object({ username })

/** Another person in a user record (D6). */
export const replacementForm = (languages: readonly string[]) =>
  z.object({ ...personFields(languages), username, version: versionField })

/** That an e-mail address cannot be used: only of people of the same authority it is said whose it is. */
export async function addressMistakes(
  db: Knex,
  body: Body,
  user: { id?: number; authorityId: number },
): Promise<Mistake[]> {
  const holder = await findHolder(db, typed(body.userEmail))
  return !holder || holder.id === user.id ? [] : [addressInUse(holder, user.authorityId)]
}

/** That an address is another user's, as somebody may be told who registers users of this authority. */
export const addressInUse = (holder: { authorityId: number; name: string }, authorityId: number): Mistake =>
  holder.authorityId === authorityId
    ? { field: 'userEmail', key: 'users:email.inUseHere', values: { name: holder.name } }
    : { field: 'userEmail', key: 'users:email.inUse' }

/** The form of B1's first step: an authority's data and its first user. */
export const registrationForm = (lists: Lists, place: Place): z.ZodType<Registration> =>
  z
    .object({ ...authorityFields(lists, place), ...personFields(lists.languages.map(({ value }) => value)) })
    .transform(value => ({
      authority: authorityFrom(value, lists, place),
      firstUser: personFrom(value),
      differentFrom: value.noneOfThese,
    }))

/** What the database and the fields together say against a registration; `self` is the authority's own number where it has one. */
export async function registrationMistakes(
  db: Knex,
  actor: Actor,
  body: Body,
  lists: Lists,
  place: Place,
  self?: number,
): Promise<Mistake[]> {
  const [authority, addresses] = await Promise.all([
    authorityMistakes(db, actor, body, lists, place, self),
    registrationAddressMistakes(db, body, self),
  ])
  return [...authority, ...addresses]
}

/**
 * What is wrong with the two addresses of a registration. A functional address that is somebody's personal one is no mistake,
 * but has to be meant: it stops working for the authority when the person leaves [001].
 */
export async function registrationAddressMistakes(db: Knex, body: Body, self?: number): Promise<Mistake[]> {
  const mistakes: Mistake[] = []
  const [own, functional] = [typed(body.userEmail), typed(body.email)]
  const [holder, personal] = await Promise.all([findHolder(db, own), findHolder(db, functional)])
  if (holder && holder.authorityId !== self) mistakes.push({ field: 'userEmail', key: 'users:email.inUse' })
  if (functional !== '' && (functional === own || personal) && !body.personalAddress)
    mistakes.push({ field: 'personalAddress', key: 'users:registration.personalAddress.missing' })
  return mistakes
}

const typed = (value: Body[string]): string => (typeof value === 'string' ? value.trim().toLowerCase() : '')
