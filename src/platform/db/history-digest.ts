import { hash } from 'node:crypto'

/** An entry of the history, without its values, as its digest covers it. */
export interface HistoryRow {
  id: number
  at: Date
  event: string
  actor_id: number | null
  actor_authority_id: number | null
  actor_name: string | null
  subject_type: string
  subject_id: number
  authority_id: number | null
  values_salt: string
  values_digest: string
}

/** Values as text, the same whatever order the database keeps their keys in. */
export const canonical = (values: unknown): string => JSON.stringify(sorted(JSON.parse(JSON.stringify(values))))

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  )
}

/** The salted digest of values: it stays when the values are erased, and says nothing about them. */
export const valuesDigest = (salt: string, text: string): string => hash('sha256', salt + text)

/** What is sealed of an entry: who did what to which record, when, and the digest of the values. */
export const eventDigest = (row: HistoryRow): string =>
  hash(
    'sha256',
    JSON.stringify([
      row.id,
      row.at.toISOString(),
      row.event,
      row.actor_id,
      row.actor_authority_id,
      row.actor_name,
      row.subject_type,
      row.subject_id,
      row.authority_id,
      row.values_salt,
      row.values_digest,
    ]),
  )

/** A link of the chain: the seal before it, and the digests of what this one closes. */
export const sealDigest = (before: string, digests: readonly string[]): string =>
  hash('sha256', [before, ...digests].join('\n'))
