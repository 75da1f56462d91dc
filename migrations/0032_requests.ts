import type { Knex } from 'knex'

/**
 * Information requests (spec/requests.md). What the requester asked stands once in `requests`; what one responder has of it, its
 * status first of all, in `request_parts`: a request that was never split has one part. Authorities may be deleted under a
 * request: their number stays, and the tombstone says what stood there.
 * What is personal stands in tables of its own, which the application reads for one side's authority at a time only.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table request_counters (
      country char(2) not null,
      year smallint not null,
      last integer not null,
      primary key (country, year)
    );

    create table requests (
      id integer generated always as identity primary key,
      number text not null unique,
      module_id integer not null references modules,
      question_set_id integer not null references question_sets,
      requester_id integer not null,
      requester_country char(2) not null references countries,
      requester_coordinator_id integer,
      status text not null default 'draft',
      subject jsonb not null default '{}',
      language text not null,
      reason text not null default '',
      urgent boolean not null default false,
      urgent_reason text not null default '',
      please_forward boolean not null default false,
      proposed_date date,
      due_date date,
      copied_from integer references requests on delete set null,
      created_at timestamptz not null,
      created_by integer,
      edited_at timestamptz not null,
      edited_by integer,
      sent_at timestamptz,
      ended_at timestamptz,
      rated_timeliness smallint check (rated_timeliness in (-1, 0, 1)),
      rated_effort smallint check (rated_effort in (-1, 0, 1)),
      warned_at timestamptz,
      erasure_proposed_by integer,
      erasure_proposed_at timestamptz,
      blocked_at timestamptz,
      erased_at timestamptz,
      version integer not null default 1
    );
    create index requests_requester on requests (requester_id, id desc);
    create index requests_requester_status on requests (requester_id, status, id desc);
    create index requests_coordinator on requests (requester_coordinator_id, id desc);
    create index requests_module on requests (module_id, id desc);
    create index requests_ended on requests (ended_at) where ended_at is not null and erased_at is null;
    create index requests_untouched on requests (edited_at) where status = 'draft';

    create table request_parts (
      id integer generated always as identity primary key,
      request_id integer not null references requests on delete cascade,
      part smallint not null check (part between 1 and 999),
      responder_id integer,
      responder_country char(2) references countries,
      coordinator_id integer,
      status text not null default 'draft' check (status in ('draft', 'awaiting approval', 'sent', 'accepted', 'partly answered',
        'reply awaiting approval', 'answered', 'additional requested', 'additional accepted', 'additional declined',
        'in referral', 'referral decided', 'refused', 'withdrawn', 'called back', 'closed', 'closed (inactive)',
        'closed (counterpart deleted)')),
      came_from text check (came_from in ('accepted', 'partly answered', 'additional accepted')),
      may_refuse boolean not null default false,
      due_date date,
      later_date date,
      later_reason text,
      arrived_at timestamptz,
      accepted_at timestamptz,
      first_accepted_at timestamptz,
      answered_at timestamptz,
      ended_at timestamptz,
      status_since timestamptz not null,
      acted_at timestamptz not null,
      reminded_at timestamptz,
      inactivity_told_at timestamptz,
      due_told smallint not null default 0,
      help_asked_at timestamptz,
      version integer not null default 1,
      unique (request_id, part),
      check ((status = 'reply awaiting approval') = (came_from is not null)),
      check (status = 'draft' or responder_id is not null)
    );
    create index request_parts_responder on request_parts (responder_id, id desc);
    create index request_parts_responder_status on request_parts (responder_id, status, id desc);
    create index request_parts_coordinator on request_parts (coordinator_id, id desc);
    create index request_parts_running on request_parts (status, acted_at)
      where status not in ('draft', 'refused', 'withdrawn', 'called back', 'closed', 'closed (inactive)', 'closed (counterpart deleted)');
    create index request_parts_due on request_parts (due_date)
      where status in ('accepted', 'partly answered', 'additional accepted', 'reply awaiting approval');

    create table request_questions (
      id integer generated always as identity primary key,
      request_id integer not null references requests on delete cascade,
      part_id integer not null references request_parts on delete cascade,
      number smallint not null,
      code text not null,
      variables jsonb not null default '{}',
      unique (request_id, number)
    );
    create index request_questions_part on request_questions (part_id, number);

    create table request_personal (
      request_id integer not null references requests on delete cascade,
      key text not null,
      value text not null,
      primary key (request_id, key)
    );

    create table request_draft_answers (
      question_id integer primary key references request_questions on delete cascade,
      value text,
      cannot boolean not null default false,
      comment text not null default '',
      edited_at timestamptz not null,
      edited_by integer
    );
    create table request_drafts (
      part_id integer primary key references request_parts on delete cascade,
      general_comments text not null default '',
      language text not null,
      version integer not null default 1,
      edited_at timestamptz not null,
      edited_by integer
    );
    create table request_replies (
      id integer generated always as identity primary key,
      part_id integer not null references request_parts on delete cascade,
      kind text not null check (kind in ('partial', 'full')),
      state text not null check (state in ('awaiting approval', 'sent', 'returned')),
      general_comments text not null default '',
      language text not null,
      authority_id integer not null,
      user_id integer,
      made_at timestamptz not null,
      sent_at timestamptz,
      reason text,
      check ((state = 'sent') = (sent_at is not null))
    );
    create index request_replies_part on request_replies (part_id, id);
    create unique index request_replies_waiting on request_replies (part_id) where state = 'awaiting approval';
    create table request_reply_answers (
      reply_id integer not null references request_replies on delete cascade,
      question_id integer not null references request_questions on delete cascade,
      value text,
      cannot boolean not null default false,
      comment text not null default '',
      primary key (reply_id, question_id)
    );
    create index request_reply_answers_question on request_reply_answers (question_id);

    create table request_comments (
      id integer generated always as identity primary key,
      part_id integer not null references request_parts on delete cascade,
      authority_id integer not null,
      user_id integer,
      at timestamptz not null,
      language text not null,
      text text not null
    );
    create index request_comments_part on request_comments (part_id, id);

    create table request_demands (
      id integer generated always as identity primary key,
      part_id integer not null references request_parts on delete cascade,
      user_id integer,
      at timestamptz not null,
      questions smallint[] not null,
      language text not null,
      reason text not null,
      proposed_date date not null,
      outcome text not null default 'open' check (outcome in ('open', 'agreed', 'declined', 'dropped', 'provided')),
      outcome_reason text,
      outcome_at timestamptz
    );
    create index request_demands_part on request_demands (part_id, id);

    create table request_opinions (
      id integer generated always as identity primary key,
      part_id integer not null references request_parts on delete cascade,
      referral smallint not null,
      coordinator_id integer not null,
      for_requester boolean not null,
      for_responder boolean not null,
      begun_at timestamptz not null,
      must_be_given boolean,
      text text not null default '',
      language text,
      user_id integer,
      given_at timestamptz,
      fallen_away boolean not null default false,
      unique (part_id, referral, coordinator_id),
      check ((must_be_given is null) = (given_at is null))
    );
    create index request_opinions_coordinator on request_opinions (coordinator_id, part_id) where given_at is null and not fallen_away;

    create table request_allocations (
      part_id integer not null references request_parts on delete cascade,
      user_id integer not null references users on delete cascade,
      at timestamptz not null,
      by_user integer,
      primary key (part_id, user_id)
    );
    create index request_allocations_user on request_allocations (user_id);

    create table request_steps (
      id bigint generated always as identity primary key,
      part_id integer not null references request_parts on delete cascade,
      at timestamptz not null,
      step text not null,
      from_status text,
      to_status text not null,
      user_id integer,
      authority_id integer,
      note text not null default '',
      note_language text,
      details jsonb not null default '{}',
      seen_by text not null check (seen_by in ('both', 'requester', 'responder'))
    );
    create index request_steps_part on request_steps (part_id, id);
    create index request_steps_user on request_steps (user_id);

    create table request_side_notes (
      part_id integer not null references request_parts on delete cascade,
      authority_id integer not null,
      file_number text not null default '',
      remark text not null default '',
      version integer not null default 1,
      primary key (part_id, authority_id)
    );
    create index request_side_notes_number on request_side_notes (authority_id, lower(file_number)) where file_number <> '';

    create table request_attachments (
      id integer generated always as identity primary key,
      request_id integer not null references requests on delete cascade,
      part_id integer not null references request_parts on delete cascade,
      file_id integer not null references stored_files,
      authority_id integer not null,
      user_id integer,
      reply_id integer references request_replies on delete cascade,
      at timestamptz not null,
      language text not null,
      personal boolean not null default true,
      state text not null default 'draft' check (state in ('draft', 'awaiting approval', 'sent'))
    );
    create index request_attachments_part on request_attachments (part_id, id);
    create index request_attachments_request on request_attachments (request_id);
    create index request_attachments_file on request_attachments (file_id);
    create table request_attachment_names (
      attachment_id integer primary key references request_attachments on delete cascade,
      request_id integer not null references requests on delete cascade,
      personal boolean not null,
      name text not null
    );

    create table request_editing (
      part_id integer not null references request_parts on delete cascade,
      user_id integer not null references users on delete cascade,
      since timestamptz not null,
      seen_at timestamptz not null,
      primary key (part_id, user_id)
    );
    create index request_editing_user on request_editing (user_id);

    create table data_subject_requests (
      id integer generated always as identity primary key,
      request_id integer not null references requests on delete cascade,
      authority_id integer not null,
      kind text not null check (kind in ('access', 'correction')),
      received_on date not null,
      recorded_at timestamptz not null,
      recorded_by integer,
      due_on date not null,
      answered_at timestamptz,
      answered_by integer
    );
    create index data_subject_requests_request on data_subject_requests (request_id);
    create index data_subject_requests_open on data_subject_requests (authority_id, due_on) where answered_at is null;
  `)
  await rowLevelSecurity(knex)
}

/**
 * Personal data open for the authority named in the transaction (set imi.personal_for): the requester's, and a responder's once it has
 * accepted. Blocked, they open while a data subject's request on them is unanswered, and for nothing else.
 */
