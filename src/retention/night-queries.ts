import type { Knex } from 'knex'
import { type Page, paginate } from '../platform/web/list.ts'
import type { Actor } from '../policy.ts'

/** What one rule did in one night: to how many records, and between when and when. */
export interface NightRow {
  rule: string
  count: number
  began: Date
  ended: Date
}

/** By this clock a night belongs to its day. */
const DAY = `date_trunc('day', e.at at time zone 'Europe/Brussels')`

/** What the nightly work did, the latest night first, one row for each rule that found something (B13). */
export function listNights(
  db: Knex,
  ask: { search: { after: string; before: string }; path: string },
): Promise<Page<NightRow>> {
  const rule = `v.details ->> 'rule'`
  const nights = db('audit_events as e')
    .join('audit_values as v', 'v.event_id', 'e.id')
    .where({ 'e.subject_type': 'retention', 'e.event': 'retention.ran' })
    .groupByRaw(`${DAY}, ${rule}`)
    .select(
      db.raw(`${rule} as rule`),
      db.raw(`sum((v.details ->> 'count')::int)::int as count`),
      db.raw('min(e.at) as began'),
      db.raw('max(e.at) as ended'),
    )
  return paginate<NightRow>(db.from(nights.as('n')).select('n.*'), {
    ...ask,
    sort: [
      { column: 'n.ended', field: 'ended', type: 'timestamptz', descending: true },
      { column: 'n.rule', field: 'rule', type: 'text' },
    ],
  })
}

/** An authority that was deleted in one of these nights. */
export interface Gone {
  name: string
  language: string
  country: string
  deletedAt: Date
}

/** So many deleted authorities are named on a page. */
const MOST_NAMED = 200

/** Which authorities the nights deleted: to the Commission all, to a national coordinator those of the own country. */
export async function listGone(db: Knex, actor: Actor, nights: readonly NightRow[]): Promise<Gone[]> {
  const deleting = nights.filter(({ rule }) => rule === 'deleteAuthorities')
  if (deleting.length === 0) return []
  const query = db('tombstones').where(any => {
    for (const { began, ended } of deleting) void any.orWhereBetween('deleted_at', [began, ended])
  })
  if (!actor.imiAdministrator) void query.where({ country: actor.country })
  return query
    .orderBy([{ column: 'deleted_at', order: 'desc' }, { column: 'authority_id' }])
    .limit(MOST_NAMED)
    .select<Gone[]>({
      name: 'official_name',
      language: 'official_language',
      country: 'country',
      deletedAt: 'deleted_at',
    })
}
