import type { Knex } from 'knex'

/**
 * What remains of an authority that was deleted, and of its people as long as the history may name them; which warnings and
 * reminders went out. A warning belongs to one deactivation, a reminder to one password: the next one begins anew.
 * A deletion looks at everything that points at an authority or a person, so all of that has an index.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table tombstones (
      authority_id integer primary key,
      country char(2) not null references countries,
      official_name text not null,
      official_language text not null,
      deleted_at timestamptz not null
    );
    create index tombstones_country on tombstones (country, deleted_at);
    create table deleted_people (
      user_id integer primary key,
      given_name text not null,
      family_name text not null,
      deleted_at timestamptz not null
    );
    create index deleted_people_deleted on deleted_people (deleted_at);
    create table deletion_warnings (
      authority_id integer not null references authorities on delete cascade,
      deactivated_at timestamptz not null,
      days_before smallint not null,
      at timestamptz not null,
      primary key (authority_id, deactivated_at, days_before)
    );
    create table password_reminders (
      user_id integer not null references users on delete cascade,
      password_set_at timestamptz not null,
      days_before smallint not null,
      at timestamptz not null,
      primary key (user_id, password_set_at, days_before)
    );
    revoke insert, update, delete, truncate on tombstones, deleted_people, deletion_warnings, password_reminders from imi_app;

    alter table grants drop constraint grants_granted_by_fkey,
      add constraint grants_granted_by_fkey foreign key (granted_by) references authorities on delete set null;
    create index grants_granted_by on grants (granted_by);
    create index users_of_authority on users (authority_id);
    create index users_deleted on users (deleted_at) where deleted_at is not null;
    create index user_roles_given_by on user_roles (given_by);
    create index once_keys_user on once_keys (user_id);
    create index authorities_deactivated on authorities (deactivated_at) where status = 'deactivated';
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop index authorities_deactivated, once_keys_user, user_roles_given_by, users_deleted,
      users_of_authority, grants_granted_by;
    alter table grants drop constraint grants_granted_by_fkey,
      add constraint grants_granted_by_fkey foreign key (granted_by) references authorities;
    drop table password_reminders, deletion_warnings, deleted_people, tombstones;
  `)
}
