import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import { type People, people } from '../users/people.ts'
import { count, person, READ, upload, USERS } from './importing.ts'

let w: World
let p: People
let address: string
beforeAll(async () => {
  w = await world()
  p = await people(w)
  address = `/authorities/${p.agency.id}/users/import`
})
afterAll(() => w.close())

const read = (content: Buffer | string, expected = {}) => upload(p.administrator, address, content, expected)
const file = (...lines: string[]) => [USERS, ...lines].join('\n')

describe('a file', () => {
  test.each<[string, (text: string) => Buffer]>([
    ['UTF-8 with BOM', text => Buffer.from(`\uFEFF${text}`)],
    ['UTF-16', text => Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['Windows-1252', text => Buffer.from(text, 'latin1')],
    ['commas', text => Buffer.from(text.replaceAll(';', ','))],
    ['tabs', text => Buffer.from(text.replaceAll(';', '\t'))],
    ['quotes', text => Buffer.from(text.replace(/[^;\n]+/g, cell => `"${cell}"`))],
  ])('%s is read', async (kind, encode) => {
    const preview = await read(encode(file(person(`${kind.replace(/\W/g, '')}@kinds.test`))))
    expect(preview.details()).toMatchObject({ Ready: '1 line' })
    expect(preview.text).toContain('Line 2: Åsa Öberg')
    await preview.submit('Delete this import', {}, { to: address })
  })

  test('a wrong heading, a spreadsheet, nothing at all: the page says what to do, and nothing is kept', async () => {
    const before = await count(w, 'imports')
    const missing = await read('givenName;email\nA;b@c.test', { status: 422 })
    expect(missing.errors()[0]?.message).toContain('familyName, telephone, language')
    const odd = await read(`${USERS};shoeSize\n${person('a@b.test')};42`, { status: 422 })
    expect(odd.errors()[0]?.message).toContain('“shoeSize”')
    await read(Buffer.from('PK\u0003\u0004\0\0xl/workbook.xml'), { status: 422 })
    await read(USERS, { status: 422 })
    const page = await p.administrator.visit(address)
    await page.submit(READ, {}, { status: 422 })
    expect(await count(w, 'imports')).toBe(before)
    const pasted = await page.submit(READ, { text: file(person('pasted@list.test')) })
    expect(pasted.details()).toMatchObject({ Ready: '1 line' })
  })
})
