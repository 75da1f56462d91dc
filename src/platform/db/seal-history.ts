import type { Knex } from 'knex'
import { days } from '../clock.ts'
import { type Keyring, sign } from '../secrets.ts'
import { eventDigest, type HistoryRow, sealDigest } from './history-digest.ts'

/** How many entries one seal closes at most. */
const BATCH = 1000

/** What a seal is signed for, so that nobody without the keys can build another chain. */
export const SEAL_PURPOSE = 'seal of the history'

interface Sealing {
  db: Knex
  keys: Keyring
  at: Date
  /** Asked before each batch but the first: once false, the rest is left for the next time. */
  goOn?: () => boolean
}

/**
 * Seals the committed entries of the history that no seal closes yet, in batches: beside the writers, which never wait for it.
 * Entries that are committed late come into a later seal. Runs as the role imi_purge, in one worker at a time.
 * @returns how many entries were sealed
 */
export async function sealHistory(sealing: Sealing): Promise<number> {
  let sealed = 0
  for (let count = BATCH; count === BATCH && (sealed === 0 || (sealing.goOn?.() ?? true)); sealed += count)
    count = await sealBatch(sealing)
  return sealed
}

const sealBatch = ({ db, keys, at }: Sealing): Promise<number> =>
  db.transaction(async trx => {
    const mine = await trx.raw<{ rows: [{ mine: boolean }] }>(
      `select pg_try_advisory_xact_lock(hashtext('seal of the history')) as mine`,
    )
    if (!mine.rows[0].mine) return 0
    const rows = await listUnsealed(trx, at)
    const last = rows.at(-1)
    if (!last) return 0
    const before = await trx('audit_seals').orderBy('id', 'desc').first<{ id: number; digest: string } | undefined>()
    const digests = rows.map(eventDigest)
    const digest = sealDigest(before?.digest ?? '', digests)
    const id = (before?.id ?? 0) + 1
    const signature = sign(keys, `${id} ${digest}`, SEAL_PURPOSE)
    await trx('audit_seals').insert({ id, at, last_event: last.id, events: rows.length, digest, signature })
    await trx.raw(
      `insert into audit_sealed (event_id, seal_id, digest) select event, ?, digest
       from unnest(cast(? as bigint[]), cast(? as text[])) as closed(event, digest)`,
      [id, rows.map(row => row.id), digests],
    )
    return rows.length
  })

/** A day after a seal no transaction that is older than it can still commit: what lies before it needs no second look. */
async function listUnsealed(db: Knex, at: Date): Promise<HistoryRow[]> {
  const found = await db.raw<{ rows: HistoryRow[] }>(
    `select e.* from audit_events e
     where e.id > coalesce((select max(last_event) from audit_seals where at < ?), 0)
       and not exists (select 1 from audit_sealed s where s.event_id = e.id)
     order by e.id limit ?`,
    [new Date(at.getTime() - days(1)), BATCH],
  )
  return found.rows
}
