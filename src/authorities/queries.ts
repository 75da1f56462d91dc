import type { Knex } from 'knex'
import { rowsOf } from '../platform/db/statement.ts'
import { offered } from '../platform/i18n/i18n.ts'
import { countryName } from '../platform/i18n/names.ts'
import type { Actor, AuthorityKind, Standing } from '../policy.ts'
import { standingsOf } from '../reach.ts'
import type { Authority, AuthorityStatus, Level, ShownStatus, Worded } from './authority.ts'

/** The column `shown_status` of an authority joined as `a`; suspended is one whose modules are all suspended (B7). */
export const SHOWN_STATUS = `
  case a.status when 'to validate' then 'toValidate' when 'deactivated' then 'deactivated' else
    case when (select bool_and(g.status = 'suspended') from grants g where g.authority_id = a.id)
    then 'suspended' else 'active' end
  end as shown_status`

/** The column `title` of an authority joined as `a`: its informal title for a reader of the language `:titleFor` (B2). */
export const TITLE = `
  (select json_build_object('text', w.title, 'lang', w.language) from authority_titles w
    where w.authority_id = a.id and w.language in (:titleFor, 'en', a.official_language)
    order by w.language = :titleFor desc, w.language = 'en' desc limit 1) as title`

/** The same columns for a query that Knex puts together. */
export const titleColumn = (db: Knex, language: string): Knex.Raw => db.raw(TITLE, { titleFor: language })
export const shownStatusColumn = (db: Knex): Knex.Raw => db.raw(SHOWN_STATUS)

interface AuthorityRow {
  id: number
  country: string
  kind: AuthorityKind
  status: AuthorityStatus
  official_name: string
  official_language: string
  region: string | null
  level: Level
  shown_status: ShownStatus
  title: Worded | null
  standings: Standing[]
}

/** One that still has to be validated is the business of those who manage it only; a deactivated one can be read by all. */
export const readable = (authority: { status: AuthorityStatus; standings: readonly Standing[] }): boolean =>
  authority.status !== 'to validate' || authority.standings.includes('waiting manager')

/** Finds an authority with what the actor is to it. */
export async function findAuthority(db: Knex, actor: Actor, id: number): Promise<Authority | undefined> {
  const standings = standingsOf(actor)
  const [row] = await rowsOf<AuthorityRow>(
    db,
    `select a.id, a.country, a.kind, a.status, a.official_name, a.official_language, a.region, a.level,
      ${SHOWN_STATUS}, ${TITLE}, ${standings.sql}
    from authorities a where a.id = :id`,
    { ...standings.values, id, titleFor: actor.language },
  )
  if (!row || !readable(row)) return undefined
  return {
    id: row.id,
    authorityId: row.id,
    country: row.country,
    countryName: countryName(offered(actor.language), row.country),
    kind: row.kind,
    status: row.status,
    shownStatus: row.shown_status,
    officialName: row.official_name,
    officialLanguage: row.official_language,
    title: row.title,
    region: row.region,
    level: row.level,
    standings: row.standings,
  }
}
