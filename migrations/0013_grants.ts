import type { Knex } from 'knex'

/** Why a module was suspended stands beside since when: the tab Modules says both. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table grants add column suspension_reason text not null default '';
    alter table grants add check (status = 'suspended' or suspension_reason = '');
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('alter table grants drop column suspension_reason')
}
