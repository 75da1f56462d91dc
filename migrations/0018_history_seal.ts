import type { Knex } from 'knex'

/**
 * The seals of the history: each closes a batch of committed events, and holds the digest of the seal before it. An event's own
 * digest stands beside it, so that a break can be named. Nobody but the owner can change or take away what is sealed.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table audit_seals (
      id integer primary key,
      at timestamptz not null,
      last_event bigint not null,
      events integer not null,
      digest text not null,
      signature text not null
    );
    create table audit_sealed (
      event_id bigint primary key references audit_events,
      seal_id integer not null references audit_seals,
      digest text not null
    );
    create index audit_sealed_seal on audit_sealed (seal_id, event_id);
    revoke insert, update, delete, truncate on audit_seals, audit_sealed from imi_app;
    revoke update, delete, truncate on audit_seals, audit_sealed from imi_purge;
    revoke delete on audit_events from imi_purge;
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    grant delete on audit_events to imi_purge;
    drop table audit_sealed, audit_seals;
  `)
}
