import type { Knex } from 'knex'
import { rule, type Rule } from './rule.ts'

/** What only served a visit or a piece of work and is of no use to anybody any more. */
export const clearings: readonly Rule[] = [
  // A form may be sent a second time as long as its page may stand open.
  clearing('clearOnceKeys', { table: 'once_keys', key: 'key_hash', since: 'at', after: '7 days' }),
  clearing('clearSessions', { table: 'sessions', key: 'id_hash', since: 'created_at', after: '12 hours' }),
  clearing('clearTasks', { table: 'tasks', key: 'id', since: 'finished_at', after: '30 days' }),
  clearing('clearImports', { table: 'imports', key: 'id', since: 'made_at', after: '30 days' }),
]

interface Clearing {
  table: string
  key: string
  since: string
  after: string
}

type Due = string | number

function clearing(name: string, { table, key, since, after }: Clearing): Rule {
  const due = (db: Knex, at: Date) =>
    db(table).whereRaw('?? <= cast(? as timestamptz) - cast(? as interval)', [since, at, after])
  return rule<Due>({
    name,
    after,
    atOnce: 1000,
    find: (db, at) => due(db, at).limit(10_000).pluck<Due[]>(key),
    async apply(c, keys) {
      const gone = await due(c.db, c.at).whereIn(key, keys).delete().returning<Record<string, Due>[]>(key)
      return gone.flatMap(row => row[key] ?? [])
    },
  })
}
