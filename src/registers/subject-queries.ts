import type { Knex } from 'knex'
import { rowsOf } from '../platform/db/statement.ts'
import type { Subject } from './subjects.ts'

/** The key of a subject is a letter for its kind, and its number or code. */
const SUBJECTS = `
  select 'k' || k.id as key, 'keyword' as kind, array(select value from jsonb_each_text(k.names)) as names
    from keywords k where exists (select 1 from register_keywords x where x.keyword_id = k.id)
  union all
  select 'e' || e.code, 'activity', array(select value from jsonb_each_text(e.names))
    from economic_activities e where exists (select 1 from register_economic_activities x where x.economic_activity = e.code)`

/** The professions, services and economic activities that any register covers, by all their names. */
export const listedSubjects = (db: Knex): Promise<Subject[]> => rowsOf(db, SUBJECTS, {})

/** An entry as far as it decides whether it belongs to what a request is about. */
export interface Candidate {
  id: number
  names: string[]
  subjects: string[]
}

/** More than these of one country and module are not looked through. */
const MOST = 300

const CANDIDATES = `
  select r.id,
    array(select name from register_names where register_id = r.id union all select title from register_titles where register_id = r.id)
      as names,
    array(select 'k' || keyword_id from register_keywords where register_id = r.id
      union all select 'e' || economic_activity from register_economic_activities where register_id = r.id) as subjects
  from register_modules m join registers r on r.id = m.register_id join authorities a on a.id = r.authority_id
  where m.module_id = :moduleId and a.country = :country and a.status = 'active'
  order by r.sort_name, r.id limit ${MOST}`

/** The entries of one country for one module. */
export const listCandidates = (db: Knex, country: string, moduleId: number): Promise<Candidate[]> =>
  rowsOf(db, CANDIDATES, { country, moduleId })
