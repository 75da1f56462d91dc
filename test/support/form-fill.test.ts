import { expect, test } from 'vitest'
import { browser } from './browser.ts'
import { goodPage, littleSite } from './little-site.ts'

const form = goodPage(
  'Form',
  `<form method="post" action="/sent">
  <input type="hidden" name="_csrf" value="t"><input type="hidden" name="once" value="o">
  <label for="name">Name</label><input id="name" name="name" value="Ann" aria-describedby="hint"><p id="hint">As in the passport</p>
  <label for="note">Note</label><textarea id="note" name="note">

two
lines</textarea>
  <label for="country">Country</label><select id="country" name="country"><option value="">Choose</option><option value="SE">Sweden</option><option value="DK" selected>Denmark</option><option value="XX" disabled>None</option></select>
  <label for="langs">Languages</label><select id="langs" name="langs" multiple><option value="en" selected>English</option><option value="sv">Swedish</option></select>
  <fieldset><legend>Kind</legend><label><input type="radio" name="kind" value="a" checked> National</label><label><input type="radio" name="kind" value="b"> Regional</label></fieldset>
  <fieldset><legend>Modules</legend><label><input type="checkbox" name="modules" value="1" checked> PQ</label><label><input type="checkbox" name="modules" value="2"> Services</label></fieldset>
  <label><input type="checkbox" name="agree"> I agree</label>
  <fieldset disabled><legend>Off</legend><label>Old <input name="old" value="1"></label></fieldset>
  <button name="act" value="save">Save</button><button formaction="/draft" formmethod="get" name="act" value="draft">Draft</button><button type="button">Nothing</button>
  </form><label>Far <input form="f" name="far" value="1"></label><form id="f" action="/search?old=1"><label>Words <input name="q"></label><button>Search</button></form>
  <form method="post" action="/files" enctype="multipart/form-data"><input type="hidden" name="_csrf" value="t"><label>File <input type="file" name="file"></label><button>Upload</button></form>`,
)

const page = await browser(littleSite({ 'GET /form': form }), { namespaces: [] }).visit('/form')
const sent = (...press: Parameters<typeof page.prepared>) =>
  Object.fromEntries(
    [...new URLSearchParams(page.prepared(...press).body?.toString())].map(([name, value]) => [name, value]),
  )

test('a form left alone is sent as it stands, with its button', () => {
  expect(page.prepared('Save').body?.toString()).toBe(
    '_csrf=t&once=o&name=Ann&note=%0D%0Atwo%0D%0Alines&country=DK&langs=en&kind=a&modules=1&act=save',
  )
})

test('fields are entered by name or by label, choices by value or by words', () => {
  const entries = {
    Name: 'Bo',
    note: 'x\ny',
    Country: 'Sweden',
    langs: ['English', 'sv'],
    Kind: 'Regional',
    Modules: ['2'],
    'I agree': true,
  }
  expect(sent('Save', entries)).toEqual({
    _csrf: 't',
    once: 'o',
    name: 'Bo',
    note: 'x\r\ny',
    country: 'SE',
    langs: 'sv',
    kind: 'b',
    modules: '2',
    agree: 'on',
    act: 'save',
  })
})

test('null empties a field', () => {
  expect(sent('Save', { name: null, country: null, langs: null, kind: null, modules: null })).toEqual({
    _csrf: 't',
    once: 'o',
    name: '',
    note: '\r\ntwo\r\nlines',
    country: '',
    act: 'save',
  })
})

test('a button may lead elsewhere, and a GET form replaces the query', () => {
  const draft = page.prepared('Draft', { name: 'å' })
  expect(draft.method).toBe('GET')
  expect(draft.action).toMatch(/^\/draft\?_csrf=t&once=o&name=%C3%A5&.*act=draft$/)
  expect(page.prepared('Search', { q: 'a b' })).toEqual({ method: 'GET', action: '/search?far=1&q=a+b' })
})

test('files go out as multipart, an empty one too', () => {
  const { type, body } = page.prepared('Upload', {
    file: { name: 'a"b.csv', type: 'text/csv', content: Buffer.from([255, 0]) },
  })
  const boundary = type?.split('boundary=')[1]
  expect(body?.toString('latin1')).toBe(
    `--${boundary}\r\nContent-Disposition: form-data; name="_csrf"\r\n\r\nt\r\n` +
      `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a%22b.csv"\r\nContent-Type: text/csv\r\n\r\n\u00ff\0\r\n--${boundary}--\r\n`,
  )
  expect(page.prepared('Upload').body?.toString()).toContain('filename=""')
})

test.each([
  [{ nme: 'x' }, `There is no field 'nme'. There are: _csrf, once, name (Name), note (Note), country (Country)`],
  [{ country: 'XX' }, `'XX' cannot be chosen for 'country'. There are:  (Choose), SE (Sweden), DK (Denmark)`],
  [{ kind: 'c' }, `'c' cannot be chosen for 'kind'. There are: a (National), b (Regional)`],
  [{ kind: ['a', 'b'] }, `Only one of 'kind' can be chosen`],
  [{ old: '2' }, `The field 'old' is disabled`],
  [{ name: true }, `'name' is a field for text`],
])('what cannot be entered is refused: %j', (entries, sentence) => {
  expect(() => page.prepared('Save', entries)).toThrow(sentence)
})

test('a button that is not there or does not send is refused', () => {
  expect(() => page.prepared('Nothing')).toThrow(
    `There is no button 'Nothing'. There are: 'Save', 'Draft', 'Search', 'Upload'`,
  )
})

test('a hostile user forges what no browser would send', () => {
  expect(sent('Save', {}, { forged: { _csrf: null, country: 'XX', extra: '1' } })).toMatchObject({
    country: 'XX',
    extra: '1',
    once: 'o',
  })
  expect(sent('Save', {}, { forged: { _csrf: null } })).not.toHaveProperty('_csrf')
})

test('the values, choices and hints of a form can be read', () => {
  expect(page.values('Save')).toEqual({
    name: 'Ann',
    note: '\ntwo\nlines',
    country: 'DK',
    langs: ['en'],
    kind: 'a',
    modules: ['1'],
    agree: null,
    old: '1',
  })
  expect(page.options('Save', 'Country').map(({ text }) => text)).toEqual(['Choose', 'Sweden', 'Denmark', 'None'])
  expect(page.description('Save', 'Name')).toBe('As in the passport')
})
