import type { Knex } from 'knex'

interface Piece {
  away: string
  back: string
}

/**
 * Runs `work` while the tables have neither foreign keys nor indexes, and builds these anew after it: for a million rows that is
 * minutes instead of hours. All in the transaction of `db`, so whatever happens nothing is lost; others wait for the tables.
 */
export async function withoutIndexes(db: Knex.Transaction, tables: string[], work: () => Promise<void>): Promise<void> {
  await db.raw(`lock table ${tables.join(', ')} in access exclusive mode`)
  const pieces = [...(await foreignKeys(db, tables)), ...(await ownKeys(db, tables)), ...(await indexes(db, tables))]
  for (const { away } of pieces) await db.raw(away)
  await work()
  await db.raw(`set local maintenance_work_mem = '512MB'`)
  for (const { back } of pieces.reverse()) await db.raw(back)
}

/** Others would have to be there again before ours can be, so only those that point out of our tables go. */
const foreignKeys = (db: Knex.Transaction, tables: string[]): Promise<Piece[]> =>
  constraints(db, tables, `c.contype = 'f'`)

/** A key that others point to has to stay. */
const ownKeys = (db: Knex.Transaction, tables: string[]): Promise<Piece[]> =>
  constraints(
    db,
    tables,
    `c.contype in ('p', 'u') and not exists (select from pg_constraint f where f.contype = 'f' and f.conindid = c.conindid)`,
  )

async function constraints(db: Knex.Transaction, tables: string[], which: string): Promise<Piece[]> {
  const { rows } = await db.raw<{ rows: { owner: string; name: string; definition: string }[] }>(
    `select c.conrelid::regclass::text as owner, quote_ident(c.conname) as name, pg_get_constraintdef(c.oid) as definition
     from pg_constraint c where c.conrelid::regclass::text = any(?) and ${which} order by 1, 2`,
    [tables],
  )
  return rows.map(({ owner, name, definition }) => ({
    away: `alter table ${owner} drop constraint ${name}`,
    back: `alter table ${owner} add constraint ${name} ${definition}`,
  }))
}

async function indexes(db: Knex.Transaction, tables: string[]): Promise<Piece[]> {
  const { rows } = await db.raw<{ rows: { name: string; definition: string }[] }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
     from pg_index i where i.indrelid::regclass::text = any(?)
       and not exists (select from pg_constraint c where c.conindid = i.indexrelid) order by 1`,
    [tables],
  )
  return rows.map(({ name, definition }) => ({ away: `drop index ${name}`, back: definition }))
}
