import type { Knex } from 'knex'

/**
 * Information requests (spec/requests.md). What the requester asked stands once in `requests`; what one responder has of it, its
 * status first of all, in `request_parts`: a request that was never split has one part. Authorities may be deleted under a
 * request: their number stays, and the tombstone says what stood there.
 * What is personal stands in a table of its own.
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
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table request_opinions, request_demands, request_comments, request_reply_answers, request_replies,
      request_drafts, request_draft_answers, request_personal, request_questions, request_parts, requests, request_counters;
  `)
}
