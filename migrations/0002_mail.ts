import type { Knex } from 'knex'

/**
 * The mails: each row is one message, from the act it tells of to what became of it. The row is the truth; jobs are made
 * from it. `secret` holds a sealed password or code only as long as the mail waits.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table emails (
      id bigint generated always as identity primary key,
      message_id uuid not null unique,
      created_at timestamptz not null,
      to_address text not null,
      cc text[] not null default '{}',
      language text not null,
      template text not null,
      "values" jsonb not null default '{}',
      path text not null,
      secret text,
      about_type text,
      about_id integer,
      state text not null default 'waiting' check (state in ('waiting', 'sent', 'refused', 'failed')),
      attempts integer not null default 0,
      next_attempt_at timestamptz not null,
      accepted text[] not null default '{}',
      last_error text,
      sent_at timestamptz,
      constraint emails_secret_only_while_waiting check (secret is null or state = 'waiting'),
      constraint emails_secret_goes_to_one check (secret is null or cc = '{}'),
      constraint emails_about check ((about_type is null) = (about_id is null)),
      constraint emails_sent_at check ((sent_at is not null) = (state = 'sent'))
    );
    create index emails_due on emails (next_attempt_at) where state = 'waiting';
    create index emails_about_index on emails (about_type, about_id, id) where about_id is not null;
    revoke delete, truncate on emails from imi_app;
    grant select, insert, update on emails to imi_app, imi_purge;
    grant delete on emails to imi_purge;
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table emails')
}
