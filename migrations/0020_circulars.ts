import type { Knex } from 'knex'

/** What access managers wrote to the authorities they manage (B11): a copy of the text, and each recipient, whose mail says what became of it. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table circulars (
      id integer generated always as identity primary key,
      authority_id integer not null references authorities on delete cascade,
      user_id integer references users on delete set null,
      task_id integer references tasks on delete set null,
      sent_at timestamptz not null,
      language text not null,
      subject text not null,
      body text not null,
      to_contact boolean not null,
      to_administrators boolean not null,
      authorities integer not null,
      check (to_contact or to_administrators)
    );
    create index circulars_authority on circulars (authority_id, id);
    create index circulars_user on circulars (user_id);
    create index circulars_task on circulars (task_id);
    create table circular_recipients (
      id integer generated always as identity primary key,
      circular_id integer not null references circulars on delete cascade,
      authority_id integer not null references authorities on delete cascade,
      user_id integer references users on delete cascade,
      unique nulls not distinct (circular_id, authority_id, user_id)
    );
    create index circular_recipients_page on circular_recipients (circular_id, id);
    create index circular_recipients_authority on circular_recipients (authority_id);
    create index circular_recipients_user on circular_recipients (user_id);
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table circular_recipients, circulars')
}
