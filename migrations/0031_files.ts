import type { Knex } from 'knex'

/**
 * Files that people attach. A file is its row in stored_files; its bytes stand in stored_chunks, or in an S3-compatible store.
 * A row that goes takes its chunks with it; what stays behind in the other store is found and removed at night.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table stored_files (
      id integer generated always as identity primary key,
      key text not null unique,
      place text not null check (place in ('database', 's3')),
      size integer not null check (size >= 0),
      sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
      content_type text not null,
      state text not null check (state in ('clean', 'unscanned', 'quarantined')),
      finding text,
      created_at timestamptz not null,
      check ((state = 'quarantined') = (finding is not null))
    );
    create index stored_files_quarantined on stored_files (created_at) where state = 'quarantined';
    create table stored_chunks (
      key text not null references stored_files (key) on delete cascade deferrable initially deferred,
      position integer not null,
      bytes bytea not null check (octet_length(bytes) <= 262144),
      primary key (key, position)
    );
    -- What people attach is packed already: to try again costs time and gains nothing.
    alter table stored_chunks alter column bytes set storage external;
    revoke update on stored_files, stored_chunks from imi_app, imi_purge;
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table stored_chunks, stored_files')
}
