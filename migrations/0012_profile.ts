import type { Knex } from 'knex'

/** A new e-mail address that waits until its owner follows the link sent there: at most one per user. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table email_changes (
      user_id integer primary key references users on delete cascade,
      email text not null,
      token_hash text not null unique,
      asked_at timestamptz not null,
      expires_at timestamptz not null,
      check (expires_at > asked_at)
    );
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table email_changes')
}
