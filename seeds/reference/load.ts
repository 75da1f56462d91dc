import type { Knex } from 'knex'
import { authorityTypes } from './authority-types.ts'
import { countries } from './countries.ts'
import { keywords } from './keywords.ts'
import { legislativeAreas } from './legislative-areas.ts'
import { modules } from './modules.ts'
import { economicActivities } from './nace.ts'
import { policyAreas } from './policy-areas.ts'
import { questionSets } from './question-sets/all.ts'
import { loadQuestionSet } from './question-sets/load.ts'
import { regions } from './regions.ts'

/**
 * Brings the lists that the Commission keeps to the state of this version. Safe to run at every start and by two processes at
 * once: what is there is updated by its code, nothing is taken away.
 */
export async function loadReference(db: Knex): Promise<void> {
  await db.transaction(async trx => {
    await trx.raw(`select pg_advisory_xact_lock(hashtext('reference data'))`)
    const load = (sql: string, rows: object[]) => trx.raw(sql, [JSON.stringify(rows)])
    await load(
      `insert into countries (code, languages)
       select code, array(select jsonb_array_elements_text(languages)) from jsonb_to_recordset(?) as r(code text, languages jsonb)
       on conflict (code) do update set languages = excluded.languages`,
      countries,
    )
    await load(
      `insert into regions (code, country, name) select code, country, name from jsonb_to_recordset(?) as r(code text, country text, name text)
       on conflict (code) do update set name = excluded.name`,
      regions,
    )
    await load(named('authority_types'), authorityTypes)
    await load(named('policy_areas'), policyAreas)
    await load(
      `insert into economic_activities (code, parent, names) select code, parent, names
       from jsonb_to_recordset(?) as r(code text, parent text, names jsonb) order by parent nulls first
       on conflict (code) do update set names = excluded.names`,
      economicActivities,
    )
    await load(
      `insert into legislative_areas (code, act, names) select code, act, names from jsonb_to_recordset(?) as r(code text, act text, names jsonb)
       on conflict (code) do update set act = excluded.act, names = excluded.names`,
      legislativeAreas,
    )
    await load(
      `insert into keywords (legislative_area_id, code, names) select l.id, r.code, r.names
       from jsonb_to_recordset(?) as r(area text, code text, names jsonb) join legislative_areas l on l.code = r.area
       on conflict (legislative_area_id, code) do update set names = excluded.names`,
      keywords,
    )
    await load(
      `insert into modules (code, legislative_area_id, workflow, names, own_country) select r.code, l.id, r.workflow, r.names, r."ownCountry"
       from jsonb_to_recordset(?) as r(code text, area text, workflow text, names jsonb, "ownCountry" boolean)
       join legislative_areas l on l.code = r.area
       on conflict (code) do update set names = excluded.names`,
      modules,
    )
    for (const set of questionSets) await loadQuestionSet(trx, set)
  })
}

const named = (table: string): string =>
  `insert into ${table} (code, names) select code, names from jsonb_to_recordset(?) as r(code text, names jsonb)
   on conflict (code) do update set names = excluded.names`
