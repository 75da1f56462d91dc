import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { alikeAmong } from '../../src/imports/authorities/alike.ts'
import { choose } from '../../src/imports/choice.ts'
import { freshLine, type Line, mistakesOf, questionsOf, relate, stateOf } from '../../src/imports/line.ts'
import { peopleColumns } from '../../src/imports/people/judge.ts'
import { readLines } from '../../src/imports/read-file.ts'
import { writeCsv } from '../../src/platform/csv.ts'
import { world, type World } from '../support/app.ts'
import { type People, people } from '../users/people.ts'
import { person, upload, USERS, words } from './importing.ts'

const heading = peopleColumns.map(({ name }) => name)
const cell = fc.string({ unit: 'grapheme', maxLength: 12 }).filter(text => !/[\0\uFFFD\uFEFF\p{Cs}]/u.test(text))
const row = fc.array(cell, { minLength: heading.length, maxLength: heading.length })
const pieces = fc.constantFrom('"', ';', ',', '\t', '\n', '\r\n', '=', 'a@b.test', '\0', '\uFFFD', 'Åsa', '')

const tidy = (text: string) =>
  text
    .normalize('NFC')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()

describe('the lines of a file', () => {
  test('whatever the bytes: each line stands once, is good or bad and never both, and says why', () => {
    const contents = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.array(pieces, { maxLength: 80 }).map(all => Buffer.from(`${USERS}\n${all.join('')}`)),
    )
    fc.assert(
      fc.property(contents, bytes => {
        const lines = readLines(bytes, peopleColumns)
        if (!Array.isArray(lines)) {
          expect(lines.key).toMatch(/^imports:file\./)
          return
        }
        const numbers = lines.map(({ line }) => line)
        expect(numbers).toEqual([...new Set(numbers)].sort((one, other) => one - other))
        for (const line of lines) {
          expect(stateOf(line) === 'bad').toBe(mistakesOf(line).length > 0)
          expect(Object.keys(line.cells).length > 0).toBe(line.mistakes.length === 0)
        }
      }),
      { numRuns: 500 },
    )
  })

  test('say in the preview what stood in the file, cell by cell', () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 10 }), rows => {
        const filled = rows.filter(cells => cells.some(text => text.trim() !== ''))
        fc.pre(filled.length > 0)
        const lines = readLines(Buffer.from(writeCsv([heading, ...filled])), peopleColumns) as Line[]
        expect(lines.map(({ cells }) => heading.map(name => cells[name]))).toEqual(filled.map(cells => cells.map(tidy)))
      }),
    )
  })

  test('with one address: the first that is taken is good, whichever are left out', () => {
    const some = fc.array(fc.record({ address: fc.constantFrom('', 'a', 'b', 'c'), out: fc.boolean() }), {
      maxLength: 12,
    })
    fc.assert(
      fc.property(some, all => {
        const lines = all.map(({ address, out }, at) => ({ ...freshLine(at + 2, { email: address }), out }))
        const related = relate(
          lines,
          ({ cells }) => cells.email ?? '',
          () => new Map(),
        )
        for (const address of ['a', 'b', 'c']) {
          const taken = related.filter(line => !line.out && line.cells.email === address)
          expect(taken.map(stateOf)).toEqual(taken.map((_, at) => (at === 0 ? 'good' : 'bad')))
        }
        expect(related.map(({ out }) => out)).toEqual(lines.map(({ out }) => out))
      }),
    )
  })

  test('are good only when everything that was asked is answered; only what was shown changes', () => {
    const line: Line = { ...freshLine(5, { name: 'x' }), questions: ['authority 7', 'address'], alike: [3] }
    const value = questionsOf(line).join('|')
    const [good] = choose([line], { shown: '5', take_5: 'yes', answer_5: value })
    expect(good && stateOf(good)).toBe('good')
    const [half] = choose([line], { shown: '5', take_5: 'yes', answer_5: 'authority 7|nonsense' })
    expect(half && stateOf(half)).toBe('asked')
    expect(choose([line], { shown: '6', answer_5: value })).toEqual([line])
    expect(choose([line], { shown: '5' })[0]?.out).toBe(true)
  })
})