async function rowLevelSecurity(knex: Knex): Promise<void> {
  await knex.raw(`
    create function request_opens_to(asked integer) returns boolean language sql stable as $$
      select exists (
        select 1 from requests r where r.id = asked
          and (r.blocked_at is null or exists (
            select 1 from data_subject_requests d where d.request_id = r.id and d.answered_at is null))
          and (r.requester_id = nullif(current_setting('imi.personal_for', true), '')::integer
            or exists (select 1 from request_parts p where p.request_id = r.id and p.accepted_at is not null
              and p.responder_id = nullif(current_setting('imi.personal_for', true), '')::integer)))
    $$;
    alter table request_personal enable row level security;
    create policy sides on request_personal to imi_app
      using (request_opens_to(request_id)) with check (request_opens_to(request_id));
    create policy nights on request_personal to imi_purge using (true) with check (true);

    alter table request_attachment_names enable row level security;
    create policy sides on request_attachment_names to imi_app
      using (not personal or request_opens_to(request_id)) with check (not personal or request_opens_to(request_id));
    create policy nights on request_attachment_names to imi_purge using (true) with check (true);
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table data_subject_requests, request_editing, request_attachment_names, request_attachments, request_side_notes, request_steps,
      request_allocations, request_opinions, request_demands, request_comments, request_reply_answers, request_replies,
      request_drafts, request_draft_answers, request_personal, request_questions, request_parts, requests, request_counters;
    drop function request_opens_to;
  `)
}
