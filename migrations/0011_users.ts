import type { Knex } from 'knex'

/**
 * Who stood in a user record before another person took it over (D6): what happened until then was done by the former one.
 * Names stand here and not in the history, which holds people by number only.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table former_people (
      id integer generated always as identity primary key,
      user_id integer not null references users on delete cascade,
      given_name text not null,
      family_name text not null,
      until timestamptz not null
    );
    create index former_people_user on former_people (user_id, until);
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table former_people')
}
