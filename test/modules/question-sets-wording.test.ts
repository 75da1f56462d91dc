import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { questionSets } from '../../seeds/reference/question-sets/all.ts'
import {
  askedSubQuestions,
  isAsked,
  LONGEST_ANSWER,
  type Question,
  readAnswer,
  textIn,
  wording,
} from '../../src/modules/index.ts'

const all = questionSets.flatMap(({ questions }) => questions)
const professional = questionSets[0]!.questions
const called = (code: string): Question => professional.find(question => question.code === code)!
const anyQuestion = fc.constantFrom(...all)
const value = fc.string({ unit: 'grapheme', minLength: 1 }).filter(text => text.trim() !== '')

describe('a text', () => {
  test('is in the reader’s language, else in English, and says which', () => {
    const texts = { en: 'Services', sv: 'Tjänster' }
    expect(textIn(texts, 'sv')).toEqual({ text: 'Tjänster', lang: 'sv' })
    expect(textIn(texts, 'lv')).toEqual({ text: 'Services', lang: 'en' })
  })
})

describe('the wording of a question', () => {
  const question = called('title-abbreviation')
  const values = { abbreviation: 'BBs', title: 'Barnmorska', person: 'Anna Å.', profession: 'midwife' }

  test('has its blanks filled in', () => {
    expect(wording(question, 'en', values, 'the person').text).toBe(
      'Is BBs the abbreviation of the title of Barnmorska that Anna Å. received in your country for the profession of midwife?',
    )
    expect(wording(question, 'lv', values, 'the person').lang).toBe('en')
  })

  test('names nobody to those who have not read the name', () => {
    expect(wording(question, 'en', { ...values, person: undefined }, 'the person').text).toContain(
      'that the person received',
    )
    expect(wording(question, 'sv', { ...values, person: undefined }, 'personen').text).toContain(
      'som personen har fått',
    )
  })

  test('shows dots where a blank is not filled yet', () => {
    expect(wording(called('profession-regulated'), 'en', {}, 'the person').text).toBe(
      'Is the profession of … regulated in your country?',
    )
    expect(wording(called('national'), 'en', { person: ' ' }, 'the person').text).toBe(
      'Is … a national of your country?',
    )
  })

  test('holds every value as it was typed, even one that looks like a blank, and no blank', () => {
    const odd = fc.oneof(value, fc.constantFrom('{person}', '{title}', '$&', '$1', '$$', '\\', '<b>'))
    fc.assert(
      fc.property(
        anyQuestion,
        fc.constantFrom('en', 'sv'),
        fc.array(odd, { minLength: 5, maxLength: 5 }),
        (asked, lang, typed) => {
          const filled = Object.fromEntries(asked.variables.map(({ code }, at) => [code, typed[at]]))
          const expected = asked.text[lang]!.split(/\{([a-z-]+)\}/).map((part, at) =>
            at % 2 ? filled[part]!.trim() : part,
          )
          expect(wording(asked, lang, filled, 'hidden').text).toBe(expected.join(''))
        },
      ),
    )
  })

  test('never tells a personal value that was not handed over', () => {
    fc.assert(
      fc.property(anyQuestion, fc.constantFrom('en', 'sv', 'hu'), (asked, lang) => {
        const plain = Object.fromEntries(asked.variables.filter(each => !each.personal).map(({ code }) => [code, 'X']))
        const { text } = wording(asked, lang, plain, 'HIDDEN')
        expect(text.includes('HIDDEN')).toBe(asked.variables.some(({ personal }) => personal))
        expect(text).not.toMatch(/[{}…]/)
      }),
    )
  })
})

