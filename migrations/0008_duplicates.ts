import type { Knex } from 'knex'

/** Names that are alike are found by their trigrams: an authority is registered once (B4). */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('create index authorities_name_key on authorities using gin (name_key gin_trgm_ops)')
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop index authorities_name_key')
}
