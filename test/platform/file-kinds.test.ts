import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clamd } from '../../src/platform/files/clamd.ts'
import { filesOf } from '../../src/platform/files/files.ts'
import { attachmentHeader, fileName, readableName } from '../../src/platform/files/name.ts'
import { LARGEST_FILE } from '../../src/platform/files/receive.ts'
import { EICAR, type FakeClamd, fakeClamd, type Mood } from './file-servers.ts'
import { accepted, closeAll, receive, refusal, varDir } from './receiving.ts'
import * as sample from './sample-files.ts'

let scanner: FakeClamd
beforeAll(async () => {
  scanner = await fakeClamd()
})
afterAll(() => Promise.all([closeAll(), scanner.close()]))

describe('what may be attached', () => {
  const text = (content: string) => Buffer.from(content)
  test.each<[string, Buffer, string]>([
    ['a PDF', sample.pdf, 'x.pdf'],
    ['a PNG', sample.png, 'x.png'],
    ['a JPEG', sample.jpeg, 'x.jpg'],
    ['a TIFF', sample.tiff, 'x.tif'],
    ['a TIFF of the other kind', sample.bigEndianTiff, 'x.tif'],
    ['a Word document', sample.docx, 'x.docx'],
    ['an Excel sheet', sample.xlsx, 'x.xlsx'],
    ['an OpenDocument text', sample.odt, 'x.odt'],
    ['an OpenDocument sheet', sample.ods, 'x.ods'],
    ['text', text('Tere, õpetaja! Καλημέρα\r\n\t1 < 2\f'), 'x.txt'],
    ['text with a byte order mark', text('\ufeffHello'), 'x.txt'],
  ])('%s', async (_kind, bytes, name) => {
    expect((await accepted(filesOf({ varDir }), bytes, 'x')).name).toBe(name)
  })

  test.each<[string, Buffer]>([
    ['a web page named .pdf', text('<!doctype html><script>alert(1)</script>')],
    ['a web page after a byte order mark', text('\ufeff <html>')],
    ['a web page after much text', text(`${'a'.repeat(200_000)}<ScRiPt >alert(1)</script>`)],
    ['a mark on the edge of two chunks', Buffer.concat([Buffer.alloc(131_072 - 3, 'a'), text('<script>')])],
    ['a drawing with script', text('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['a shell script', text('#!/bin/sh\nrm -rf /')],
    ['rich text', text('{\\rtf1 x}')],
    ['PostScript', text('%!PS-Adobe')],
    ['a mail with parts', text('MIME-Version: 1.0\n')],
    ['a program', Buffer.from('4d5a90000300000004000000ffff0000', 'hex')],
    ['text that is not UTF-8', Buffer.from('caf\xe9', 'latin1')],
    ['text cut in the middle of a letter', text('é').subarray(0, 1)],
    ['text with a NUL', text('a\0b')],
    ['an archive', sample.zip({ 'run.exe': 'MZ' })],
    ['an archive that is cut off', sample.docx.subarray(0, -30)],
    ['a document with macros', sample.docm],
    ['an OpenDocument with macros', sample.odtWithMacros],
    ['a template', sample.odtTemplate],
    ['a picture of another kind', Buffer.from('4749463839610100010080', 'hex')],
  ])('%s may not', async (_kind, bytes) => {
    expect(await refusal(filesOf({ varDir }), bytes, 'x.pdf')).toBe('files:otherType')
  })

  test('any bytes get an answer', async () => {
    const starts = [sample.docx, sample.odt, sample.pdf, Buffer.from('PK\x03\x04'), Buffer.from('<')]
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...starts),
        fc.nat(200),
        fc.uint8Array({ maxLength: 300 }),
        async (start, cut, more) => {
          const bytes = Buffer.concat([start.subarray(0, cut), more, start.subarray(cut)])
          const { result, close } = await receive(filesOf({ varDir }), bytes)
          await close()
          expect(result.ok || result.refused.mistake.key).toBeTruthy()
        },
      ),
    )
  })

  test('up to 10 MiB, and not a byte more', async () => {
    const files = filesOf({ varDir })
    const most = Buffer.concat([sample.pdf, Buffer.alloc(LARGEST_FILE - sample.pdf.length, 'x')])
    const { result, close } = await receive(files, most)
    expect(result.ok && result.file.size).toBe(10_485_760)
    await close()
    expect(await refusal(files, Buffer.concat([most, Buffer.from('x')]))).toBe('files:tooLarge')
    expect(await refusal(files, Buffer.alloc(0))).toBe('files:empty')
  }, 30_000)

  test('nothing lies in the inbox, not even while a file comes', async () => {
    const { close } = await receive(filesOf({ varDir }), sample.pdf)
    expect(readdirSync(join(varDir, 'inbox'))).toEqual([])
    await close()
  })
})

