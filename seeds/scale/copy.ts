import type { Knex } from 'knex'
import type pg from 'pg'

export type Value = string | number | boolean | Date | null | readonly string[]

interface Pool {
  acquireConnection(): Promise<pg.Client>
}

/** What node-postgres knows of COPY; its published types leave it out. */
interface CopyConnection {
  query(text: string): void
  sendCopyFromChunk(chunk: Buffer): void
  endCopyFrom(): void
}

/** Writes rows into a table by COPY, the fastest way in: one round trip, no parameters, identity columns as given. */
export async function copyInto(
  db: Knex.Transaction,
  table: string,
  columns: string,
  rows: readonly (readonly Value[])[],
): Promise<void> {
  if (rows.length === 0) return
  const client = await (db.client as Pool).acquireConnection()
  const text = Buffer.from(rows.map(row => `${row.map(field).join('\t')}\n`).join(''))
  await new Promise<void>((resolve, reject) => {
    client.query(copying(`copy ${table} (${columns}) from stdin`, text, resolve, reject))
  })
}

function copying(sql: string, text: Buffer, resolve: () => void, reject: (error: Error) => void) {
  return {
    submit(connection: pg.Connection): void {
      connection.query(sql)
    },
    handleCopyInResponse(connection: CopyConnection): void {
      connection.sendCopyFromChunk(text)
      connection.endCopyFrom()
    },
    handleCommandComplete: () => undefined,
    handleReadyForQuery: () => resolve(),
    handleError: (error: Error) => reject(error),
  }
}

/** A value as COPY's text format writes it. */
function field(value: Value): string {
  if (value === null) return '\\N'
  if (typeof value === 'string') return escaped(value)
  if (value instanceof Date) return value.toISOString()
  if (typeof value === 'object') return escaped(`{${value.map(one => JSON.stringify(one)).join(',')}}`)
  return String(value)
}

const SIGNS: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

const escaped = (text: string): string => text.replace(/[\\\t\n\r]/g, sign => SIGNS[sign] ?? sign)
