import type { Knex } from 'knex'

/**
 * The history: what was done, when, by whom (by number), from where, and the values before and after.
 * Values stand in a side table, so that what is personal can be erased while the chain of digests stays whole.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table audit_events (
      id bigint generated always as identity primary key,
      at timestamptz not null,
      event text not null,
      actor_id integer,
      actor_authority_id integer,
      actor_name text,
      subject_type text not null,
      subject_id integer not null,
      authority_id integer,
      address text,
      values_salt text not null,
      values_digest text not null
    );
    create index audit_events_subject on audit_events (subject_type, subject_id, id);
    create index audit_events_authority on audit_events (authority_id, id);
    create table audit_values (
      event_id bigint primary key references audit_events,
      details jsonb not null
    );
    revoke update, delete, truncate on audit_events, audit_values from imi_app;
    revoke update, truncate on audit_events, audit_values from imi_purge;
    grant select, insert on audit_events, audit_values to imi_app, imi_purge;
    grant delete on audit_values to imi_purge;
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table audit_values, audit_events')
}
