import { createHash } from 'node:crypto'
import type pg from 'pg'

/** Beyond it a program that keeps making new statements would fill the server's memory. */
const MOST = 300
/** Before it a statement may be one of a kind. */
const PREPARED_AT = 3

interface Statement {
  text: string
  values?: unknown[]
  name?: string
}

/** Gives statements that come again the name under which PostgreSQL keeps them parsed and planned; one for a pool. */
export function namer(): (text: string) => string | undefined {
  const seen = new Map<string, { times: number; name: string | undefined }>()
  return text => {
    let known = seen.get(text)
    if (!known) {
      if (seen.size >= MOST) return undefined
      seen.set(text, (known = { times: 0, name: undefined }))
    }
    known.times += 1
    if (known.times === PREPARED_AT && !dependsOnItsValues(text)) known.name = nameOf(text)
    return known.name
  }
}

/** What a pattern begins with decides which index helps: such a statement is planned anew for each one. */
export const dependsOnItsValues = (text: string): boolean => / i?like /i.test(text)

const nameOf = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22)

type Done = (error: (Error & { code?: string }) | null, result?: unknown) => void

/**
 * Lets a connection prepare what it runs often: planning was 40 % of PostgreSQL's time. Statements without values go as they
 * are, since several may stand in one text. A connection whose plans a migration has overtaken is not used again.
 */
export function prepareOften(connection: pg.Client, name: (text: string) => string | undefined): void {
  const query = connection.query.bind(connection) as (statement: unknown, ...rest: unknown[]) => unknown
  const prepared = (statement: Statement | string, done?: Done): unknown => {
    const given =
      typeof statement === 'object' && statement.values?.length && !statement.name ? name(statement.text) : undefined
    if (!given || !done) return query(statement, done)
    return query({ ...(statement as Statement), name: given }, (error: Parameters<Done>[0], result: unknown) => {
      if (error?.code === PLAN_OUTDATED) Object.assign(connection, { __knex__disposed: error })
      done(error, result)
    })
  }
  connection.query = prepared as typeof connection.query
}

/** "cached plan must not change result type": a migration changed a table while we ran. */
const PLAN_OUTDATED = '0A000'
