import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fakeS3, type FakeS3 } from '../platform/file-servers.ts'
import { pdf } from '../platform/sample-files.ts'
import { world, type World } from '../support/app.ts'
import { night } from './nightly.ts'

const DAY = 24 * 60 * 60 * 1000

let w: World
let s3: FakeS3
beforeAll(async () => {
  s3 = await fakeS3()
  w = await world({ filesUrl: s3.url, varDir: mkdtempSync(join(tmpdir(), 'imi-night-')) })
})
afterAll(() => Promise.all([w.close(), s3.close()]))

const aFile = (row: object) =>
  w.knex('stored_files').insert({ place: 'database', size: 1, sha256: 'a'.repeat(64), content_type: 'x', ...row })
const ran = () => w.knex('audit_events').where({ event: 'retention.ran' }).count<{ count: number }[]>()

test('what the scanner refused is kept for 30 days, what is clean stays', async () => {
  const old = new Date(w.clock.now().getTime() - 30 * DAY)
  await aFile({ key: 'one', state: 'quarantined', finding: 'Eicar', created_at: old })
  await aFile({ key: 'two', state: 'quarantined', finding: 'Eicar', created_at: w.clock.now() })
  await aFile({ key: 'three', state: 'clean', created_at: old })
  await night(w)
  expect(await w.knex('stored_files').orderBy('id').pluck('key')).toEqual(['two', 'three'])
})

test('what has no row goes out of the file store, once it is a day old', async () => {
  const key = (end: number) => `papers/00000000-0000-4000-8000-00000000000${end}`
  const old = new Date(w.clock.now().getTime() - DAY - 1)
  for (const end of [1, 2, 3]) s3.objects.set(key(end), { bytes: pdf, at: end === 3 ? w.clock.now() : old })
  await aFile({ key: key(2).replace('papers/', ''), place: 's3', state: 'clean', created_at: old })
  const before = await ran()
  await night(w)
  expect([...s3.objects.keys()]).toEqual([key(2), key(3)])
  expect(await ran()).not.toEqual(before)
})
