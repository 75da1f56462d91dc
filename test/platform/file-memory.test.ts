import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import { browser, type Someone } from '../support/browser.ts'
import { anAuthority, aUser } from '../support/factories.ts'
import { type FakeClamd, fakeClamd, type FakeS3, fakeS3 } from './file-servers.ts'
import type { Order } from './paper-process.ts'
import { varDir } from './receiving.ts'
import { pdf } from './sample-files.ts'

const LARGE = Buffer.concat([pdf, Buffer.alloc(10 * 1024 * 1024 - pdf.length, 'x')])
const ALLOWED = 20 * 1024 * 1024

let w: World
let scanner: FakeClamd
let s3: FakeS3
beforeAll(async () => {
  ;[w, scanner, s3] = await Promise.all([world(), fakeClamd(), fakeS3()])
})
afterAll(() => Promise.all([w.close(), scanner.close(), s3.close()]))

test.each(['the database', 'an S3-compatible store'])(
  '10 MiB go through the web process to %s and back, and do not stay in its memory',
  async place => {
    const filesUrl = place === 'the database' ? undefined : s3.url
    const child = fork(join(import.meta.dirname, 'paper-process.ts'), {
      execArgv: ['--expose-gc'],
      serialization: 'advanced',
    })
    try {
      const config = { ...w.config, databaseUrl: w.db.url, varDir, clamdUrl: scanner.url, filesUrl }
      const { port } = await told<{ port: number }>(child, { start: { config, now: w.clock.now().getTime() } })
      const user = await aUser(w.knex, await anAuthority(w.knex))
      const cookies = (await w.signedIn(user)).cookies()
      const aino = browser(`http://127.0.0.1:${port}`, { clock: w.clock, cookies })
      // What every process loads and compiles once is not the file's.
      for (let times = 0; times < 10; times += 1) await backAndForth(aino, pdf)

      await told(child, { watch: true })
      expect((await backAndForth(aino, LARGE)).equals(LARGE)).toBe(true)
      const { grown } = await told<{ grown: number }>(child, {})
      expect(grown).toBeLessThan(ALLOWED)
    } finally {
      child.kill('SIGKILL')
    }
  },
  60_000,
)

async function told<T>(child: ChildProcess, order: Order): Promise<T> {
  const answer = once(child, 'message') as Promise<[T]>
  child.send(order)
  return (await answer)[0]
}

async function backAndForth(someone: Someone, content: Buffer): Promise<Buffer> {
  const page = await someone.visit('/papers')
  const file = { name: 'paper.pdf', type: 'application/pdf', content }
  const sent = await page.submit('Read the file', { text: 'Large', file: [file] }, { follow: false, status: 303 })
  return (await someone.request('GET', sent.headers.location ?? '')).body
}
