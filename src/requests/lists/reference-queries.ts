import type { Knex } from 'knex'
import type { Choice } from '../../authorities/index.ts'
import { byLabel, countryName } from '../../platform/i18n/names.ts'
import { rowsOf } from '../../platform/db/statement.ts'
import type { Actor } from '../../policy.ts'

/** What a list lets choose from, and which lists there is something in for this reader's authority. */
export interface ListReferences {
  modules: Choice[]
  countries: Choice[]
  /** Those of the own authority with a part in its requests, for who works with their content. */
  handlers: Choice[]
  coordinates: boolean
  observes: boolean
}

interface Row {
  modules: Choice[]
  country_codes: string[]
  handlers: Choice[]
  coordinates: boolean
  observes: boolean
}

const LISTS = `
  select
    (select coalesce(json_agg(json_build_object('value', id::text, 'label', coalesce(names->>:lang, names->>'en')) order by id), '[]')
      from modules where workflow = 'requests') as modules,
    (select array_agg(code::text) from countries where code <> 'EU') as country_codes,
    (select coalesce(json_agg(json_build_object('value', u.id::text, 'label', u.given_name || ' ' || u.family_name)
        order by u.family_name, u.given_name, u.id), '[]')
      from users u where u.authority_id = :me and u.deleted_at is null and exists (select from user_roles w
        where w.user_id = u.id and w.role in ('handler', 'allocator') and w.module_id = any(cast(:modules as int[])))) as handlers,
    exists (select from grants where authority_id = :me and role = 'coordinator')
      or exists (select from request_overviews where viewer_id = :me and kind = 'coordinator') as coordinates,
    exists (select from linked_authorities where observer_id = :me) as observes`

/** Finds what the lists of requests let choose from, in one statement. */
export async function findListReferences(db: Knex, actor: Actor, lang: string): Promise<ListReferences> {
  const [row] = (await rowsOf<Row>(db, LISTS, {
    lang,
    me: actor.authorityId,
    modules: actor.roles.filter(({ role }) => role === 'handler' || role === 'allocator').map(one => one.moduleId),
  })) as [Row]
  const { country_codes: codes, ...references } = row
  return {
    ...references,
    countries: byLabel(
      lang,
      codes.map(value => ({ value, label: countryName(lang, value) })),
    ),
  }
}
