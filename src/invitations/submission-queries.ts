import type { Knex } from 'knex'
import { type Page, paginate, type SortColumn } from '../platform/web/list.ts'
import type { Actor } from '../policy.ts'
import type { BadLine, Submission } from './invitation.ts'
import { isHeld, standingsTo } from './queries.ts'
import type { SubmissionState } from './workflow.ts'

const name = (user: string): string => `${user}.given_name || ' ' || ${user}.family_name`

const ONE = `
  select s.*, n.official_name, n.official_language, n.country,
    ${name('m')} as maker, ${name('c')} as confirmer, ${name('d')} as decider,
    (select coalesce(json_object_agg(of_status.status, of_status.count), '{}') from (
      select i.status, count(*)::int as count from invitations i where i.submission_id = s.id group by i.status) of_status) as counts
  from invitation_submissions s
  join authorities n on n.id = s.inviter_id
  left join users m on m.id = s.made_by
  left join users c on c.id = s.confirmed_by
  left join users d on d.id = s.decided_by
  where s.id = ?`

interface SubmissionRow {
  id: number
  inviter_id: number
  official_name: string
  official_language: string
  country: string
  state: SubmissionState
  made_at: Date
  maker: string | null
  bad_lines: BadLine[]
  submitted_at: Date | null
  submitted: number
  refused: number
  confirmer: string | null
  confirmed_at: Date | null
  decider: string | null
  decided_at: Date | null
  task_id: number | null
  reason: string | null
  counts: Submission['counts']
}

/** Finds a submission of invitations that is the actor's business; the Commission's are those that were held (E3). */
export async function findSubmission(db: Knex, actor: Actor, id: number): Promise<Submission | undefined> {
  const row = (await db.raw<{ rows: SubmissionRow[] }>(ONE, [id])).rows[0]
  if (!row) return undefined
  const standings = standingsTo(actor, {
    inviterId: row.inviter_id,
    inviterCountry: row.country,
    held: isHeld(row.state),
  })
  return standings.length > 0 ? { ...submissionFrom(row), standings } : undefined
}

function submissionFrom(row: SubmissionRow): Submission {
  return {
    id: row.id,
    inviterId: row.inviter_id,
    inviterName: row.official_name,
    inviterLanguage: row.official_language,
    inviterCountry: row.country,
    state: row.state,
    madeAt: row.made_at,
    madeBy: row.maker,
    submittedAt: row.submitted_at,
    submitted: row.submitted,
    refused: row.refused,
    badLines: row.bad_lines,
    confirmedBy: row.confirmer,
    confirmedAt: row.confirmed_at,
    decidedBy: row.decider,
    decidedAt: row.decided_at,
    taskId: row.task_id,
    reason: row.reason,
    counts: row.counts,
    standings: [],
    authorityId: row.inviter_id,
  }
}

/** A held submission in the Commission's list. */
export interface HeldSubmission {
  id: number
  state: SubmissionState
  inviterName: string
  inviterLanguage: string
  inviterCountry: string
  /** What is decided of: those that have not been withdrawn; once decided, those that were submitted. */
  count: number
  submittedAt: Date
  confirmedAt: Date | null
}

/** Those of a submission `s` that wait: nobody has withdrawn or decided of them. */
export const stillHeld = (db: Knex): Knex.QueryBuilder =>
  db('invitations as h').whereRaw('h.submission_id = s.id').where('h.status', 'held')

const NEWEST: readonly [SortColumn] = [{ column: 's.id', field: 'id', type: 'integer', descending: true }]

/** Every submission that was held, those not yet decided and all others, newest first (I1); not those withdrawn as a whole. */
export function listHeld(
  db: Knex,
  ask: { search: { after: string; before: string; state: 'open' | 'all' }; path: string },
): Promise<Page<HeldSubmission>> {
  const states = ask.search.state === 'open' ? ['held', 'confirmed'] : ['held', 'confirmed', 'released', 'refused']
  const query = db('invitation_submissions as s')
    .join('authorities as n', 'n.id', 's.inviter_id')
    .whereIn('s.state', states)
    .where(any => any.whereNotIn('s.state', ['held', 'confirmed']).orWhereExists(stillHeld(db)))
    .select({
      id: 's.id',
      state: 's.state',
      inviterName: 'n.official_name',
      inviterLanguage: 'n.official_language',
      inviterCountry: 'n.country',
      count: db.raw(`case when s.state in ('held', 'confirmed') then (?) else s.submitted end`, [
        stillHeld(db).select(db.raw('count(*)::int')),
      ]),
      submittedAt: 's.submitted_at',
      confirmedAt: 's.confirmed_at',
    })
  return paginate<HeldSubmission>(query, { sort: NEWEST, search: { ...ask.search }, path: ask.path })
}
