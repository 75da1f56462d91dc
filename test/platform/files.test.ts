import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { change, type Change } from '../../src/platform/db/change.ts'
import { type Files, filesOf } from '../../src/platform/files/files.ts'
import { signed } from '../../src/platform/files/s3-signing.ts'
import { findStoredFile, readFile, removeFiles, storeFile } from '../../src/platform/files/stored-file.ts'
import { world, type World } from '../support/app.ts'
import { type FakeS3, fakeS3 } from './file-servers.ts'
import { accepted, closeAll, varDir } from './receiving.ts'
import * as sample from './sample-files.ts'

let w: World
let s3: FakeS3
beforeAll(async () => {
  ;[w, s3] = await Promise.all([world(), fakeS3()])
})
afterAll(async () => {
  await closeAll()
  await Promise.all([w.close(), s3.close()])
})

const places: Record<string, () => Files> = {
  'the database': () => filesOf({ varDir }),
  'an S3-compatible store': () => filesOf({ varDir, filesUrl: s3.url }),
}

/** An act that leaves something in the history, as each must. */
const act = <T>(work: (c: Change) => Promise<T>): Promise<T> =>
  change(
    { db: w.db.app, clock: w.clock, keys: w.config.keys },
    { id: null, authorityId: null, name: 'test' },
    async c => {
      const result = await work(c)
      await c.record('file.quarantined', { type: 'file', id: 1 }, { finding: 'none', size: 0, sha256: '' })
      return result
    },
  )

async function swept({ home }: Files, before: Date): Promise<number> {
  const keys = await home.orphans(w.db.purge, before)
  await home.remove(keys)
  return keys.length
}

async function bytesOf(files: Files, id: number): Promise<Buffer> {
  const file = await findStoredFile(w.db.app, id)
  return buffer(readFile(w.db.app, files, file!))
}

describe.each(Object.entries(places))('a file in %s', (_name, filesNow) => {
  test('comes out as it went in, whatever its size', async () => {
    const files = filesNow()
    const sizes = fc.oneof(fc.integer({ min: 1, max: 400_000 }), fc.constantFrom(131_072, 131_073, 262_144))
    await fc.assert(
      fc.asyncProperty(sizes, fc.integer({ min: 1, max: 200_000 }), async (size, step) => {
        const bytes = Buffer.concat([sample.pdf, Buffer.alloc(size, `${size} ${step}`)])
        const file = await accepted(files, bytes, 'paper.pdf', step)
        const id = await act(c => storeFile(c, file))
        await closeAll()
        expect((await bytesOf(files, id)).equals(bytes)).toBe(true)
      }),
      { numRuns: 25 },
    )
  })

  test('stands in its table with size, digest, type and state', async () => {
    const file = await accepted(filesNow(), sample.docx, 'answer.docx')
    const id = await act(c => storeFile(c, file))
    expect(await w.knex('stored_files').where({ id }).first()).toMatchObject({
      place: filesNow().home.place,
      size: sample.docx.length,
      sha256: file.sha256,
      content_type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      state: 'unscanned',
    })
  })

  test('is not there after an act that failed', async () => {
    const file = await accepted(filesNow(), sample.pdf)
    const before = await w.knex('stored_files').count()
    await expect(
      act(async c => {
        await storeFile(c, file)
        throw new Error('changed my mind')
      }),
    ).rejects.toThrow('changed my mind')
    expect(await w.knex('stored_files').count()).toEqual(before)
    expect(await w.knex('stored_chunks').whereNotIn('key', w.knex('stored_files').select('key'))).toEqual([])
  })

  test('is gone with its row', async () => {
    const files = filesNow()
    const id = await act(async c => storeFile(c, await accepted(files, sample.png)))
    const { key } = (await w.knex('stored_files').where({ id }).first('key')) as { key: string }
    await act(c => removeFiles(c.db, [id]))
    await swept(files, new Date(Date.now() + 1000))
    expect(await findStoredFile(w.db.app, id)).toBeUndefined()
    expect(await w.knex('stored_chunks').where({ key })).toEqual([])
    expect(s3.objects.has(`papers/${key}`)).toBe(false)
  })
})

describe('the S3-compatible store', () => {
  test('is asked as Amazon documents it', () => {
    const account = {
      accessKey: 'AKIAIOSFODNN7EXAMPLE',
      secretKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      region: 'us-east-1',
    }
    const at = new Date('2013-05-24T00:00:00Z')
    const host = 'examplebucket.s3.amazonaws.com'
    const lifecycle = signed(account, { method: 'GET', host, path: '/', query: { lifecycle: '' } }, at)
    expect(lifecycle.headers.authorization).toContain(
      'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
    )
    const list = signed(account, { method: 'GET', host, path: '/', query: { prefix: 'J', 'max-keys': '2' } }, at)
    expect(list.headers.authorization).toContain('34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7')
  })

  test('is swept: what has no row goes after a day, what has one and what is not ours stays', async () => {
    const files = filesOf({ varDir, filesUrl: s3.url })
    s3.objects.clear()
    for (let count = 0; count < 5; count += 1) {
      const file = await accepted(files, sample.pdf)
      if (count % 2) await act(c => storeFile(c, file))
      else await act(c => storeFile(c, file).then(() => Promise.reject(new Error('no')))).catch(() => undefined)
    }
    s3.objects.set('papers/readme.txt', { bytes: sample.pdf, at: new Date(0) })
    s3.objects.set('elsewhere', { bytes: sample.pdf, at: new Date(0) })
    expect(await swept(files, new Date(Date.now() - 86_400_000))).toBe(0)
    expect(await swept(files, new Date(Date.now() + 1000))).toBe(3)
    expect(s3.objects.size).toBe(4)
  })

  test('away, slow to agree or without the file, the act fails and says so', async () => {
    const files = filesOf({ varDir, filesUrl: s3.url })
    const file = await accepted(files, sample.pdf)
    s3.refuses = 503
    await expect(act(c => storeFile(c, file))).rejects.toThrow('file store')
    s3.refuses = undefined
    const id = await act(c => storeFile(c, file))
    s3.objects.clear()
    await expect(bytesOf(files, id)).rejects.toThrow('Not in the file store')
  })

  test('left, its files are not found, and those in the database are', async () => {
    const inStore = await act(async c =>
      storeFile(c, await accepted(filesOf({ varDir, filesUrl: s3.url }), sample.pdf)),
    )
    const inDatabase = await act(async c => storeFile(c, await accepted(filesOf({ varDir }), sample.pdf)))
    await expect(bytesOf(filesOf({ varDir }), inStore)).rejects.toThrow('FILES_URL')
    expect(await bytesOf(filesOf({ varDir, filesUrl: s3.url }), inDatabase)).toEqual(sample.pdf)
  })
})
