import type { Knex } from 'knex'

/**
 * What is done about the personal data of a request, as its own history shows it: by whom, when, and nothing of the data. `part_id` is
 * the part of the responder whose act it is; what concerns both sides, and what the requester did, has none. A proposal to erase
 * that was declined is remembered for whoever made it.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table request_protection_acts (
      id bigint generated always as identity primary key,
      request_id integer not null references requests on delete cascade,
      part_id integer references request_parts on delete cascade,
      at timestamptz not null,
      act text not null check (act in ('erasureProposed', 'erasureDropped', 'erasureDeclined', 'erasedEarly', 'personalDataBlocked',
        'personalDataErased', 'subjectCorrected', 'dataSubjectRequestRecorded', 'dataSubjectRequestAnswered')),
      user_id integer,
      authority_id integer,
      details jsonb not null default '{}'
    );
    create index request_protection_acts_request on request_protection_acts (request_id, id);
    alter table requests add column erasure_declined_at timestamptz, add column erasure_declined_to integer;
    create index requests_erasure_declined on requests (erasure_declined_to, erasure_declined_at) where erasure_declined_at is not null;
  `)
  // What an authority recorded that has the request no more, nobody can answer: it opens nothing.
  await knex.raw(`
    create function request_awaits_data_subject(asked integer) returns boolean language sql stable as $$
      select exists (
        select 1 from data_subject_requests d join requests r on r.id = d.request_id join authorities a on a.id = d.authority_id
        where d.request_id = asked and d.answered_at is null and (d.authority_id = r.requester_id or exists (
          select 1 from request_parts p where p.request_id = r.id and p.responder_id = d.authority_id and p.status <> 'called back')))
    $$;
    ${opensTo('request_awaits_data_subject(r.id)')}
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    ${opensTo('exists (select 1 from data_subject_requests d where d.request_id = r.id and d.answered_at is null)')}
    drop function request_awaits_data_subject(integer);
    drop table request_protection_acts;
    alter table requests drop column erasure_declined_at, drop column erasure_declined_to;
  `)
}

const opensTo = (unanswered: string): string => `
  create or replace function request_opens_to(asked integer) returns boolean language sql stable as $$
    select exists (
      select 1 from requests r where r.id = asked
        and (r.blocked_at is null or ${unanswered})
        and (r.requester_id = nullif(current_setting('imi.personal_for', true), '')::integer
          or exists (select 1 from request_parts p where p.request_id = r.id and p.accepted_at is not null
            and p.responder_id = nullif(current_setting('imi.personal_for', true), '')::integer)))
  $$;`