test(
  'a file of 5,000 names that are all alike is looked through at once; those like more than 100 are refused',
  { timeout: 60_000 },
  () => {
    const marks = Array.from({ length: 5000 }, (_, i) => ({
      line: i + 2,
      names: [`municipal office of the town number ${i}`, 'municipal office'],
      email: '',
      website: '',
    }))
    const began = process.cpuUsage()
    const found = alikeAmong(marks)
    const half = words(5000).map((word, i) => ({
      line: i + 2,
      names: [`municipal social office ${word}`],
      email: '',
      website: '',
    }))
    expect(alikeAmong(half).size).toBeLessThan(5000)
    expect(process.cpuUsage(began).user / 1000).toBeLessThan(15_000)
    const lines = relate(
      marks.map(({ line }) => freshLine(line, { name: 'x' })),
      () => '',
      () => found,
    )
    expect(lines.filter(line => stateOf(line) === 'bad').length).toBeGreaterThan(4800)
  },
)

describe('with a database', () => {
  let w: World
  let p: People
  beforeAll(async () => {
    w = await world()
    p = await people(w)
  })
  afterAll(() => w.close())

  test('names are alike in a file as they are in the register', async () => {
    const words = fc.array(
      fc.constantFrom('stads', 'byggnads', 'byggnad', 'namnd', 'namnden', 'lund', 'lunds', 'i', 'verk'),
      {
        minLength: 1,
        maxLength: 4,
      },
    )
    const names = fc.array(
      words.map(all => all.join(' ')),
      { minLength: 2, maxLength: 12 },
    )
    await fc.assert(
      fc.asyncProperty(names, async all => {
        const found = alikeAmong(all.map((name, line) => ({ line, names: [name], email: '', website: '' })))
        const { rows } = await w.knex.raw<{ rows: { later: number; earlier: number }[] }>(
          `with n as (select name, place::int - 1 as line from unnest(cast(? as text[])) with ordinality as n (name, place))
           select l.line as later, e.line as earlier from n l join n e on e.line < l.line
           where similarity(e.name, l.name) >= 0.6 order by 1, 2`,
          [all],
        )
        const pairs = [...found].flatMap(([later, others]) => others.map(earlier => ({ later, earlier })))
        expect(pairs.sort((a, b) => a.later - b.later || a.earlier - b.earlier)).toEqual(rows)
      }),
      { numRuns: 60 },
    )
  })

  test('what is written equals what was previewed', { timeout: 120_000 }, async () => {
    let run = 0
    const lines = fc.array(
      fc.record({
        given: fc.constantFrom('Åsa', 'Ada Maria', 'O’Brien', '=cmd', ''),
        family: fc.constantFrom('Öberg', '"de la Cruz"', 'Nowak-Ek', '"broken'),
        who: fc.integer({ min: 0, max: 5 }),
        rest: fc.constantFrom('sv;no;', 'en;yes;', 'xx;no;', 'en;perhaps;', 'sv;no'),
      }),
      { minLength: 1, maxLength: 8 },
    )
    await fc.assert(
      fc.asyncProperty(lines, async all => {
        run += 1
        const content = [
          USERS,
          ...all.map(({ given, family, who, rest }) => person(`p${who}@run${run}.test`, { given, family, rest })),
        ].join('\n')
        let page = await upload(p.administrator, `/authorities/${p.agency.id}/users/import`, content)
        const leave = page.buttons.find(button => button.startsWith('Leave out'))
        if (leave) page = await page.submit(leave)
        const register = page.buttons.find(button => button.startsWith('Register'))
        const good = await p.administrator.visit(`${page.url.split('?')[0]}?show=good`)
        const seen = [...good.text.matchAll(/givenName: (.*?) · familyName: (.*?) · email: (\S+)/g)].map(
          ([, ...all]) => all,
        )
        if (!register) return
        await page.submit(register, {}, { to: /\/result$/ })
        const written = await w
          .knex('users')
          .whereILike('email', `%@run${run}.test`)
          .orderBy('id')
          .select<Record<string, string>[]>('given_name', 'family_name', 'email')
        expect(written.map(Object.values)).toEqual(seen)
        expect(seen.length).toBe(Number(/\d+/.exec(register)?.[0]))
      }),
      { numRuns: 12 },
    )
  })
})
