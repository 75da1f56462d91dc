import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foldWords } from '../../src/authorities/words.ts'

test.each([
  ['Kommerskollegium', ['kommerskollegium']],
  ['Universitets- och högskolerådet', ['universitets', 'och', 'hogskoleradet']],
  ['Styrelsen for Patientsikkerhed, København Ø', ['styrelsen', 'for', 'patientsikkerhed', 'kobenhavn', 'o']],
  ['Veselības inspekcija', ['veselibas', 'inspekcija']],
  ['Großhandel', ['grosshandel']],
  ['Łódź', ['lodz']],
  ['Ħal Għaxaq', ['hal', 'ghaxaq']],
  ['Þjóðskrá', ['thjodskra']],
  ['Œuvre d’État', ['oeuvre', 'd', 'etat']],
  ['Υπουργείο Υγείας', ['ypourgeio', 'ygeias']],
  ['Майски София', ['mayski', 'sofia']],
  ['İstanbul ISTANBUL ıstanbul', ['istanbul']],
  ['', []],
  [' – 100 % _', ['100']],
])('%s is found by %j', (text, words) => {
  expect(foldWords(text)).toEqual(words)
})

test('whatever is folded stays as it is when folded again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text => {
      const words = foldWords(text)
      expect(foldWords(words.join(' '))).toEqual(words)
    }),
  )
})

test('case, accents and the form of Unicode make no difference', () => {
  const letters = fc.string({ unit: fc.constantFrom(...'abcåäöéèñçșțžźżőűøæßðþđłїйцщαβγάέή'), maxLength: 40 })
  fc.assert(
    fc.property(letters, text => {
      expect(foldWords(text.toUpperCase())).toEqual(foldWords(text.toLowerCase()))
      expect(foldWords(text.normalize('NFD'))).toEqual(foldWords(text.normalize('NFC')))
    }),
  )
})

test('a word holds nothing that a search could mistake: letters and digits, at most 60', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text => {
      for (const word of foldWords(text)) {
        expect(word).toMatch(/^[\p{L}\p{N}]+$/u)
        expect(Array.from(word).length).toBeLessThanOrEqual(60)
      }
    }),
  )
})

test('no official language of the Union leaves a letter of its own behind', () => {
  const alphabets =
    'àáâãäåāăąćčçďđéèêëēėęěğģĝġħíîïīįĳķĺļľłńñňņóôöõōőøœŕřśšşșťţțúûüūůűųŵýÿźžżæßþð' +
    'абвгдежзийклмнопрстуфхцчшщъьюя' +
    'αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ'
  expect(foldWords(alphabets).join('')).toMatch(/^[a-z]+$/)
})
