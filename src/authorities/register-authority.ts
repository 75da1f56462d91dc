import type { Change } from '../platform/db/change.ts'
import { RuleBroken } from '../platform/errors.ts'
import type { Actor } from '../policy.ts'
import type { AuthorityData, RegisteredAuthority } from './authority.ts'
import { findDuplicates } from './duplicates.ts'
import { authorityRegistered } from './emails.ts'
import { comparable, nameKey, websiteKey } from './identity.ts'
import { assertMayRegister, lockAccess } from './standing-now.ts'
import { indexWords } from './words.ts'

declare module '../platform/db/change.ts' {
  interface AuditEvents {
    'authority.registered': AuthorityData
  }
}

/**
 * Registers an authority: active at once, with the registering authority as its access manager and validating authority [000 3].
 * `differentFrom` are those the user has seen and found to be others. Throws RuleBroken when there are more that could be the
 * same: somebody else may have been faster (B4); Forbidden when the registrar has stopped being access manager there meanwhile.
 */
export async function registerAuthority(
  c: Change,
  registrar: Actor,
  data: AuthorityData,
  differentFrom: readonly number[],
): Promise<RegisteredAuthority> {
  await assertNotRegistered(c, registrar, data, { differentFrom })
  await assertMayRegister(c, registrar, data)
  const authority = await insertAuthority(c, registrar, data)
  await insertNames(c, authority.id, data)
  await insertClassification(c, authority.id, data)
  await c.db('authority_access_managers').insert({
    authority_id: authority.id,
    manager_id: registrar.authorityId,
    since: c.at,
  })
  await indexWords(c.db, authority.id)
  const { id } = authority
  await c.record('authority.registered', { type: 'authority', id, authorityId: id }, data)
  await c.send(authorityRegistered(authority, data, registrar))
  return authority
}

/** Every name an authority is known by, official and informal. */
export const allNames = ({ names, titles }: Pick<AuthorityData, 'names' | 'titles'>): string[] => [
  ...Object.values(names),
  ...Object.values(titles),
]

/**
 * Sees to it that an authority is registered once (B4); until the end of the transaction nobody else registers one in the country.
 * `id`: it is registered already, to be validated, and not compared with itself.
 * @throws RuleBroken when there are others that could be the same
 */
export async function assertNotRegistered(
  c: Change,
  registrar: Actor,
  data: AuthorityData,
  { id, differentFrom }: { id?: number; differentFrom: readonly number[] },
): Promise<void> {
  await lockAccess(c.db, data.country)
  const { country, email, website } = data
  const candidate = { ...(id !== undefined && { id }), country, names: allNames(data), email, website }
  const duplicates = await findDuplicates(c.db, candidate, registrar)
  if (duplicates.some(({ id }) => !differentFrom.includes(id)))
    throw new RuleBroken('authorities:registration.noneOfThese.missing', { field: 'noneOfThese' })
}

async function insertAuthority(c: Change, registrar: Actor, data: AuthorityData): Promise<RegisteredAuthority> {
  const [row] = (await c
    .db('authorities')
    .insert({
      ...authorityColumns(data),
      status: 'active',
      validating_authority_id: registrar.authorityId,
      registered_at: c.at,
    })
    .returning('id')) as [{ id: number }]
  return { id: row.id, ...officialNameOf(data) }
}

/** The name that stands for all: the one in the country's first language that has one. */
export function officialNameOf({ names }: AuthorityData): Omit<RegisteredAuthority, 'id'> {
  const [officialLanguage, officialName] = Object.entries(names)[0] ?? ['', '']
  return { officialLanguage, officialName }
}

/** The data of an authority as its row holds them. */
export function authorityColumns(data: AuthorityData): object {
  const { officialLanguage, officialName } = officialNameOf(data)
  return {
    country: data.country,
    official_name: officialName,
    official_language: officialLanguage,
    street: data.street,
    postal_number: data.postalNumber,
    city: data.city,
    telephone: data.telephone,
    website: data.website,
    email: data.email,
    languages: data.languages,
    type: data.type,
    level: data.level,
    region: data.region,
    sort_name: comparable(officialName),
    name_key: nameKey(allNames(data)),
    website_key: websiteKey(data.website),
  }
}

/** Writes what an authority is called, where nothing stands yet. */
export async function insertNames({ db }: Change, id: number, { names, titles }: AuthorityData): Promise<void> {
  const named = Object.entries(names).map(([language, name]) => ({ authority_id: id, language, name }))
  const titled = Object.entries(titles).map(([language, title]) => ({ authority_id: id, language, title }))
  await db('authority_names').insert(named)
  if (titled.length > 0) await db('authority_titles').insert(titled)
}

/** Writes what an authority does, where nothing stands yet. */
export async function insertClassification(
  { db }: Change,
  id: number,
  data: Pick<AuthorityData, 'policyAreas' | 'economicActivities' | 'keywords'>,
): Promise<void> {
  await db.raw(`insert into authority_policy_areas (authority_id, policy_area) select ?, unnest(cast(? as text[]))`, [
    id,
    [...data.policyAreas],
  ])
  await db.raw(
    `insert into authority_economic_activities (authority_id, economic_activity) select ?, unnest(cast(? as text[]))`,
    [id, [...data.economicActivities]],
  )
  await db.raw(
    `insert into authority_keywords (authority_id, keyword_id) select ?, id from keywords where code = any(cast(? as text[]))`,
    [id, [...data.keywords]],
  )
}
