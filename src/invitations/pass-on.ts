import type { Knex } from 'knex'
import type { Change } from '../platform/db/change.ts'

/** What passes to the national coordinator when an access manager stops being one (spec/roles.md); all else stays where it is. */
const PASSED = ['draft', 'held', 'sent', 'registered'] as const

/** For what an access manager invites: all modules or chosen ones, in the country or one region of it. */
interface Scope {
  modules: 'all' | readonly number[]
  region: string | null
}

/** What an inviter may not invite for any more: everything, or what lay in the one scope and does not lie in the other. */
export type LostScope = 'everything' | { before: Scope; left: Scope }

/**
 * Whether an invitation lies in a scope: one of its modules is meant there, and the region, as far as it is known. Before the
 * registration it is what was entered until now, if anything.
 */
const within = (which: 'before' | 'left'): string => `
  ((:${which}All or not exists (select from invitation_modules m where m.invitation_id = i.id)
      or exists (select from invitation_modules m where m.invitation_id = i.id and m.module_id = any(cast(:${which}Modules as int[]))))
    and (cast(:${which}Region as text) is null or :${which}Region = coalesce(
      (select coalesce(a.region, '') from authorities a where a.id = i.authority_id),
      nullif(i.entered->>'region', ''), :${which}Region)))`

/** The running invitations of an authority that it loses. */
const lostBy = (db: Knex, from: number, lost: LostScope): Knex.QueryBuilder => {
  const query = db('invitations as i')
    .where({ 'i.inviter_id': from })
    .whereIn('i.status', [...PASSED])
  if (lost === 'everything') return query
  const values = { ...boundAs('before', lost.before), ...boundAs('left', lost.left) }
  return query.whereRaw(`${within('before')} and not ${within('left')}`, values as Record<string, Knex.Value>)
}

const boundAs = (which: string, { modules, region }: Scope): object => ({
  [`${which}All`]: modules === 'all',
  [`${which}Modules`]: modules === 'all' ? [] : [...modules],
  [`${which}Region`]: region,
})

/**
 * Passes the running invitations of an authority on, when its delegation is taken back or narrowed: codes already sent stay valid.
 * Part of the change that does it. Answers with how many there were.
 */
export async function passInvitationsOn(c: Change, from: number, to: number, lost: LostScope): Promise<number> {
  const ids = await lostBy(c.db, from, lost).orderBy('i.id').forUpdate('i').pluck<number[]>('i.id')
  await c.db('invitations').whereRaw('id = any(cast(? as int[]))', [ids]).update({ inviter_id: to })
  if (lost === 'everything') await openSubmissions(c, from).update({ inviter_id: to })
  else await divideSubmissions(c, { from, to, ids })
  const count = ids.length
  if (count > 0)
    await c.record('invitations.passedOn', { type: 'authority', id: from, authorityId: from }, { from, to, count })
  return count
}

/** How many invitations would pass on: what the page says before. */
export async function countPassedOn(db: Knex, from: number, lost: LostScope): Promise<number> {
  const [row] = (await lostBy(db, from, lost).count('* as count')) as { count: string }[]
  return Number(row?.count ?? 0)
}

const openSubmissions = (c: Change, from: number): Knex.QueryBuilder =>
  c.db('invitation_submissions').where({ inviter_id: from }).whereIn('state', ['draft', 'held', 'confirmed'])

interface Divided {
  id: number
  gone: number
  stay: number
}

/** What waits in a submission and passes on goes with it where nothing else waits there, else into a submission of its own. */
async function divideSubmissions(
  c: Change,
  { from, to, ids }: { from: number; to: number; ids: number[] },
): Promise<void> {
  const divided = await c.db.raw<{ rows: Divided[] }>(
    `select s.id, count(*) filter (where i.inviter_id = :to)::int as gone, count(*) filter (where i.inviter_id = :from)::int as stay
     from invitation_submissions s join invitations i on i.submission_id = s.id and i.status in ('draft', 'held')
     where s.inviter_id = :from and s.state in ('draft', 'held', 'confirmed')
     group by s.id having count(*) filter (where i.inviter_id = :to) > 0 order by s.id`,
    { from, to },
  )
  for (const { id, gone, stay } of divided.rows) {
    if (stay === 0) await c.db('invitation_submissions').where({ id }).update({ inviter_id: to })
    else await moveToOwn(c, { id, gone, to, ids })
  }
}

async function moveToOwn(
  c: Change,
  { id, gone, to, ids }: { id: number; gone: number; to: number; ids: number[] },
): Promise<void> {
  const made = await c.db.raw<{ rows: [{ id: number }] }>(
    `insert into invitation_submissions (inviter_id, made_by, made_at, state, submitted_at, submitted, confirmed_by, confirmed_at)
     select :to, made_by, made_at, state, submitted_at, least(submitted, :gone), confirmed_by, confirmed_at
     from invitation_submissions where id = :id returning id`,
    { id, gone, to },
  )
  await c
    .db('invitations')
    .where({ submission_id: id })
    .whereIn('status', ['draft', 'held'])
    .whereRaw('id = any(cast(? as int[]))', [ids])
    .update({ submission_id: made.rows[0].id })
  await c
    .db('invitation_submissions')
    .where({ id })
    .update({ submitted: c.db.raw('greatest(submitted - ?, 0)', [gone]) })
}
