import type { Change } from '../../platform/db/change.ts'
import { RuleBroken } from '../../platform/errors.ts'
import type { Actor } from '../../policy.ts'
import type { Authority } from '../authority.ts'
import { type Candidate, findDuplicates } from '../duplicates.ts'
import { comparable, nameKey, websiteKey } from '../identity.ts'
import { allNames } from '../register-authority.ts'
import { lockAccess } from '../standing-now.ts'
import { tellManagersOfRecord } from '../tell-managers.ts'
import { indexWords } from '../words.ts'
import { type Changes, changesBetween, type EditableData } from './changes.ts'
import { assertNotOvertaken, type Edition, tellThoseSavedOver } from './overtaking.ts'
import { type AuthorityRecord, lockRecord } from './queries.ts'

declare module '../../platform/db/change.ts' {
  interface AuditEvents {
    'authority.edited': Changes & { version: number }
  }
}

/** The fields by which an authority could be another one that is registered already (B4). */
const IDENTITY = ['names', 'titles', 'email', 'website'] as const

/** An edit as it was sent: the fields that this person may change, and the authorities that this one is said not to be. */
export interface Edit extends Edition {
  data: Partial<EditableData>
  differentFrom: readonly number[]
}

/**
 * Changes the data of an authority (B2, B9, [000 3.1.1]). Which fields a person may change is decided before. Throws Overtaken
 * when somebody saved meanwhile; RuleBroken when nothing differs, or when the authority could now be taken for another (B4).
 */
export async function editAuthority(c: Change, actor: Actor, authority: Authority, edit: Edit): Promise<void> {
  await lockAccess(c.db, authority.country)
  const now = await lockRecord(c.db, authority.id)
  await assertNotOvertaken(c, 'authority.edited', authority, { read: edit.version, stands: now.version })
  const changes = changesBetween(now, edit.data)
  const fields = Object.keys(changes.after)
  if (fields.length === 0) throw new RuleBroken('authorities:edit.nothing')
  const wanted = { ...now, ...changes.after }
  if (changesIdentity(changes)) await assertUnlikeOthers(c, actor, authority, changes, edit.differentFrom)
  await updateData(c, authority, wanted)
  const version = now.version + 1
  await c.record(
    'authority.edited',
    { type: 'authority', id: authority.id, authorityId: authority.id },
    { ...changes, version },
  )
  await tellThoseSavedOver(c, 'authority.edited', authority, { by: actor, opened: edit.opened, fields })
  await tellManagersOfRecord(c, actor, authority)
}

export const changesIdentity = ({ after }: Changes): boolean => IDENTITY.some(field => field in after)

/** What others are compared with: only what is new, since of the rest somebody has said already that it is no other authority. */
export function candidateOf({ id, country }: Authority, { before, after }: Changes): Candidate {
  const known = allNames({ names: before.names ?? {}, titles: before.titles ?? {} })
  const names = allNames({ names: after.names ?? {}, titles: after.titles ?? {} })
  return {
    id,
    country,
    names: names.filter(name => !known.includes(name)),
    email: after.email ?? '',
    website: after.website ?? '',
  }
}

async function assertUnlikeOthers(
  c: Change,
  actor: Actor,
  authority: Authority,
  changes: Changes,
  differentFrom: readonly number[],
): Promise<void> {
  const duplicates = await findDuplicates(c.db, candidateOf(authority, changes), actor)
  if (duplicates.some(({ id }) => !differentFrom.includes(id)))
    throw new RuleBroken('authorities:edit.noneOfThese.missing', { field: 'noneOfThese' })
}

async function updateData({ db }: Change, { id, officialLanguage }: Authority, wanted: AuthorityRecord): Promise<void> {
  const language =
    officialLanguage in wanted.names ? officialLanguage : (Object.keys(wanted.names)[0] ?? officialLanguage)
  const officialName = wanted.names[language] ?? ''
  await db('authorities')
    .where({ id })
    .update({
      official_name: officialName,
      official_language: language,
      street: wanted.street,
      postal_number: wanted.postalNumber,
      city: wanted.city,
      telephone: wanted.telephone,
      website: wanted.website,
      email: wanted.email,
      languages: wanted.languages,
      type: wanted.type || null,
      level: wanted.level,
      region: wanted.region,
      sort_name: comparable(officialName),
      name_key: nameKey(allNames(wanted)),
      website_key: websiteKey(wanted.website),
      version: wanted.version + 1,
    })
  await replaceWorded(db, id, wanted)
  await indexWords(db, id)
}

async function replaceWorded(db: Change['db'], id: number, { names, titles }: EditableData): Promise<void> {
  const named = Object.entries(names).map(([language, name]) => ({ authority_id: id, language, name }))
  const titled = Object.entries(titles).map(([language, title]) => ({ authority_id: id, language, title }))
  await db('authority_names').where({ authority_id: id }).delete()
  await db('authority_titles').where({ authority_id: id }).delete()
  await db('authority_names').insert(named)
  if (titled.length > 0) await db('authority_titles').insert(titled)
}
