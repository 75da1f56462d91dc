import { randomUUID } from 'node:crypto'
import type { RequestHandler } from 'express'

const LEVELS = ['debug', 'info', 'warn', 'error'] as const
type Level = (typeof LEVELS)[number]
type Fields = Record<string, unknown>

/** One line of JSON per event. Give it numbers and names of things, never what a person typed. */
export type Log = Record<Level, (message: string, fields?: Fields) => void>

/** A log that writes events of this level and above; to standard output unless told otherwise. */
export function makeLog(lowest: Level, write: (line: string) => void = line => process.stdout.write(line)): Log {
  const at =
    (level: Level) =>
    (message: string, fields: Fields = {}) => {
      if (LEVELS.indexOf(level) < LEVELS.indexOf(lowest)) return
      const event = { time: new Date().toISOString(), level, message, ...mapValues(fields, readable) }
      write(`${JSON.stringify(event)}\n`)
    }
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

/** Gives each request an id (`res.locals.requestId`, X-Request-Id) and writes one line when it is answered: no query, body or cookie. */
export function logRequests(log: Log): RequestHandler {
  return (req, res, next) => {
    const requestId = randomUUID()
    const started = performance.now()
    const path = req.path.slice(0, 200)
    res.locals.requestId = requestId
    res.set('X-Request-Id', requestId)
    res.once('close', () => {
      const ms = Math.round(performance.now() - started)
      const level = res.statusCode >= 500 ? 'error' : path.startsWith('/health/') ? 'debug' : 'info'
      log[level]('request', { requestId, method: req.method, path, status: res.statusCode, ms })
    })
    next()
  }
}

/** An error as its kind and its place in the code; PostgreSQL's details would quote the row. */
function readable(value: unknown): unknown {
  if (!(value instanceof Error)) return value
  const { code } = value as { code?: unknown }
  return { name: value.name, code, message: value.message, stack: value.stack?.split('\n').slice(1, 6) }
}

function mapValues(fields: Fields, change: (value: unknown) => unknown): Fields {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, change(value)]))
}
