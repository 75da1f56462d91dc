import type { Knex } from 'knex'

/** Long work: one row for what was asked, one for each thing to be done, so that a killed worker goes on where it was. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table tasks (
      id integer generated always as identity primary key,
      kind text not null,
      user_id integer not null references users on delete cascade,
      parameters jsonb not null,
      back text not null,
      asked_at timestamptz not null,
      finished_at timestamptz
    );
    create index tasks_unfinished on tasks (id) where finished_at is null;
    create index tasks_user on tasks (user_id, id);
    create table task_items (
      task_id integer not null references tasks on delete cascade,
      position integer not null,
      label text not null,
      payload jsonb not null,
      state text not null default 'waiting' check (state in ('waiting', 'done', 'failed')),
      reason text,
      reason_values jsonb not null default '{}',
      ended_at timestamptz,
      primary key (task_id, position)
    );
    create index task_items_waiting on task_items (task_id, position) where state = 'waiting';
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table task_items, tasks')
}
