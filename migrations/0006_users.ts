import type { Knex } from 'knex'

/** People, their roles, what lets them in, and the doors they stand in. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table users (
      id integer generated always as identity primary key,
      authority_id integer not null references authorities on delete cascade,
      given_name text not null,
      family_name text not null,
      email text not null,
      telephone text not null default '',
      language text not null,
      username text not null,
      administrator boolean not null default false,
      data_administrator text not null default 'none' check (data_administrator in ('none', 'all', 'chosen')),
      imi_administrator boolean not null default false,
      password_hash text not null,
      password_temporary boolean not null default true,
      password_set_at timestamptz not null,
      security_code text,
      code_positions smallint[],
      wrong_entries smallint not null default 0,
      blocked_at timestamptz,
      first_signed_in_at timestamptz,
      last_signed_in_at timestamptz,
      registered_at timestamptz not null,
      deleted_at timestamptz,
      version integer not null default 1
    );
    create unique index users_username on users (lower(username));
    create unique index users_email on users (lower(email)) where deleted_at is null;
    create index users_authority on users (authority_id) where deleted_at is null;

    create table user_data_modules (
      user_id integer not null references users on delete cascade,
      module_id integer not null references modules,
      primary key (user_id, module_id)
    );
    create table user_roles (
      user_id integer not null references users on delete cascade,
      module_id integer not null references modules,
      role text not null check (role in ('handler', 'allocator', 'approver', 'referee', 'alert handler')),
      given_by integer references users on delete set null,
      given_at timestamptz not null,
      primary key (user_id, module_id, role)
    );
    create index user_roles_module on user_roles (module_id, role);

    create table former_passwords (
      id bigint generated always as identity primary key,
      user_id integer not null references users on delete cascade,
      password_hash text not null,
      set_at timestamptz not null
    );
    create index former_passwords_user on former_passwords (user_id, id);

    create table sessions (
      id_hash text primary key,
      user_id integer not null references users on delete cascade,
      stage text not null check (stage in ('code', 'change', 'full')),
      created_at timestamptz not null,
      seen_at timestamptz not null,
      address text,
      browser text,
      notice jsonb,
      resume text
    );
    create index sessions_user on sessions (user_id);
    create index sessions_seen on sessions (seen_at);

    create table once_keys (
      key_hash text primary key,
      user_id integer not null references users on delete cascade,
      url text not null,
      at timestamptz not null
    );
    create index once_keys_at on once_keys (at);
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table once_keys, sessions, former_passwords, user_roles, user_data_modules, users')
}