describe('the scanner', () => {
  const files = () => filesOf({ varDir, clamdUrl: scanner.url })

  test('sees the whole file, and what it clears is clean', async () => {
    scanner.seen.length = 0
    const bytes = Buffer.concat([sample.pdf, Buffer.alloc(700_000)])
    expect((await accepted(files(), bytes)).state).toBe('clean')
    expect(scanner.seen).toEqual([bytes.length])
  })

  test('finds the test virus', async () => {
    expect(await refusal(files(), Buffer.from(EICAR))).toBe('files:infected')
    expect(await refusal(files(), Buffer.concat([sample.pdf, Buffer.alloc(300_000), Buffer.from(EICAR)]))).toBe(
      'files:infected',
    )
  })

  test.each<Mood>(['silent', 'hangs up', 'too small', 'nonsense'])('that is %s lets nothing through', async mood => {
    scanner.mood = mood
    const impatient = { ...files(), scanner: clamd(scanner.url, { silence: 300 }) }
    const bytes = Buffer.concat([sample.pdf, Buffer.alloc(3_000_000)])
    expect(await refusal(impatient, bytes).finally(() => (scanner.mood = 'well'))).toBe('files:scannerAway')
  })

  test('that is not there lets nothing through', async () => {
    const nobody = await fakeClamd()
    await nobody.close()
    expect(await refusal(filesOf({ varDir, clamdUrl: nobody.url }), sample.pdf)).toBe('files:scannerAway')
    expect(await refusal(filesOf({ varDir, clamdUrl: `unix://${varDir}/none` }), sample.pdf)).toBe('files:scannerAway')
  })
})

describe('the name of a file', () => {
  test.each([
    ['report.pdf', 'report.pdf'],
    ['Report.PDF', 'Report.PDF'],
    ['../../etc/passwd', 'passwd.pdf'],
    ['C:\\Users\\me\\plan.pdf', 'plan.pdf'],
    ['invoice.js', 'invoice.js.pdf'],
    ['x\u202efdp.exe', 'xfdp.exe.pdf'],
    ['a\r\nSet-Cookie: b=1.pdf', 'aSet-Cookie_ b=1.pdf'],
    ['..', 'file.pdf'],
    ['', 'file.pdf'],
    ['CON.pdf', 'file_CON.pdf'],
    ['a"b;c%22.pdf', 'a_b_c_22.pdf'],
    ['\ud800.pdf', '\ufffd.pdf'],
  ])('%j becomes %j', (given, made) => {
    expect(fileName(given, 'pdf')).toBe(made)
  })

  test('is short, whatever was sent, and keeps its ending', () => {
    expect([...readableName(`${'å'.repeat(500)}.docx`)]).toHaveLength(120)
    expect(readableName(`${'å'.repeat(500)}.docx`)).toMatch(/å\.docx$/)
  })

  test('breaks no header and says itself in two ways', () => {
    expect(attachmentHeader('Ärende "7".pdf')).toBe(
      `attachment; filename="_rende _7_.pdf"; filename*=UTF-8''%C3%84rende%20_7_.pdf`,
    )
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), name => {
        expect(attachmentHeader(name)).toMatch(/^attachment; filename="[ !#-[\]-~]+"; filename\*=UTF-8''[\w.!~%-]+$/)
        expect(fileName(name, 'pdf')).toMatch(/.\.pdf$/i)
      }),
      { numRuns: 500 },
    )
  })
})
