import type { Knex } from 'knex'
import type { Actor, Standing } from '../policy.ts'
import { standingsColumn } from '../reach.ts'
import type { AuthorityStatus, ShownStatus, Worded } from './authority.ts'
import { ALIKE, comparable, websiteKey } from './identity.ts'
import { readable, shownStatusColumn, titleColumn } from './queries.ts'

/** What is known of an authority that somebody is about to register or rename. */
export interface Candidate {
  /** Where it is registered already and its data change: it is not compared with itself. */
  id?: number
  country: string
  /** Official names and informal titles, in any language. */
  names: readonly string[]
  email: string
  website: string
}

/** An authority that could be the same, and what speaks for it. */
export interface Duplicate {
  id: number
  officialName: string
  officialLanguage: string
  title: Worded | null
  city: string
  shownStatus: ShownStatus
  reasons: ('name' | 'email' | 'website')[]
  /** Whether the actor may open its page. */
  open: boolean
}

/** More than these are not shown: the likeliest come first. */
const SHOWN = 10

const CLOSE = `
  select a.*, a.email_key = :email as same_email, a.website_key = :website and a.website_key <> '' as same_website,
    coalesce((select max(similarity(line, name))
      from unnest(string_to_array(a.name_key, e'\\n')) line, unnest(cast(:names as text[])) name), 0) as likeness
  from (select *, lower(email) as email_key from authorities) a
  where a.country = :country and a.id <> :id and (a.email_key = :email or (a.website_key = :website and a.website_key <> '') or LIKE_A_NAME)`

interface DuplicateRow {
  id: number
  official_name: string
  official_language: string
  title: Worded | null
  city: string
  status: AuthorityStatus
  shown_status: ShownStatus
  same_email: boolean
  same_website: boolean
  likeness: number
  standings: Standing[]
}

/**
 * Finds authorities of the country that could be the one about to be registered: a name alike in any language, the same e-mail
 * address or website. Deactivated ones and ones still to be validated are among them (B4).
 */
export async function findDuplicates(db: Knex, candidate: Candidate, actor: Actor): Promise<Duplicate[]> {
  const names = [...new Set(candidate.names.map(comparable).filter(name => name !== ''))]
  const alike = ['false', ...names.map((_, i) => `a.name_key %> :name${i}`)].join(' or ')
  const close = db.raw(CLOSE.replace('LIKE_A_NAME', alike), {
    id: candidate.id ?? 0,
    country: candidate.country,
    email: candidate.email.trim().toLowerCase(),
    website: websiteKey(candidate.website),
    names,
    ...Object.fromEntries(names.map((name, i) => [`name${i}`, name])),
  })
  const rows = (await db
    .select('a.*', shownStatusColumn(db), titleColumn(db, actor.language), standingsColumn(db, actor))
    .from(db.raw('(?) as a', [close]))
    .where(any => any.where('a.likeness', '>=', ALIKE).orWhere('a.same_email', true).orWhere('a.same_website', true))
    .orderByRaw('a.likeness desc, a.id')
    .limit(SHOWN)) as DuplicateRow[]
  return rows.map(duplicateFrom)
}

function duplicateFrom(row: DuplicateRow): Duplicate {
  const reasons = { name: row.likeness >= ALIKE, email: row.same_email, website: row.same_website }
  return {
    id: row.id,
    officialName: row.official_name,
    officialLanguage: row.official_language,
    title: row.title,
    city: row.city,
    shownStatus: row.shown_status,
    reasons: (['name', 'email', 'website'] as const).filter(reason => reasons[reason]),
    open: readable(row),
  }
}
