import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { keywords } from '../../seeds/reference/keywords.ts'
import { economicActivities } from '../../seeds/reference/nace.ts'
import { foldWords } from '../../src/authorities/index.ts'
import {
  isAlike,
  isNamedAfter,
  type Subject,
  subjectsMeant,
  subjectsWith,
  tellingWords,
} from '../../src/registers/subjects.ts'

const catalogue: Subject[] = [
  ...keywords.map(({ code, names }) => ({
    key: code,
    kind: 'keyword' as const,
    names: Object.values(names) as string[],
  })),
  ...economicActivities.map(({ code, names }) => ({
    key: code,
    kind: 'activity' as const,
    names: Object.values(names) as string[],
  })),
]
const meant = (typed: string): string[] => [...subjectsMeant(typed, catalogue)].toSorted()

describe('what somebody means who types a profession or service', () => {
  test.each([
    ['Sjuksköterska', ['pq-nurse']],
    ['nurse', ['pq-nurse']],
    ['NURSES', ['pq-nurse']],
    ['registered nurse', ['pq-nurse']],
    ['Legitimerad sjukskoterska', ['pq-nurse']],
    ['Läkare', ['pq-doctor', 'pq-general-practitioner']],
    ['plumber in Porto', ['pq-plumber']],
    ['rörmokare', ['pq-plumber']],
    ['gas fitter', ['pq-plumber']],
    ['Turistguide', ['pq-tourist-guide', 'sv-tourist-guides']],
    ['tourist guides, Lisbon', ['pq-tourist-guide', 'sv-tourist-guides']],
    ['Primary school teacher', ['pq-primary-teacher']],
    ['engineering', ['pq-engineer', 'sv-architecture', '42', '71']],
    ['travel agency', ['79', 'sv-travel-agencies']],
    ['repair of church organs', []],
    ['tandläkare', ['pq-dentist']],
    ['dental nurse', []],
    ['idegenvezető', []],
    ['services', []],
    ['', []],
    ['- / ()', []],
  ])('%s', (typed, expected) => {
    expect(meant(typed)).toEqual(expected.toSorted())
  })

  test('every name of the catalogue finds its subject, whatever its accents, case and company', () => {
    const name = fc.constantFrom(...catalogue.flatMap(({ key, names }) => names.map(text => ({ key, text }))))
    fc.assert(
      fc.property(
        name,
        fc.boolean(),
        fc.boolean(),
        fc.constantFrom('', ' Lisboa', ', Århus'),
        (of, upper, plain, more) => {
          if (tellingWords(of.text).length === 0) return
          const text = plain ? of.text.normalize('NFD').replace(/\p{M}/gu, '') : of.text
          expect(meant(`${upper ? text.toUpperCase() : text}${more}`)).toContain(of.key)
        },
      ),
      { numRuns: 300 },
    )
  })

  test('what has no word in common with a subject does not mean it', () => {
    const one = fc.constantFrom(...catalogue)
    fc.assert(
      fc.property(one, one, (typed, other) => {
        const words = typed.names.flatMap(name => tellingWords(name))
        const others = other.names.flatMap(name => tellingWords(name))
        const common = words.some(word => others.some(each => isAlike(word, each)))
        if (!common) for (const name of typed.names) expect(meant(name)).not.toContain(other.key)
      }),
      { numRuns: 300 },
    )
  })

  test('any text is answered, and few words of it are compared', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), typed => {
        expect(tellingWords(typed).length).toBeLessThanOrEqual(20)
        expect(meant(typed).length).toBeLessThanOrEqual(catalogue.length)
      }),
      { numRuns: 50 },
    )
  })
})

describe('two forms of one word', () => {
  const word = fc.string({ unit: fc.constantFrom(...'abcdefghilmnoprstu'), minLength: 1, maxLength: 12 })

  test('are alike both ways round, and each is like itself', () => {
    fc.assert(
      fc.property(word, word, (one, other) => {
        expect(isAlike(one, one)).toBe(true)
        expect(isAlike(one, other)).toBe(isAlike(other, one))
      }),
    )
  })

  test('share their beginning', () => {
    fc.assert(
      fc.property(word, word, (one, other) => {
        if (one !== other && one.slice(0, 4) !== other.slice(0, 4)) expect(isAlike(one, other)).toBe(false)
      }),
    )
  })

  test.each([
    ['guide', 'guides', true],
    ['teacher', 'teaching', true],
    ['arsts', 'arsta', true],
    ['dentist', 'dental', false],
    ['physician', 'physiotherapist', false],
    ['lakare', 'tandlakare', false],
    ['spa', 'spas', false],
  ])('%s and %s: %s', (one, other, expected) => expect(isAlike(one, other)).toBe(expected))
})

test('a register is named after what its name or title says', () => {
  const names = ['Registo Nacional de Turismo', 'Portugals register over turistguider']
  for (const typed of ['turistguide', 'TURISMO', 'guia, turismo']) expect(isNamedAfter(typed, names)).toBe(true)
  for (const typed of ['arquiteto', '', 'services']) expect(isNamedAfter(typed, names)).toBe(false)
})

test('a word of a search finds the subjects in whose names a word begins so, in any language', () => {
  expect(subjectsWith('barnm', catalogue)).toEqual(['pq-midwife'])
  expect(subjectsWith('midw', catalogue)).toEqual(['pq-midwife'])
  expect(subjectsWith('wife', catalogue)).toEqual([])
  expect(subjectsWith(foldWords('Förskol')[0] ?? '', catalogue)).toEqual(['pq-preschool-teacher'])
})
