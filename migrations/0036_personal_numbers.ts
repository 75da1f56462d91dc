import type { Knex } from 'knex'

/** How much is stored about a person with a request: a number, which may be known where the data themselves are blocked. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create function request_personal_count(asked integer) returns integer
      language sql stable security definer set search_path = public, pg_temp as $$
      select count(*)::integer from request_personal where request_id = asked
    $$;
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop function request_personal_count')
}
