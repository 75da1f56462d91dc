import type { Knex } from 'knex'

/** When somebody was here before: what has happened since then is new to them. And what both sides have still to agree to erase. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table users add column signed_in_before_at timestamptz;
    create index requests_erasure_proposed on requests (id) where erasure_proposed_by is not null and erased_at is null;
    create function user_signs_in() returns trigger language plpgsql as $$
    begin
      new.signed_in_before_at := old.last_signed_in_at;
      return new;
    end $$;
    create trigger users_sign_in before update of last_signed_in_at on users for each row execute function user_signs_in();
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop trigger users_sign_in on users;
    drop function user_signs_in();
    drop index requests_erasure_proposed;
    alter table users drop column signed_in_before_at;
  `)
}
