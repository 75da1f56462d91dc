import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { commonWords } from '../../src/passwords/common-words.ts'
import { newTemporaryPassword } from '../../src/passwords/index.ts'
import { brokenCodeRules, brokenPasswordRules } from '../../src/passwords/rules.ts'

const chooser = {
  givenName: 'Åsa',
  familyName: 'von Lindqvist',
  username: 'bk7m9xqr',
  email: 'a.lindqvist@tillsyn.test',
}
const broken = (password: string) => brokenPasswordRules(password, chooser, 'imi')

describe('a password', () => {
  test.each(['Rimfrost-mot-7', 'Ñandú84ölçüm', 'ΔοκιμήΝερό42', 'Жълтатаптица9', 'ѲѳѲѳѲѳѲ٣', 'x'.repeat(150) + ' Ab1'])(
    'may be %s',
    password => expect(broken(password)).toEqual([]),
  )

  test.each([
    ['Ab1', ['short']],
    ['rimfrostmot7', ['upper']],
    ['RIMFROSTMOT7', ['lower']],
    ['Rimfrostmot', ['digit']],
    ['', ['short', 'upper', 'lower', 'digit']],
    ['ålar', ['short', 'upper', 'digit']],
    [`Ab1${'x'.repeat(198)}`, ['long']],
    ['Lindqvist-av-88', ['own']],
    ['BK7M9xqrLampa1', ['own']],
    ['Åsa-1234567', ['own']],
    ['A.Lindqvist@tillsyn.test1', ['own']],
    ['Password1', ['common']],
    ['P@ssw0rd2026!', ['common']],
    ['Sommar2026', ['common']],
    ['Lösenord123', ['common']],
    ['1Q2w3e4r', ['common']],
    ['QwertyQwerty9', ['common']],
  ])('%s breaks %j', (password, rules) => expect(broken(password)).toEqual(rules))

  test('is counted in what people see as characters, not in bytes or code units', () => {
    expect(broken('🙂🙂🙂🙂Ab1')).toEqual(['short'])
    expect(broken('🙂🙂🙂🙂🙂Ab1')).toEqual([])
    expect(broken('A\u0301a\u0301Brö1x')).toEqual(['short'])
  })

  test('names every broken rule, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), text => {
        const rules = broken(text)
        const composed = text.normalize('NFC')
        expect(rules.includes('short')).toBe([...composed].length < 8)
        expect(rules.includes('upper')).toBe(!/\p{Lu}/u.test(composed))
        expect(rules.includes('lower')).toBe(!/\p{Ll}/u.test(composed))
        expect(rules.includes('digit')).toBe(!/\p{Nd}/u.test(composed))
      }),
    )
  })

  test('reads the same whether accents were typed as one character or as two', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), text => {
        expect(broken(text.normalize('NFD'))).toEqual(broken(text.normalize('NFC')))
      }),
    )
  })

  test('is common with a capital, digits and signs around it', () => {
    const words = [...commonWords].filter(word => /^[a-z]+$/.test(word))
    const around = fc.stringMatching(/^[0-9.!?#+-]{0,4}$/)
    fc.assert(
      fc.property(fc.constantFrom(...words), around, around, (word, before, after) => {
        const capital = word.charAt(0).toUpperCase() + word.slice(1)
        expect(broken(`${before}${capital}${after}`)).toContain('common')
      }),
    )
    expect(commonWords.size).toBeGreaterThan(1000)
  })

  test('made by us keeps the rules and is never the same twice', async () => {
    const made = await Promise.all(Array.from({ length: 6 }, newTemporaryPassword))
    for (const { password, hash } of made) {
      expect(broken(password)).toEqual([])
      expect(password).toMatch(/^[A-Za-z2-9]{4}(-[A-Za-z2-9]{4}){2}$/)
      expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,(t=2,p=1|p=1,t=2)\$/)
    }
    expect(new Set(made.map(({ password }) => password)).size).toBe(6)
  })
})

describe('a security code', () => {
  test.each(['Abcdefghijk1', '!Zz9~}{|^_`$', 'aB3aB3aB3aB3'])('may be %s', code =>
    expect(brokenCodeRules(code)).toEqual([]),
  )

  test.each([
    ['', ['length', 'upper', 'lower', 'digit']],
    ['Abcdefghij1', ['length']],
    ['Abcdefghijkl1', ['length']],
    ['abcdefghijk1', ['upper']],
    ['ABCDEFGHIJK1', ['lower']],
    ['Abcdefghijkl', ['digit']],
    ['Abcdefghij 1', ['characters']],
    ['Åbcdefghijk1', ['characters']],
  ])('%s breaks %j', (code, rules) => expect(brokenCodeRules(code)).toEqual(rules))

  test('has exactly twelve characters that any keyboard has', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 16 }), code => {
        if (brokenCodeRules(code).length === 0) expect(code).toMatch(/^[!-~]{12}$/)
      }),
    )
  })
})
