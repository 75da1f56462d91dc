import type { Knex } from 'knex'
import type { Actor } from '../../policy.ts'
import { withinReach } from '../../reach.ts'

export const reminderReasons = ['oneAdministrator', 'notConfirmed'] as const
/** Why an authority's administrators are reminded: nobody stands in for the only one (B14), or nobody has looked at its data for a year (B16). */
export type ReminderReason = (typeof reminderReasons)[number]

export interface Due {
  id: number
  officialName: string
  officialLanguage: string
}

const ADMINISTRATORS = `(select count(*) from (select from users u where u.authority_id = a.id and u.administrator
  and u.deleted_at is null limit 2) few)`

const CONDITIONS: Record<ReminderReason, string> = {
  oneAdministrator: `${ADMINISTRATORS} = 1`,
  notConfirmed: `coalesce(a.data_confirmed_at, a.registered_at) <= cast(? as timestamptz) - interval '1 year'
    and ${ADMINISTRATORS} > 0`,
}

/** So many can be reminded at once. */
export const MOST_REMINDED = 1000

/** Active authorities that the actor manages of record and whose administrators could be reminded of this now, by name; `ids` narrows. */
export async function listDue(
  db: Knex,
  actor: Actor,
  reason: ReminderReason,
  { at, ids }: { at: Date; ids?: readonly number[] },
): Promise<Due[]> {
  const query = db('authorities as a').where('a.status', 'active')
  withinReach(query, actor, 'authority.listMine')
  void query.whereRaw(`(${CONDITIONS[reason]})`, reason === 'notConfirmed' ? [at] : [])
  if (ids) void query.whereRaw('a.id = any(cast(? as int[]))', [[...ids]])
  return query
    .orderBy(['a.sort_name', 'a.id'])
    .limit(MOST_REMINDED)
    .select<Due[]>({ id: 'a.id', officialName: 'a.official_name', officialLanguage: 'a.official_language' })
}
