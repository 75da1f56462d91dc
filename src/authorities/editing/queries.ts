import type { Knex } from 'knex'
import { rowsOf } from '../../platform/db/statement.ts'
import type { AuthorityData } from '../authority.ts'

/** An authority's data as they are edited: codes and not names, with the versions that tell whether somebody was faster. */
export interface AuthorityRecord extends AuthorityData {
  version: number
  classificationVersion: number
}

const RECORD = `
  select a.country, a.street, a.postal_number as "postalNumber", a.city, a.telephone, a.website, a.email, a.languages,
    coalesce(a.type, '') as type, a.level, a.region, a.version, a.classification_version as "classificationVersion",
    (select coalesce(json_object_agg(n.language, n.name order by n.language <> a.official_language, n.language), '{}')
      from authority_names n where n.authority_id = a.id) as names,
    (select coalesce(json_object_agg(w.language, w.title order by w.language), '{}')
      from authority_titles w where w.authority_id = a.id) as titles,
    array(select x.policy_area from authority_policy_areas x where x.authority_id = a.id order by 1) as "policyAreas",
    array(select x.economic_activity from authority_economic_activities x where x.authority_id = a.id order by 1)
      as "economicActivities",
    array(select k.code from authority_keywords x join keywords k on k.id = x.keyword_id where x.authority_id = a.id order by 1)
      as keywords
  from authorities a where a.id = :id`

/** The data of one authority, in one statement. */
export async function findRecord(db: Knex, id: number): Promise<AuthorityRecord> {
  const [record] = (await rowsOf(db, RECORD, { id })) as [AuthorityRecord]
  return record
}

/** The data, with the row locked: whoever edits it after this one sees what this one saved. */
export async function lockRecord(db: Knex.Transaction, id: number): Promise<AuthorityRecord> {
  await db('authorities').where({ id }).forUpdate().first('id')
  return findRecord(db, id)
}

/** Whether an address is the personal one of a user: a functional address that is somebody's own stops working when they leave [001]. */
export async function isPersonal(db: Knex, email: string): Promise<boolean> {
  const found = await db('users')
    .whereRaw('lower(email) = lower(?)', [email])
    .where({ deleted_at: null })
    .first<{ id: number } | undefined>('id')
  return found !== undefined
}

/** When the data were last confirmed, and who uses IMI for the authority. */
export interface Confirmation {
  confirmedAt: Date | null
  users: { name: string; email: string; administrator: boolean; lastSignedInAt: string | null }[]
}

const CONFIRMATION = `
  select a.data_confirmed_at as "confirmedAt",
    (select coalesce(json_agg(json_build_object('name', u.given_name || ' ' || u.family_name, 'email', u.email,
        'administrator', u.administrator, 'lastSignedInAt', u.last_signed_in_at) order by u.family_name, u.given_name, u.id), '[]')
      from users u where u.authority_id = a.id and u.deleted_at is null) as users
  from authorities a where a.id = :id`

/** What the administrators confirm beside the data: that its users still work there (B16, [004]). */
export async function findConfirmation(db: Knex, id: number): Promise<Confirmation> {
  const [confirmation] = (await rowsOf(db, CONFIRMATION, { id })) as [Confirmation]
  return confirmation
}

const SHOWN = `
  select a.version || '.' || a.classification_version || '.' || md5((select coalesce(string_agg(
      concat_ws(' ', u.id, u.given_name, u.family_name, u.email, u.administrator), ',' order by u.id), '')
    from users u where u.authority_id = a.id and u.deleted_at is null)) as shown
  from authorities a where a.id = :id`

/** The state of all that the page to confirm shows but the visits: data, classification, people. */
export async function findShown(db: Knex, id: number): Promise<string> {
  const [{ shown }] = (await rowsOf(db, SHOWN, { id })) as [{ shown: string }]
  return shown
}
