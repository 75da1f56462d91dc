import type { Knex } from 'knex'

/**
 * Whether somebody wants to be told of waiting work at once or in one mail a day (D8). `digest_of` marks a mail that is
 * collected for this user and never goes out alone; `digest_id` the digest it is listed in, whose fate it shares.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table users add column notifications text not null default 'atOnce'
      constraint users_notifications_check check (notifications in ('atOnce', 'daily'));
    alter table emails
      add column digest_of integer references users on delete cascade,
      add column digest_id bigint references emails on delete cascade,
      add constraint emails_only_collected_ones_in_digests check (digest_id is null or digest_of is not null),
      add constraint emails_no_secret_in_digests check (digest_of is null or secret is null);
    drop index emails_due;
    create index emails_due on emails (next_attempt_at) where state = 'waiting' and digest_of is null;
    create index emails_collected on emails (created_at)
      where state = 'waiting' and digest_of is not null and digest_id is null;
    create index emails_digest_of on emails (digest_of) where digest_of is not null;
    create index emails_digest_id on emails (digest_id) where digest_id is not null;
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop index emails_due;
    alter table emails drop column digest_id, drop column digest_of;
    create index emails_due on emails (next_attempt_at) where state = 'waiting';
    alter table users drop column notifications;
  `)
}
