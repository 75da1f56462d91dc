import type { Knex } from 'knex'

/** A search that walks the authorities in the order of their names asks each one for the beginning of a word: from the index alone. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    drop index authority_words_authority;
    create index authority_words_of on authority_words (authority_id, word text_pattern_ops);
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop index authority_words_of;
    create index authority_words_authority on authority_words (authority_id);
  `)
}
