import type { Knex } from 'knex'
import { connectAsOwner } from '../../src/platform/db/connection.ts'

/** Opens the database as its owner and looks. */
export async function looking<T>(url: string, look: (knex: Knex) => Promise<T>): Promise<T> {
  const knex = connectAsOwner(url)
  return look(knex).finally(() => knex.destroy())
}

/** Every column, rule, right and index there is, in words. */
export async function shape(url: string): Promise<string[]> {
  return looking(url, async knex => {
    const { rows } = await knex.raw(`
      select format('%s.%s %s %s %s', table_name, column_name, data_type, is_nullable, column_default) as line
        from information_schema.columns where table_schema = 'public'
      union all select format('%s: %s', conrelid::regclass, pg_get_constraintdef(oid)) from pg_constraint
        where connamespace = 'public'::regnamespace and contype <> 'n'
      union all select indexdef from pg_indexes where schemaname = 'public'
      union all select format('%s %s %s', relname, relrowsecurity, array(select a::text from unnest(relacl) a order by 1))
        from pg_class where relnamespace = 'public'::regnamespace
      union all select format('%s %s %s %s: %s / %s', tablename, policyname, roles, cmd, qual, with_check) from pg_policies
      union all select proname::text from pg_proc where pronamespace = 'public'::regnamespace
      order by 1`)
    return rows.map((row: { line: string }) => row.line)
  })
}
