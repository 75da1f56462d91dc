import { readdirSync, readlinkSync } from 'node:fs'
import { request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import { browser, type Someone } from '../support/browser.ts'
import { anAuthority, aUser } from '../support/factories.ts'
import { EICAR, type FakeClamd, fakeClamd } from './file-servers.ts'
import { paperSite } from './paper-pages.ts'
import { varDir } from './receiving.ts'
import * as sample from './sample-files.ts'

const SEND = 'Read the file'
let w: World
let scanner: FakeClamd
let site: Server
let aino: Someone
let authority: { id: number }
beforeAll(async () => {
  ;[w, scanner] = await Promise.all([world(), fakeClamd()])
  site = await paperSite({ ...w, config: { ...w.config, clamdUrl: scanner.url, varDir } })
  authority = await anAuthority(w.knex, { country: 'SE' })
  aino = await signedIn()
})
afterAll(async () => {
  await new Promise(resolve => {
    site.close(resolve)
    site.closeAllConnections()
  })
  await Promise.all([w.close(), scanner.close()])
})
beforeEach(() => void (scanner.seen.length = 0))

const signedIn = async (rights = {}): Promise<Someone> =>
  browser(site, { clock: w.clock, cookies: (await w.signedIn(await aUser(w.knex, authority, rights))).cookies() })
const upload = (content: Buffer | string, name = 'paper.pdf') => ({
  name,
  type: 'application/pdf',
  content: Buffer.from(content),
})
const stored = () => w.knex('stored_files').where({ state: 'clean' }).orderBy('id')
/** Files that the process holds open in the inbox. */
const waiting = () =>
  readdirSync('/proc/self/fd').filter(fd => {
    try {
      return readlinkSync(join('/proc/self/fd', fd)).startsWith(join(varDir, 'inbox'))
    } catch {
      return false
    }
  })

describe('a form with attachments', () => {
  test('stores several files with the act, and gives them back as downloads', async () => {
    const page = await aino.visit('/papers')
    const files = [upload(sample.pdf), upload(sample.docx, 'Bréf.docx')]
    const done = await page.submit(SEND, { text: 'Two', file: files }, { follow: false, status: 303 })
    const [, first, second] = /^\/papers\/(\d+)-(\d+)$/.exec(done.headers.location ?? '') ?? []
    expect((await w.knex('audit_events').where({ event: 'paper.added' })).length).toBeGreaterThan(0)
    expect((await aino.request('GET', `/papers/${first}`)).body).toEqual(sample.pdf)
    const answer = await aino.request('GET', `/papers/${second}?name=${encodeURIComponent('Bréf.docx')}`)
    expect(answer.body).toEqual(sample.docx)
    expect(answer.headers).toMatchObject({
      'content-length': String(sample.docx.length),
      'content-disposition': `attachment; filename="Br_f.docx"; filename*=UTF-8''Br%C3%A9f.docx`,
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
    expect((await aino.request('HEAD', `/papers/${first}`)).headers['content-length']).toBe(String(sample.pdf.length))
  })

  test('without a file is a form', async () => {
    const page = await aino.visit('/papers')
    expect((await page.submit(SEND, { text: 'None' }, { follow: false, status: 303 })).headers.location).toBe(
      '/papers/',
    )
  })

  test('names each refused file, keeps what was typed and stores nothing', async () => {
    const before = await stored()
    const page = await aino.visit('/papers')
    const files = [upload(sample.pdf, 'good.pdf'), upload('<!doctype html>', 'page.pdf'), upload('', 'nothing.pdf')]
    const again = await page.submit(SEND, { text: 'Typed', file: files }, { status: 422 })
    const said = again
      .errors()
      .map(({ message }) => message)
      .join(' ')
    expect(said).toContain('“page.pdf” cannot be attached')
    expect(said).toContain('“nothing.pdf” is empty')
    expect(again.values(SEND)).toMatchObject({ text: 'Typed' })
    expect(again.text).toContain('Select them again')
    expect(await stored()).toEqual(before)
    expect(waiting()).toEqual([])
  })

  test('names a file together with the other mistakes', async () => {
    const page = await aino.visit('/papers')
    const again = await page.submit(SEND, { file: [upload('<html>', 'page.pdf')] }, { status: 422 })
    expect(again.errors().map(({ field }) => field)).toEqual(['text', 'file'])
  })

  test('takes as many as it says', async () => {
    const page = await aino.visit('/papers')
    const files = Array.from({ length: 4 }, () => upload(sample.pdf))
    const again = await page.submit(SEND, { text: 'Four', file: files }, { status: 422 })
    expect(again.errors()[0]?.message).toContain('3 files at a time')
  })

  test('names a file that is too large by one byte', async () => {
    const page = await aino.visit('/papers')
    const large = upload(Buffer.concat([sample.pdf, Buffer.alloc(10_485_760 - sample.pdf.length + 1)]), 'large.pdf')
    const again = await page.submit(SEND, { text: 'Large', file: [large] }, { status: 422 })
    expect(again.errors()[0]?.message).toContain('“large.pdf” is larger than 10 MB')
  }, 30_000)

  test('keeps apart what the scanner refuses: for nobody is it there', async () => {
    const page = await aino.visit('/papers')
    const again = await page.submit(SEND, { text: 'Odd', file: [upload(EICAR, 'invoice.pdf')] }, { status: 422 })
    expect(again.errors()[0]?.message).toContain('“invoice.pdf” was refused by the virus scanner')
    const kept = (await w.knex('stored_files').where({ state: 'quarantined' })) as { id: number; finding: string }[]
    expect(kept).toMatchObject([{ finding: 'Eicar-Test-Signature' }])
    expect((await aino.request('GET', `/papers/${kept[0]?.id}`)).status).toBe(404)
    expect(await w.knex('audit_events').where({ event: 'file.quarantined' })).toHaveLength(1)
  })

  test('says when the scanner gives no verdict, and keeps what was typed', async () => {
    scanner.mood = 'hangs up'
    const page = await aino.visit('/papers')
    const again = await page.submit(SEND, { text: 'Typed', file: [upload(sample.pdf)] }, { status: 422 })
    scanner.mood = 'well'
    expect(again.errors()[0]?.message).toContain('could not be checked for viruses just now')
    expect(again.values(SEND)).toMatchObject({ text: 'Typed' })
  })

  test('with a token that is too old looks at no file, and keeps what was typed', async () => {
    const page = await aino.visit('/papers')
    const again = await page.submit(
      SEND,
      { text: 'Typed', file: [upload(sample.pdf)] },
      { status: 403, forged: { _csrf: 'old' } },
    )
    expect(again.values(SEND)).toMatchObject({ text: 'Typed' })
    expect(scanner.seen).toEqual([])
  })

  test('without the right looks at no file', async () => {
    const body = raw([['_csrf', await tokenOf(aino)]], sample.pdf)
    const path = `/authorities/${authority.id}/papers`
    expect((await aino.request('POST', path, body)).status).toBe(403)
    expect((await browser(site).request('POST', path, body)).status).toBe(403)
    expect(scanner.seen).toEqual([])
    const administrator = await signedIn({ administrator: true })
    const own = raw(
      [
        ['_csrf', await tokenOf(administrator)],
        ['text', 'Mine'],
      ],
      sample.pdf,
    )
    expect((await administrator.request('POST', path, own)).status).toBe(303)
  })

  test('whose token comes after the file is none of ours', async () => {
    const { headers, body } = raw([], sample.pdf)
    const tail = raw([
      ['_csrf', await tokenOf(aino)],
      ['text', 'x'],
    ])
    const late = Buffer.concat([body.subarray(0, -'--x--\r\n'.length), tail.body])
    expect((await aino.request('POST', '/papers', { headers, body: late })).status).toBe(400)
    expect(scanner.seen).toEqual([])
  })

  test('whose act fails leaves nothing, and the page to try again asks for the files', async () => {
    const before = await w.knex('stored_chunks').count()
    const page = await aino.visit('/papers')
    const away = await page.submit(SEND, { text: 'busy', file: [upload(sample.pdf)] }, { status: 503 })
    expect(await w.knex('stored_chunks').count()).toEqual(before)
    const again = await away.submit('Try again')
    expect(again.values(SEND)).toMatchObject({ text: 'busy' })
    expect(again.text).toContain('Select them again')
  })

  test('that breaks off in the middle leaves nothing', async () => {
    const before = await w.knex('stored_files').count()
    const { headers, body } = raw(
      [
        ['_csrf', await tokenOf(aino)],
        ['text', 'Broken'],
      ],
      Buffer.concat([sample.pdf, Buffer.alloc(3_000_000)]),
    )
    const cookie = aino
      .cookies()
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ')
    await new Promise<void>(resolve => {
      const { port } = site.address() as AddressInfo
      const sending = request({ port, host: '127.0.0.1', method: 'POST', path: '/papers' })
      for (const [name, value] of Object.entries({ ...headers, cookie, 'content-length': body.length }))
        sending.setHeader(name, value)
      sending.on('error', () => resolve())
      sending.write(body.subarray(0, 2_000_000), () => setTimeout(() => sending.destroy(), 200))
      sending.on('close', () => resolve())
    })
    await expect.poll(waiting, { timeout: 5000 }).toEqual([])
    expect(await w.knex('stored_files').count()).toEqual(before)
    expect(w.logged.join()).not.toContain('unforeseen')
  })

  test('breaks no header by its names', async () => {
    const page = await aino.visit('/papers')
    const file = upload(sample.pdf, 'a\r\nSet-Cookie: x=1".pdf')
    const done = await page.submit(SEND, { text: 'Name', file: [file] }, { follow: false, status: 303 })
    const name = encodeURIComponent('a\r\nSet-Cookie: x=1".pdf')
    const answer = await aino.request('GET', `${done.headers.location}?name=${name}`)
    expect(answer.headers['content-disposition']).toBe(
      `attachment; filename="aSet-Cookie_ x=1_.pdf"; filename*=UTF-8''aSet-Cookie_%20x%3D1_.pdf`,
    )
    expect(answer.headers['set-cookie']?.join() ?? '').not.toContain('x=1')
  })
})

const tokenOf = async (someone: Someone): Promise<string> =>
  /name="_csrf" value="([^"]+)"/.exec((await someone.request('GET', '/papers')).text)?.[1] ?? ''

function raw(fields: [string, string][], file?: Buffer): { headers: Record<string, string>; body: Buffer } {
  const head = (name: string) => `--x\r\nContent-Disposition: form-data; name="${name}"`
  const texts = fields.map(([name, value]) => Buffer.from(`${head(name)}\r\n\r\n${value}\r\n`))
  const files = file ? [Buffer.from(`${head('file')}; filename="a.pdf"\r\n\r\n`), file, Buffer.from('\r\n')] : []
  const headers = { 'content-type': 'multipart/form-data; boundary=x' }
  return { headers, body: Buffer.concat([...texts, ...files, Buffer.from('--x--\r\n')]) }
}
