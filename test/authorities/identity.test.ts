import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { comparable, nameKey, webAddress, websiteKey } from '../../src/authorities/identity.ts'

const anyText = fc.string({ unit: 'binary', maxLength: 80 })

describe('names as they are compared', () => {
  test.each([
    ['Länsstyrelsen  i Skåne', 'lansstyrelsen i skane'],
    ['LÄNSSTYRELSEN i Skåne län!', 'lansstyrelsen i skane lan'],
    ['Министерство', 'ministerstvo'],
  ])('%s becomes %s', (name, key) => {
    expect(comparable(name)).toBe(key)
  })

  test('folding twice changes nothing', () => {
    fc.assert(fc.property(anyText, name => comparable(comparable(name)) === comparable(name)))
  })

  test('neither case, composition nor white space around makes a difference', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'aåäöéłøßĲŠżç ΑλΒυ Жя-9'), maxLength: 40 }), name => {
        expect(comparable(`  ${name.normalize('NFD')}\t`)).toBe(comparable(name.normalize('NFC')))
        expect(comparable(name.toLowerCase())).toBe(comparable(name))
      }),
    )
  })

  test('a key holds each name once, one a line, whatever they hold', () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 6 }), names => {
        const lines = nameKey(names).split('\n').filter(Boolean)
        expect(new Set(lines).size).toBe(lines.length)
        for (const name of names) if (comparable(name)) expect(lines).toContain(comparable(name))
      }),
    )
  })
})

describe('websites as they are compared', () => {
  test.each([
    ['https://www.example.eu/about?x=1', 'example.eu'],
    ['EXAMPLE.eu', 'example.eu'],
    ['http://example.eu:8080/', 'example.eu'],
    ['www.skåne.se', 'xn--skne-roa.se'],
    ['', ''],
    ['not a site', ''],
    ['javascript:alert(1)', ''],
    ['ftp://example.eu', ''],
    ['https://user:secret@example.eu', ''],
    ['localhost', ''],
    ['http://10.0.0.10/register', ''],
    ['http://0x7f.1', ''],
    ['printer.local', ''],
  ])('%j is %j', (website, key) => {
    expect(websiteKey(website)).toBe(key)
  })

  test('what is shown as a link leads to the web, and keeps its key', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.webUrl(), fc.domain()), typed => {
        const address = webAddress(typed)
        if (address === undefined) {
          expect(websiteKey(typed)).toBe('')
          return
        }
        expect(address).toMatch(/^https?:\/\//)
        expect(webAddress(address)).toBe(address)
        expect(websiteKey(address)).toBe(websiteKey(typed))
      }),
    )
  })
})
