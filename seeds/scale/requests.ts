import type { Knex } from 'knex'

/** Tables whose triggers would work out row by row what is worked out once for all at the end. */
const FOLLOWED = ['request_parts']
const BATCH = 50_000

/** The tables that it fills, for their statistics. */
export const requestTables = ['requests', 'request_parts', 'request_steps', 'request_overviews']

/**
 * Adds information requests: `each` per authority that sends any, to authorities of other countries with the same module, most of them
 * closed long ago, some in every status there is. In the database, since nothing of them has to be made up outside it.
 */
export async function loadRequests(db: Knex.Transaction, { each, now }: { each: number; now: Date }): Promise<void> {
  for (const table of FOLLOWED) await db.raw('alter table ?? disable trigger user', [table])
  await db.raw('alter table request_parts enable trigger request_parts_late')
  const found = await db.raw<{ rows: [{ last: number }] }>('select coalesce(max(id), 0)::int as last from requests')
  const { last } = found.rows[0]
  await db.raw(POOL)
  await db.raw(MADE, { each, now, last })
  await db.raw(REQUESTS)
  await db.raw(`select setval(pg_get_serial_sequence('requests', 'id'), greatest(1, (select max(id) from requests)))`)
  await db.raw(PARTS)
  await db.raw(STEPS, { last })
  await db.raw(LATE, { last })
  const parts = await db.raw<{ rows: [{ least: number; most: number }] }>(
    `select coalesce(min(id), 0)::int as least, coalesce(max(id), -1)::int as most from request_parts where request_id > ?`,
    [last],
  )
  const { least, most } = parts.rows[0]
  for (let from = least; from <= most; from += BATCH)
    await db.raw(`select refresh_request_overviews(array(select id from request_parts where id between ? and ?))`, [
      from,
      from + BATCH - 1,
    ])
  for (const table of FOLLOWED) await db.raw('alter table ?? enable trigger user', [table])
}

/** Who can send and receive in a module, in an order that mixes the countries. */
const POOL = `
  create temp table request_pool on commit drop as
    select g.id as grant_id, g.module_id, g.authority_id, a.country, a.official_language as language,
      row_number() over (partition by g.module_id order by md5(g.authority_id::text)) - 1 as place,
      count(*) over (partition by g.module_id) as size,
      row_number() over (partition by g.authority_id order by g.id) = 1 as sends,
      (select l.coordinator_id from grant_coordinators l where l.grant_id = g.id order by l.coordinator_id limit 1) as coordinator_id,
      (select q.id from question_sets q where q.module_id = g.module_id order by q.id desc limit 1) as question_set_id
    from grants g join authorities a on a.id = g.authority_id and a.status = 'active' join modules m on m.id = g.module_id
    where g.role = 'authority' and g.status = 'active' and m.workflow = 'requests';
  create index on request_pool (module_id, place);
  analyze request_pool`

/** Of a hundred requests, so many are in each status; those that have ended are older. */
const STATUS = `case
  when n < 3 then 'draft' when n < 4 then 'awaiting approval' when n < 7 then 'sent' when n < 13 then 'accepted'
  when n < 14 then 'partly answered' when n < 15 then 'reply awaiting approval' when n < 18 then 'answered'
  when n < 19 then 'additional requested' when n < 20 then 'additional accepted' when n < 21 then 'additional declined'
  when n < 22 then 'in referral' when n < 23 then 'referral decided' when n < 27 then 'refused' when n < 29 then 'withdrawn'
  when n < 31 then 'closed (inactive)' else 'closed' end`

const MADE = `
  create temp table request_made on commit drop as
  with wanted as (
    select s.*, t.authority_id as responder_id, t.country as responder_country, t.coordinator_id as responder_coordinator_id, k,
      (s.authority_id * 31 + k * 17) % 100 as n, (s.authority_id * 13 + k * 7) % 1000 as days
    from request_pool s cross join generate_series(1, cast(:each as int)) k
    join request_pool t on t.module_id = s.module_id and t.place = (s.place * 13 + k * 7919 + 1) % s.size
    where s.sends and t.country <> s.country and s.question_set_id is not null),
  dated as (
    select *, ${STATUS} as status,
      date_trunc('minute', cast(:now as timestamptz)) - interval '1 day' * case when n < 23 then days % 25 else 30 + days end as at
    from wanted)
  select cast(:last as int) + (row_number() over (order by at, authority_id, k))::int as id,
    country || '-' || extract(year from at) || '-S' || lpad((row_number() over (partition by country order by at, authority_id, k))::text, 7, '0') as number,
    module_id, question_set_id, authority_id, country, coordinator_id, language, responder_id, responder_country, status, at,
    case when n in (23, 24, 25, 26) or n < 7 then null else responder_coordinator_id end as responder_coordinator_id,
    n % 10 = 6 as urgent, n >= 7 and n not between 23 and 26 as accepted, case when n >= 4 then at end as sent_at,
    case when n >= 23 then at + interval '20 days' end as ended_at, (at + interval '20 days')::date as date
  from dated`

const REQUESTS = `
  insert into requests (id, number, module_id, question_set_id, requester_id, requester_country, requester_coordinator_id, status,
      language, urgent, proposed_date, due_date, created_at, edited_at, sent_at, ended_at)
    overriding system value
    select id, number, module_id, question_set_id, authority_id, country, coordinator_id,
      case status when 'reply awaiting approval' then 'accepted' else status end, language, urgent, date,
      case when accepted then date end, at, at, sent_at, ended_at
    from request_made order by id`

const PARTS = `
  insert into request_parts (request_id, part, responder_id, responder_country, coordinator_id, status, came_from, due_date, arrived_at,
      accepted_at, first_accepted_at, answered_at, ended_at, status_since, acted_at)
    select id, 1, responder_id, responder_country, responder_coordinator_id, status,
      case status when 'reply awaiting approval' then 'accepted' end, case when accepted then date end, sent_at,
      case when accepted then sent_at end, case when accepted then sent_at end, ended_at, ended_at, coalesce(ended_at, at), coalesce(ended_at, at)
    from request_made order by id`

const STEPS = `
  insert into request_steps (part_id, at, step, to_status, authority_id, seen_by)
    select p.id, r.sent_at, 'send', 'sent', r.requester_id, 'both'
    from requests r join request_parts p on p.request_id = r.id where r.id > :last and r.sent_at is not null`

const LATE = `
  update requests r set late_at = p.late_at from request_parts p
  where p.request_id = r.id and r.id > :last and p.late_at <> r.late_at`
