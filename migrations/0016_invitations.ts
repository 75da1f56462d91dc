import type { Knex } from 'knex'

/** Invitations to self-register, the submissions they go out in, their codes, and the modules meant for those invited. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table invitation_submissions (
      id integer generated always as identity primary key,
      inviter_id integer not null references authorities on delete cascade,
      made_by integer references users on delete set null,
      made_at timestamptz not null,
      state text not null check (state in ('draft', 'submitted', 'held', 'confirmed', 'released', 'refused')),
      bad_lines jsonb not null default '[]',
      submitted_at timestamptz,
      submitted integer not null default 0,
      refused integer not null default 0,
      confirmed_by integer references users on delete set null,
      confirmed_at timestamptz,
      decided_by integer references users on delete set null,
      decided_at timestamptz,
      task_id integer references tasks on delete set null,
      reason text,
      check ((state = 'draft') = (submitted_at is null))
    );
    create index invitation_submissions_inviter on invitation_submissions (inviter_id, id);
    create index invitation_submissions_held on invitation_submissions (state, id) where state in ('held', 'confirmed');

    create table invitations (
      id integer generated always as identity primary key,
      inviter_id integer not null references authorities on delete cascade,
      submission_id integer not null references invitation_submissions on delete cascade,
      invited_by integer references users on delete set null,
      line integer,
      email text not null,
      name text not null,
      language text not null,
      status text not null
        check (status in ('draft', 'refused', 'held', 'sent', 'registered', 'expired', 'withdrawn', 'validated', 'rejected')),
      reasons text[] not null default '{}',
      made_at timestamptz not null,
      submitted_at timestamptz,
      sent_at timestamptz,
      expires_at timestamptz,
      reminded_at timestamptz,
      entered jsonb,
      username text,
      authority_id integer references authorities on delete set null,
      registered_at timestamptz,
      inviter_reminded_at timestamptz,
      national_told_at timestamptz,
      decided_by integer references users on delete set null,
      decided_at timestamptz,
      reason text,
      may_hand_in_again boolean not null default false,
      check (status <> 'sent' or (sent_at is not null and expires_at > sent_at)),
      check (status <> 'registered' or (authority_id is not null and registered_at is not null)),
      check (status = 'rejected' or not may_hand_in_again)
    );
    create unique index invitations_open on invitations (lower(email))
      where status in ('draft', 'held', 'sent', 'registered') or may_hand_in_again;
    create index authorities_address on authorities (lower(email));
    create index invitations_inviter on invitations (inviter_id, id);
    create index invitations_submission on invitations (submission_id, id);
    create index invitations_authority on invitations (authority_id);
    create index invitations_running on invitations (status, expires_at) where status in ('sent', 'registered');
    create index invitations_entered on invitations (status) where entered is not null;

    create table invitation_modules (
      invitation_id integer not null references invitations on delete cascade,
      module_id integer not null references modules,
      primary key (invitation_id, module_id)
    );
    create table invitation_codes (
      id integer generated always as identity primary key,
      invitation_id integer not null references invitations on delete cascade,
      code_hash text not null unique,
      made_at timestamptz not null,
      void boolean not null default false
    );
    create index invitation_codes_invitation on invitation_codes (invitation_id);
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(
    'drop table invitation_codes, invitation_modules, invitations, invitation_submissions; drop index authorities_address',
  )
}
