import type { Knex } from 'knex'

/**
 * What people do with a request beside its texts: allocations, its history, each side's notes, attachments, who is editing, data subjects'
 * requests. What is personal the application reads for one side's authority at a time only.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
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
    drop policy sides on request_personal;
    drop policy nights on request_personal;
    alter table request_personal disable row level security;
    drop table request_attachment_names, request_attachments, request_side_notes, request_steps, request_allocations,
      request_editing;
    drop function request_opens_to;
    drop table data_subject_requests;
  `)
}
