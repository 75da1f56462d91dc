import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { UPLOAD_LIMIT } from '../../src/platform/web/upload.ts'
import { world, type World } from '../support/app.ts'
import type { Page } from '../support/page.ts'
import { anAuthority, aUser } from '../support/factories.ts'
import { aCountry, type Country, fileOf } from './inviting.ts'

let w: World
let country: Country
beforeAll(async () => {
  w = await world()
  country = await aCountry(w)
})
afterAll(() => w.close())

const HEADING = 'email;name;language;modules'
const READ = 'Read the file'
const BAD = 'Lines that cannot be read'
const REFUSED = 'Lines that were refused'

const read = async (content: Buffer | string, expected = {}): Promise<Page> => {
  const page = await country.manager.visit('/invitations/import')
  const file = { name: 'list.csv', type: 'text/csv', content: Buffer.from(content) }
  return page.submit(READ, { file }, expected)
}
const line = (address: string, name: string, more = 'sv;services-requests') => `${address};${name};${more}`
const written = () =>
  w
    .knex('invitations')
    .count<{ count: string }[]>('* as count')
    .then(([row]) => Number(row?.count))

describe('a file of invitations', () => {
  test('each bad line is named with its number and reason, good lines stand apart, nothing is sent', async () => {
    await aUser(w.knex, country.nimic, { email: 'taken@people.test' })
    await anAuthority(w.knex, { email: 'office@taken.test', officialName: 'Upptagna nämnden' })
    const preview = await read(
      [
        HEADING,
        line('one@list.test', 'Blåbär'),
        line('"two@list.test', 'Open'),
        line('three@list.test', 'Columns', 'sv'),
        line('no-address', 'Malformed'),
        line('=four@list.test', 'Formula'),
        line('ONE@list.test', 'Twice'),
        line('taken@people.test', 'A user'),
        line('Office@taken.test', 'An authority'),
        line('five@list.test', 'No module', 'sv;'),
        line('six@list.test', 'Odd module', 'sv;chess'),
        line('seven@list.test', 'Odd language', 'xx;services-requests'),
        line('', '', 'sv;services-requests'),
      ].join('\n'),
      { to: /\/preview$/ },
    )
    expect(preview.details()).toMatchObject({ 'Can be submitted': '1 invitation', Refused: '9 invitations' })
    expect(preview.table(BAD)).toEqual([
      { Line: '3', Reason: 'A quotation mark is opened and never closed.' },
      { Line: '4', Reason: 'The line has another number of columns than the first line.' },
    ])
    const refused = Object.fromEntries(preview.table(REFUSED).map(({ Line, Reason }) => [Line, Reason]))
    expect(refused).toMatchObject({
      5: 'The e-mail address is not valid.',
      6: 'A cell begins like a formula (=, +, - or @).',
      7: 'The e-mail address stands twice in this submission.',
      8: 'The e-mail address is in use: it belongs to a user of IMI.',
      9: 'The e-mail address is in use: it belongs to an authority in IMI.',
      10: 'No module chosen. Select at least one.',
      11: 'A module does not exist, or is outside your delegation.',
      12: 'Select the language of the mail.',
      13: 'Enter the e-mail address. Enter the name of the authority.',
    })
    expect(await w.mails()).toEqual([])
    const csv = await country.manager.request('GET', preview.link('All lines that cannot be read, as a CSV file').href)
    expect(csv.text).toContain('4;The line has another number of columns')
    const result = await preview.submit('Submit 1 invitation')
    expect(result.details()).toMatchObject({ Submitted: '1', Refused: '9' })
    expect((await w.mails()).map(({ to_address }) => to_address)).toEqual(['one@list.test'])
    const twice = await country.manager.visit(preview.url)
    expect(twice.buttons).not.toContain('Submit 1 invitation')
  })

  test.each<[string, (text: string) => Buffer]>([
    ['UTF-8 with BOM', text => Buffer.from(`\uFEFF${text}`)],
    ['UTF-16', text => Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['Windows-1252', text => Buffer.from(text, 'latin1')],
    ['commas', text => Buffer.from(text.replaceAll(';', ','))],
    ['tabs', text => Buffer.from(text.replaceAll(';', '\t'))],
    ['quotes', text => Buffer.from(text.replace(/[^;\n]+/g, cell => `"${cell}"`))],
  ])('%s is read', async (kind, encode) => {
    const name = `Åländska ${kind.replace(/[^a-z]/gi, 'q')}nämnden`
    const preview = await read(encode([HEADING, line(`${kind.replace(/\W/g, '')}@kinds.test`, name)].join('\n')))
    expect(preview.details()['Can be submitted']).toBe('1 invitation')
    const row = await w.knex('invitations').where({ name, status: 'draft' }).first()
    expect(row?.language).toBe('sv')
  })

  test('UTF-16 without its mark, a spreadsheet, nothing at all: the page says what to do, and nothing is written', async () => {
    const before = await written()
    const bare = await read(Buffer.from([HEADING, line('a@b.test', 'A')].join('\n'), 'utf16le'), { status: 422 })
    expect(bare.errors()[0]?.message).toContain('The first line must name the columns')
    await read(Buffer.from('PK\u0003\u0004\0\0xl/workbook.xml'), { status: 422 })
    await read(HEADING, { status: 422 })
    const page = await country.manager.visit('/invitations/import')
    const nothing = await page.submit(READ, {}, { status: 422 })
    expect(nothing.errors()[0]).toMatchObject({ field: 'file' })
    expect(await written()).toBe(before)
  })

  test('line 5,001 is named, the first 5,000 stand apart', { timeout: 120_000 }, async () => {
    const preview = await read(fileOf(5001, 'long.test'))
    expect(preview.details()).toMatchObject({ 'Can be submitted': '5,000 invitations', 'Cannot be read': '1 line' })
    expect(preview.table(BAD)).toEqual([
      { Line: '5002', Reason: 'The line comes after the first 5,000. Import it in a second file.' },
    ])
    expect(Buffer.byteLength(preview.html)).toBeLessThan(100_000)
    const deletion = await preview.follow('Delete this import')
    expect(deletion.text).toContain('5,000')
    await deletion.submit('Delete what was not sent', {}, { to: '/invitations' })
    expect(await w.knex('invitations').whereILike('email', '%@long.test')).toEqual([])
  })

  test('a name that is in the register already is asked about in the preview', async () => {
    await anAuthority(w.knex, { officialName: 'fiskevårdsverket', managers: [country.nimic] })
    // As the factory writes it, without the folding of the product.
    await w.knex('authorities').where({ official_name: 'fiskevårdsverket' }).update({ name_key: 'fiskevardsverket' })
    const preview = await read([HEADING, line('fish@list.test', 'Fiskevårdsverket')].join('\n'))
    expect(preview.table('Authorities that are registered already under a similar name')).toHaveLength(1)
    const asked = await preview.submit('Submit 1 invitation', {}, { status: 422 })
    const result = await asked.submit('Submit 1 invitation', { noneOfThese: true })
    expect(result.details()).toMatchObject({ Submitted: '1' })
  })
})

describe('a form with a file', () => {
  test('is read only with the right and with a token, and not without end', async () => {
    const basic = await w.signedIn(await aUser(w.knex, country.nimic))
    const type = 'multipart/form-data; boundary=x'
    const body = `--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nemail\r\n--x--\r\n`
    const send = (someone: typeof basic, content: Buffer | string, header = type) =>
      someone.request('POST', '/invitations/import', { body: content, headers: { 'content-type': header } })
    expect((await send(basic, body)).status).toBe(403)
    expect((await send(w.stranger(), body)).status).toBe(403)
    expect((await send(country.manager, body)).status).toBe(403)
    expect((await send(country.manager, 'no parts', type)).status).toBe(400)
    expect((await send(country.manager, body, 'multipart/form-data')).status).toBe(400)
    expect((await send(country.manager, Buffer.alloc(UPLOAD_LIMIT + 1))).status).toBe(400)
    const head = `--x\r\nContent-Disposition: form-data; name="file"; filename="long.csv"\r\n\r\n`
    const long = Buffer.concat([Buffer.from(head), Buffer.alloc(UPLOAD_LIMIT + 1), Buffer.from('\r\n--x--\r\n')])
    expect((await send(country.manager, long)).status).toBe(413)
  })
})
