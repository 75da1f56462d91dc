import type { Knex } from 'knex'

/** Files of users and of authorities that somebody imports: each line sealed until it is written, and for a day at most. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table imports (
      id integer generated always as identity primary key,
      kind text not null check (kind in ('users', 'authorities')),
      authority_id integer not null references authorities on delete cascade,
      made_by integer not null references users on delete cascade,
      made_at timestamptz not null,
      state text not null default 'draft' check (state in ('draft', 'begun')),
      version integer not null default 1,
      task_id integer references tasks on delete set null
    );
    create index imports_made_by on imports (made_by, id);
    create index imports_authority on imports (authority_id);
    create index imports_task on imports (task_id);
    create index imports_made_at on imports (made_at);
    create table import_lines (
      import_id integer not null references imports on delete cascade,
      line integer not null,
      state text not null check (state in ('good', 'asked', 'bad', 'out')),
      sealed text,
      user_id integer references users on delete set null,
      written_at timestamptz,
      primary key (import_id, line),
      check (written_at is null or sealed is null)
    );
    create index import_lines_user on import_lines (user_id);
    create index import_lines_sealed on import_lines (import_id) where sealed is not null;
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table import_lines, imports')
}
