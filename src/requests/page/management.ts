import type { Knex } from 'knex'
import { rowsOf } from '../../platform/db/statement.ts'
import { countryName } from '../../platform/i18n/names.ts'
import type { Actor } from '../../policy.ts'
import type { FoundRequest } from '../queries.ts'
import type { Reader } from './overview.ts'

/** Contact data of an authority that has to do with a request. */
interface Contact {
  id: number
  country: string
  name: string
  language: string
  street: string
  city: string
  telephone: string
  email: string
  deleted: boolean
}

/** The places that authorities have in a request, in the order in which the page shows them. */
const places = ['requester', 'requesterCoordinator', 'responder', 'coordinator'] as const
type Place = (typeof places)[number]

type Contacts = Partial<Record<Place, Contact>>

/** The contact data of both authorities and of their coordinators, for each of these parts of a request. */
export async function listContacts(db: Knex, parts: readonly FoundRequest[]): Promise<Contacts[]> {
  const numbered = parts.map((part): Record<Place, number | null> => ({
    requester: part.requester.id,
    requesterCoordinator: part.requesterCoordinatorId,
    responder: part.responder?.id ?? null,
    coordinator: part.coordinatorId,
  }))
  const ids = numbered.flatMap(part => Object.values(part).filter(id => id !== null))
  const rows = await rowsOf<Contact>(db, CONTACTS, { ids })
  return numbered.map(part => {
    const found = places.map(place => [place, rows.find(({ id }) => id === part[place])] as const)
    return Object.fromEntries(found.filter(([, contact]) => contact)) as Contacts
  })
}

const CONTACTS = `
  select id, country, official_name as name, official_language as language, street, trim(postal_number || ' ' || city) as city,
    telephone, email, false as deleted
  from authorities where id = any(cast(:ids as int[]))
  union all
  select authority_id, country, official_name, official_language, '', '', '', '', true
  from tombstones where authority_id = any(cast(:ids as int[]))`

/** Contact data as a description list for each place. */
export const shownContacts = (contacts: Contacts, { t, lang }: Reader): object[] =>
  places.flatMap(place => {
    const contact = contacts[place]
    if (!contact) return []
    const { name, language, street, city, telephone, email, country, id, deleted } = contact
    const rows = [
      {
        label: t('requests:contact.name'),
        value: name,
        lang: language,
        ...(deleted ? {} : { href: `/authorities/${id}` }),
      },
      { label: t('requests:contact.country'), value: countryName(lang, country) },
      { label: t('requests:contact.address'), values: [street, city].filter(Boolean), lang: language },
      { label: t('requests:contact.telephone'), value: telephone },
      {
        label: t('requests:contact.email'),
        value: email,
        href: `mailto:${encodeURIComponent(email).replace('%40', '@')}`,
      },
    ]
    return [{ heading: t(`requests:place.${place}`), rows: deleted ? rows.slice(0, 2) : rows, deleted }]
  })

/** Who is allocated to a request: the responder's own business, so nobody else reads it. */
export async function listAllocated(db: Knex, actor: Actor, request: FoundRequest): Promise<string[] | null> {
  if (!request.usesAllocation || request.responder?.id !== actor.authorityId) return null
  const rows = await rowsOf<{ name: string }>(db, ALLOCATED, { part: request.id })
  return rows.map(({ name }) => name)
}

const ALLOCATED = `
  select u.given_name || ' ' || u.family_name as name
  from request_allocations x join users u on u.id = x.user_id and u.deleted_at is null
  where x.part_id = :part order by u.family_name, u.given_name, u.id`