describe('sub-questions', () => {
  const asked = (answers: Record<string, string>) =>
    askedSubQuestions(called('recognised-for'), professional, answers).map(({ code }) => code)

  test('are asked when the answer before them says so', () => {
    expect(asked({})).toEqual([])
    expect(asked({ 'recognised-for': 'other' })).toEqual(['recognised-other'])
    expect(asked({ 'recognised-for': 'doctor' })).toEqual(['doctor-kind', 'doctor-recognition'])
    expect(asked({ 'recognised-for': 'doctor', 'doctor-recognition': 'automatic' })).toEqual([
      'doctor-kind',
      'doctor-recognition',
      'doctor-speciality',
    ])
  })

  test('are not asked because of an answer to a question that is no longer asked', () => {
    expect(asked({ 'recognised-for': 'dentist', 'doctor-recognition': 'automatic' })).toEqual([
      'dentist-kind',
      'dentist-recognition',
    ])
  })

  test('each other question is always asked', () => {
    for (const question of all) expect(isAsked(question, {})).toBe(!question.parent)
  })
})

describe('an answer', () => {
  const kinds = ['yes-no', 'choice', 'text', 'date', 'number'] as const
  const options = [
    { code: 'a', text: { en: 'A' } },
    { code: 'b', text: { en: 'B' } },
  ]
  const read = (answer: (typeof kinds)[number], typed: string) => {
    const found = readAnswer({ answer, options: answer === 'choice' ? options : [] }, typed)
    return found.ok ? found.value : found.mistake
  }

  test.each([
    ['yes-no', 'yes', 'yes'],
    ['yes-no', 'ja', 'modules:answer.yesNo'],
    ['choice', 'b', 'b'],
    ['choice', 'A', 'modules:answer.choice'],
    ['text', ' one\r\ntwo ', 'one\ntwo'],
    ['text', ' \n ', 'modules:answer.text'],
    ['text', 'x'.repeat(LONGEST_ANSWER), 'x'.repeat(LONGEST_ANSWER)],
    ['text', 'x'.repeat(LONGEST_ANSWER + 1), 'modules:answer.tooLong'],
    ['date', '2024-02-29', '2024-02-29'],
    ['date', '2023-02-29', 'modules:answer.date'],
    ['date', '29.02.2024', 'modules:answer.date'],
    ['date', '0001-01-01', 'modules:answer.date'],
    ['number', '12', '12'],
    ['number', '12,50', '12.5'],
    ['number', '12.05', '12.05'],
    ['number', '1 234 567,8', '1234567.8'],
    ['number', '1\u00a0234', '1234'],
    ['number', '−3', '-3'],
    ['number', '-0,0', '0'],
    ['number', '007', '7'],
    ['number', '1,234', 'modules:answer.number'],
    ['number', '1.234', 'modules:answer.number'],
    ['number', '1e3', 'modules:answer.number'],
    ['number', '.5', 'modules:answer.number'],
    ['number', '', 'modules:answer.number'],
  ] as const)('%s: %j becomes %j', (kind, typed, expected) => expect(read(kind, typed)).toBe(expected))

  test('is stored in a form that reads as itself, whatever was typed', () => {
    const typed = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.stringMatching(/^-?[0-9]{1,18}([.,][0-9]{0,3})?$/),
      fc.stringMatching(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/),
      fc.constantFrom('yes', 'no', 'a', 'b', ' a ', 'e\u0301'),
    )
    fc.assert(
      fc.property(fc.constantFrom(...kinds), typed, (answer, text) => {
        const first = readAnswer({ answer, options }, text)
        if (first.ok) expect(readAnswer({ answer, options }, first.value)).toEqual(first)
        else expect(first.mistake).toMatch(/^modules:answer\./)
      }),
    )
  })

  test('that is a number keeps its size', () => {
    fc.assert(
      fc.property(fc.integer({ min: -99_999_999, max: 99_999_999 }), fc.constantFrom('.', ','), (hundredths, sign) => {
        const written = (hundredths / 100).toFixed(2).replace('.', sign)
        expect(Number(read('number', written))).toBe(hundredths / 100 || 0)
        expect(read('number', written)).toMatch(/^(0|-?([1-9]\d*|0)(\.\d?[1-9])?)$/)
      }),
    )
  })
})
