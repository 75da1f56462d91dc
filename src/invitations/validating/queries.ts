import type { Knex } from 'knex'
import { offered } from '../../platform/i18n/i18n.ts'
import { moment, zoneOf } from '../../platform/i18n/names.ts'
import type { Actor } from '../../policy.ts'
import type { Status } from '../workflow.ts'

/** Says who has decided of a registration, and when, as a text with its values; the time as this reader reads it. */
export async function findDecision(
  db: Knex,
  actor: Actor,
  id: number,
): Promise<{ key: string; values: Record<string, string> }> {
  const row = (await db('invitations as i')
    .leftJoin('users as u', 'u.id', 'i.decided_by')
    .where('i.id', id)
    .first('i.status', 'i.decided_at', { by: db.raw(`u.given_name || ' ' || u.family_name`) })) as
    { status: Status; decided_at: Date | null; by: string | null } | undefined
  if (!row?.decided_at) return { key: 'invitations:changedMeanwhile', values: {} }
  const at = moment(offered(actor.language), zoneOf(actor.country), row.decided_at)
  const key =
    row.status === 'validated' ? 'invitations:registration.validatedBy' : 'invitations:registration.rejectedBy'
  return { key, values: { by: row.by ?? '–', at } }
}
