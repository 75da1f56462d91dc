import { createServer } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { buildApp } from '../../src/app.ts'
import type { Config } from '../../src/config.ts'
import { systemClock } from '../../src/platform/clock.ts'
import { connect as connectDatabase } from '../../src/platform/db/connection.ts'
import { makeLog } from '../../src/platform/log.ts'
import type { BenchPage } from './pages.ts'

export interface Statement {
  text: string
  values: unknown[]
}

/** What the application does for a page, for the bare server to do likewise. */
export interface Recording {
  place: string
  status: number
  statements: Statement[]
  body: string
}

/** Lets the application draw each page and writes down its statements and its bytes; drawn twice, so that nothing is met for the first time. */
export async function record(config: Config, url: string, pages: BenchPage[]): Promise<Map<BenchPage, Recording>> {
  const db = connectDatabase(url)
  const log = makeLog('error')
  const server = createServer(buildApp({ config, db, clock: systemClock, log, ready: async () => true }))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const seen: Statement[] = []
  db.app.on('query', ({ sql, bindings }: { sql: string; bindings?: unknown[] }) =>
    seen.push({ text: sql, values: bindings ?? [] }),
  )
  const recordings = new Map<BenchPage, Recording>()
  try {
    for (const page of pages) {
      await ask(port, page.request(0))
      seen.length = 0
      const answer = await ask(port, page.request(1))
      const [method = '', path = ''] = page.request(1).split(' ', 2)
      const body = answer.slice(answer.indexOf('\r\n\r\n') + 4)
      const status = Number(answer.slice(9, 12))
      if (status !== page.status) throw new Error(`${page.name}: ${answer.slice(0, 2000)}`)
      recordings.set(page, { place: placeOf(method, path), status, statements: [...seen], body })
    }
  } finally {
    await new Promise(resolve => server.close(resolve))
    await db.close()
  }
  return recordings
}

/** What the bare server knows a page by: one that is there for every record answers alike for all of them. */
export const placeOf = (method: string, path: string): string => `${method} ${path.replace(/\/\d+/g, '/:id')}`

function ask(port: number, request: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.write(request.replace('\r\n', '\r\nConnection: close\r\n'))
  return text(socket)
}
