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
import { belongsToUser } from './queries.ts'
import type { Person } from './register-user.ts'
import type { Registration } from './register-with-first-user.ts'

/** The fields of a person (D1). */
const personFields = (languages: readonly string[]) => ({
  givenName: line({ missing: 'users:person.givenName.missing', max: 100 }),
  familyName: line({ missing: 'users:person.familyName.missing', max: 100 }),
  userEmail: emailAddress('users:person.email.missing'),
  userTelephone: telephoneNumber('users:person.telephone.missing'),
  userLanguage: choice(languages, 'users:person.language.missing'),
})

type PersonFields = z.output<z.ZodObject<ReturnType<typeof personFields>>>

const personFrom = (value: PersonFields): Person => ({
  givenName: value.givenName,
  familyName: value.familyName,
  email: value.userEmail,
  telephone: value.userTelephone,
  language: value.userLanguage,
})

/** The form of B1's first step: an authority's data and its first user. */
export const registrationForm = (lists: Lists, place: Place): z.ZodType<Registration> =>
  z
    .object({ ...authorityFields(lists, place), ...personFields(lists.languages.map(({ value }) => value)) })
    .transform(value => ({
      authority: authorityFrom(value, lists, place),
      firstUser: personFrom(value),
      differentFrom: value.noneOfThese,
    }))

/**
 * What the database and the fields together say against a registration. A functional address that is somebody's personal one
 * is no mistake, but has to be meant: it stops working for the authority when the person leaves [001].
 */
export async function registrationMistakes(
  db: Knex,
  actor: Actor,
  body: Body,
  lists: Lists,
  place: Place,
): Promise<Mistake[]> {
  const mistakes = await authorityMistakes(db, actor, body, lists, place)
  const [own, functional] = [typed(body.userEmail), typed(body.email)]
  const [ownInUse, personal] = await Promise.all([belongsToUser(db, own), belongsToUser(db, functional)])
  if (ownInUse) mistakes.push({ field: 'userEmail', key: 'users:email.inUse' })
  if (functional !== '' && (functional === own || personal) && !body.personalAddress)
    mistakes.push({ field: 'personalAddress', key: 'users:registration.personalAddress.missing' })
  return mistakes
}

const typed = (value: Body[string]): string => (typeof value === 'string' ? value.trim().toLowerCase() : '')
