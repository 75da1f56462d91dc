import type { Knex } from 'knex'
import { nameAt } from '../../authorities/index.ts'
import { rowsOf } from '../../platform/db/statement.ts'

/** Who gave a right, and when, as far as it is known. */
export interface Given {
  at: Date
  by: string | null
  authority: string | null
}

/** In SQL: the last act recorded about the user `:reader` in which this stood. */
export const lastAct = (condition: string): string => `
  (select json_build_object('at', e.at, 'by', coalesce(${nameAt('b', 'e.at', 'e.actor_id')}, e.actor_name),
      'authority', o.official_name)
    from audit_events e join audit_values v on v.event_id = e.id
    left join users b on b.id = e.actor_id left join authorities o on o.id = e.actor_authority_id
    where e.subject_type = 'user' and e.subject_id = :reader and ${condition}
    order by e.id desc limit 1)`

const gave = (right: string): string =>
  `(v.details @> '{"${right}": true}' or v.details->'after' @> '{"${right}": true}')`

/** In SQL: who gave the user `:reader` these rights, and when. */
export const ADMINISTRATOR_GIVEN = lastAct(gave('administrator'))
export const IMI_ADMINISTRATOR_GIVEN = lastAct(gave('imiAdministrator'))
const DATA_ADMINISTRATOR_GIVEN = lastAct(
  `coalesce(v.details->'after'->>'dataAdministrator', v.details->>'dataAdministrator', 'none') <> 'none'`,
)

/** The rights beside the roles in modules, each with who gave it; null: the history does not say. */
export type GivenRights = Record<'administrator' | 'dataAdministrator' | 'imiAdministrator', Given | null>

/** Who gave a user what they are beside their roles in modules (D3), from the history; one statement. */
export async function findGivenRights(db: Knex, userId: number): Promise<GivenRights> {
  const [given] = (await rowsOf(
    db,
    `select ${ADMINISTRATOR_GIVEN} as administrator, ${DATA_ADMINISTRATOR_GIVEN} as "dataAdministrator",
      ${IMI_ADMINISTRATOR_GIVEN} as "imiAdministrator"`,
    { reader: userId },
  )) as [GivenRights]
  const { administrator, dataAdministrator, imiAdministrator } = given
  return {
    administrator: dated(administrator),
    dataAdministrator: dated(dataAdministrator),
    imiAdministrator: dated(imiAdministrator),
  }
}

/** JSON brings moments as text. */
export const dated = (given: Given | null): Given | null => given && { ...given, at: new Date(given.at) }
