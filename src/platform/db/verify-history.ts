import type { Knex } from 'knex'
import { type Keyring, verify } from '../secrets.ts'
import { canonical, eventDigest, type HistoryRow, sealDigest, valuesDigest } from './history-digest.ts'
import { SEAL_PURPOSE } from './seal-history.ts'

/** What the history looks like against its seals. */
export interface Findings {
  seals: number
  events: number
  /** Entries whose values were erased, as the rules of data protection ask for. */
  erased: number
  breaks: Break[]
  /** What no seal closes yet. */
  unsealed: { events: number; first: number | null; since: Date | null }
}

export type Break =
  | { what: 'seal changed' | 'seal missing' | 'signature wrong'; seal: number }
  | { what: 'entry changed' | 'entry missing' | 'values changed'; seal: number; event: number }

interface SealRow {
  id: number
  events: number
  digest: string
  signature: string
}

interface ClosedRow extends HistoryRow {
  event_id: number
  sealed_digest: string
  details: unknown
}

/** Holds every entry of the history, its values and every seal against one another, from the first on. */
export async function verifyHistory(db: Knex, keys: Keyring): Promise<Findings> {
  const findings: Findings = { seals: 0, events: 0, erased: 0, breaks: [], unsealed: await findUnsealed(db) }
  const ids = await db('audit_seals').orderBy('id').pluck<number[]>('id')
  let before = ''
  let expected = 1
  for (const id of ids) {
    for (; expected < id; expected += 1) findings.breaks.push({ what: 'seal missing', seal: expected })
    before = await verifySeal(db, keys, { id, before }, findings)
    expected = id + 1
  }
  findings.seals = ids.length
  return findings
}

/** One seal with all it closes; answers with its digest, on which the next one rests. */
async function verifySeal(
  db: Knex,
  keys: Keyring,
  { id, before }: { id: number; before: string },
  findings: Findings,
): Promise<string> {
  const seal = await db('audit_seals').where({ id }).first<SealRow>()
  const rows = (await db('audit_sealed as s')
    .leftJoin('audit_events as e', 'e.id', 's.event_id')
    .leftJoin('audit_values as v', 'v.event_id', 's.event_id')
    .where('s.seal_id', id)
    .orderBy('s.event_id')
    .select('e.*', 's.event_id', { sealed_digest: 's.digest' }, 'v.details')) as ClosedRow[]
  const digest = sealDigest(
    before,
    rows.map(row => row.sealed_digest),
  )
  if (digest !== seal.digest || rows.length !== seal.events) findings.breaks.push({ what: 'seal changed', seal: id })
  if (!verify(keys, seal.signature, `${id} ${seal.digest}`, SEAL_PURPOSE))
    findings.breaks.push({ what: 'signature wrong', seal: id })
  for (const row of rows) verifyEntry(row, id, findings)
  findings.events += rows.length
  return seal.digest
}

function verifyEntry(row: ClosedRow, seal: number, findings: Findings): void {
  const { event_id: event, details } = row
  const broken = (what: 'entry changed' | 'entry missing' | 'values changed') =>
    findings.breaks.push({ what, seal, event })
  if ((row.id as number | null) === null) {
    broken('entry missing')
    return
  }
  if (eventDigest(row) !== row.sealed_digest) broken('entry changed')
  if (details === null) findings.erased += 1
  else if (valuesDigest(row.values_salt, canonical(details)) !== row.values_digest) broken('values changed')
}

async function findUnsealed(db: Knex): Promise<Findings['unsealed']> {
  const found = await db.raw<{ rows: [Findings['unsealed']] }>(
    `select count(*)::int as events, min(e.id) as first, min(e.at) as since
     from audit_events e where not exists (select 1 from audit_sealed s where s.event_id = e.id)`,
  )
  return found.rows[0]
}
