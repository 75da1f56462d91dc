import type { Knex } from 'knex'

/** Mails that did not arrive are rare; whoever looks for them among the people of a country asks for these only. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(
    `create index emails_lost on emails (about_type, about_id, template) where state in ('refused', 'failed')`,
  )
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop index emails_lost')
}
