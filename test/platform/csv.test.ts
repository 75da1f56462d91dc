import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readCsv, writeCsv } from '../../src/platform/csv.ts'

const tables = fc.integer({ min: 1, max: 5 }).chain(columns =>
  fc.array(
    fc
      .array(fc.string({ unit: 'grapheme' }), { minLength: columns, maxLength: columns })
      .filter(row => row.some(cell => cell.trim() !== '') && !row.some(cell => /[\0\uFFFD\uFEFF\p{Cs}]/u.test(cell))),
    { minLength: 1, maxLength: 20 },
  ),
)
const hostile = fc.array(fc.constantFrom('=', '+', '@', '-', "'", '"', ';', ',', '\t', '\r', '\n', 'a', ' '), {
  maxLength: 60,
})

describe('a file that goes out', () => {
  test('comes in again as it was, whatever the cells hold', () => {
    fc.assert(
      fc.property(tables, table => {
        const { heading, rows, bad } = readCsv(Buffer.from(writeCsv(table)))
        expect([heading, ...rows.map(({ cells }) => cells)]).toEqual(table)
        expect(bad).toEqual([])
      }),
    )
  })

  test('is UTF-8 with BOM and semicolons, and holds no formula', () => {
    expect(
      writeCsv([
        ['a', 'ö;ü'],
        [1, -2],
      ]),
    ).toBe('\uFEFFa;"ö;ü"\r\n1;-2\r\n')
    for (const cell of ['=1+1', '+46 8', '-x', '@x', '\tx', '\rx', "'=x"])
      expect(writeCsv([[cell]]).replace(/^\uFEFF"?/, '')[0], cell).toBe("'")
  })
})

describe('a file that comes in', () => {
  test.each([';', ',', '\t'])('may have %j between its cells', separator => {
    const { heading, rows } = readCsv(['a', 'b', 'c'].join(separator) + '\n' + ['1', '"x ""y"""', ''].join(separator))
    expect([heading, rows]).toEqual([['a', 'b', 'c'], [{ line: 2, cells: ['1', 'x "y"', ''] }]])
  })

  test.each([
    ['UTF-8', Buffer.from('namn;ort\nÅsa;Örebro')],
    ['UTF-8 with BOM', Buffer.from('\uFEFFnamn;ort\nÅsa;Örebro')],
    ['UTF-16', Buffer.from('\uFEFFnamn\tort\nÅsa\tÖrebro', 'utf16le')],
    ['the older encoding of Windows', Buffer.from('namn;ort\nÅsa;Örebro', 'latin1')],
  ])('may be in %s', (_name, bytes) => {
    expect(readCsv(bytes)).toMatchObject({ heading: ['namn', 'ort'], rows: [{ cells: ['Åsa', 'Örebro'] }], bad: [] })
  })

  test('names each bad line and reads the others; empty lines do not count', () => {
    const { rows, bad } = readCsv('a;b\n\n1;2\n1;2;3\n"1;2\n"x"y;2\n"two\nlines";4\n;\n5;\uFFFD\n7;8')
    expect(rows).toEqual([
      { line: 3, cells: ['1', '2'] },
      { line: 7, cells: ['two\nlines', '4'] },
      { line: 11, cells: ['7', '8'] },
    ])
    expect(bad).toEqual([
      { line: 4, fault: 'columns' },
      { line: 5, fault: 'unclosed' },
      { line: 6, fault: 'unclosed' },
      { line: 10, fault: 'characters' },
    ])
  })

  test('may hold anything: it is read or named, in the time of its length', () => {
    fc.assert(fc.property(hostile, text => void readCsv(text.join(''))))
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), bytes => void readCsv(bytes)))
    const lines = Array.from({ length: 10_000 }, (_, i) => `${i};"a ""b""";=x`)
    expect(readCsv(`a;b;c\n${lines.join('\n')}`).rows).toHaveLength(10_000)
    expect(readCsv(`a;b;c\n${lines.map(line => `"${line}`).join('\n')}`).bad).toHaveLength(10_000)
  })

  test('may be empty', () => {
    expect(readCsv('')).toEqual({ heading: [], rows: [], bad: [] })
  })
})
