import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { modules } from '../../seeds/reference/modules.ts'
import { questionSets } from '../../seeds/reference/question-sets/all.ts'
import type { Texts } from '../../src/modules/index.ts'

const codes = (list: readonly { code: string }[]) => list.map(({ code }) => code)
const twice = (list: string[]) => list.filter((value, at) => list.indexOf(value) !== at)
const blanksIn = (text = '') => [...text.matchAll(/\{([^}]*)\}/g)].map(([, code]) => code).sort()
const questions = questionSets.flatMap(set => set.questions.map(question => ({ set, question, name: question.code })))

test('every module of requests has one', () => {
  const requests = modules.filter(({ workflow }) => workflow === 'requests')
  expect(questionSets.map(({ module }) => module).sort()).toEqual(codes(requests).sort())
})

describe.each(questionSets)('$module', set => {
  test('has at least twelve questions under at least four headings, with every kind of answer', () => {
    expect(set.questions.filter(({ parent }) => !parent).length).toBeGreaterThanOrEqual(12)
    expect(new Set(set.questions.map(({ heading }) => heading)).size).toBeGreaterThanOrEqual(4)
    expect([...new Set(set.questions.map(({ answer }) => answer))].sort()).toEqual(
      ['choice', 'date', 'number', 'text', 'yes-no'], // prettier-ignore
    )
  })

  test('no code stands twice, each is a plain word', () => {
    for (const list of [set.subject, set.headings, set.questions]) expect(twice(codes(list))).toEqual([])
    for (const { options = [] } of [...set.subject, ...set.questions]) expect(twice(codes(options))).toEqual([])
    const all = [...set.subject, ...set.headings, ...set.questions, ...set.questions.flatMap(each => each.variables)]
    for (const code of codes(all)) expect(code).toMatch(/^[a-z][a-z0-9-]*$/)
  })

  test('questions stand in the order of the headings, each heading has some', () => {
    const order = set.questions.map(({ heading }) => heading).filter((code, at, all) => code !== all[at - 1])
    expect(order).toEqual(codes(set.headings))
  })

  test('every text is there in English and Swedish, and differs', () => {
    for (const texts of textsIn(set)) {
      expect(texts.en?.trim(), JSON.stringify(texts)).toBeTruthy()
      expect(texts.sv?.trim(), JSON.stringify(texts)).toBeTruthy()
    }
    for (const { text } of set.questions) {
      expect(text.en).toMatch(/[?}]$/)
      expect(text.sv).not.toBe(text.en)
    }
  })

  test('asks in its subject for what shows who is competent, and keeps that apart from what is personal', () => {
    const competence = set.subject.filter(field => field.competence)
    expect(competence.some(({ required }) => required)).toBe(true)
    expect(competence.filter(({ personal }) => personal)).toEqual([])
    const personal = /name|birth|address|mail|number|website|employer$|provider$|receiver|workplace|representative/
    for (const { code, personal: marked, kind } of set.subject) {
      if (code !== 'employer-place') expect(marked, code).toBe(personal.test(code))
      if (kind === 'country') expect(marked, code).toBe(false)
    }
    for (const { kind, options } of set.subject) expect((options ?? []).length > 1).toBe(kind === 'choice')
  })
})

describe.each(questions)('$set.module: $name', ({ set, question }) => {
  test('uses each of its blanks in every language', () => {
    const known = codes(question.variables)
    expect(twice(known)).toEqual([])
    for (const text of Object.values(question.text)) expect(blanksIn(text)).toEqual([...known].sort())
  })

  test('has answers to choose from where there is a choice, and its parent before it under the same heading', () => {
    expect(question.options.length > 1).toBe(question.answer === 'choice')
    if (!question.parent) return
    const parent = set.questions.find(({ code }) => code === question.parent?.code)!
    expect(set.questions.indexOf(parent)).toBeLessThan(set.questions.indexOf(question))
    expect(parent.heading).toBe(question.heading)
    const answers = parent.answer === 'yes-no' ? ['yes', 'no'] : codes(parent.options)
    expect(question.parent.when.length).toBeGreaterThan(0)
    expect(question.parent.when.filter(answer => !answers.includes(answer))).toEqual([])
  })
})

test('a blank means the same wherever it stands in a set', () => {
  for (const { questions: all } of questionSets) {
    const meanings = all.flatMap(({ variables }) => variables.map(each => JSON.stringify(each)))
    expect(twice([...new Set(meanings)].map(each => (JSON.parse(each) as { code: string }).code))).toEqual([])
  }
})

test('the professional questions hold the real ones, with their conditional sub-questions', () => {
  const set = questionSets.find(({ module }) => module === 'professional-qualifications-requests')!
  const kinds = Object.fromEntries(set.questions.map(({ code, answer }) => [code, answer]))
  expect(kinds).toMatchObject({
    'profession-regulated': 'yes-no',
    'profession-activities': 'text',
    'activity-included': 'yes-no',
    'pupils-age': 'text',
    'teacher-subjects': 'text',
    'title-for-profession': 'text',
    'title-abbreviation': 'yes-no',
    'title-regulated': 'yes-no',
    'recognised-for': 'choice',
    'doctor-kind': 'choice',
    'doctor-recognition': 'choice',
    'doctor-speciality': 'text',
    'dentist-kind': 'choice',
    'dentist-recognition': 'choice',
    'dentist-speciality': 'text',
    'recognised-other': 'text',
    national: 'yes-no',
    'qualification-received': 'text',
    'may-exercise': 'text',
    'experience-attested': 'yes-no',
    'title-gives-access': 'text',
    'document-issued': 'date',
    'document-holder': 'yes-no',
  })
})

/** Published sets stay word for word: whoever changes one raises its version and writes the new digest here. */
test('a set that changes has a new version', () => {
  const digests = Object.fromEntries(
    questionSets.map(set => [
      `${set.module} ${set.version}`,
      createHash('sha256').update(published(set)).digest('hex').slice(0, 16),
    ]),
  )
  expect(digests).toMatchInlineSnapshot(`
    {
      "patients-rights-requests 1": "0ba308b779e4c53b",
      "posting-of-workers-requests 1": "c1c5e6eaeaba3a32",
      "professional-qualifications-requests 1": "90176f6f125c5132",
      "services-requests 1": "09676e1c39e51fc7",
    }
  `)
})

/** A set without the languages that may come later. */
const published = (set: object): string =>
  JSON.stringify(set, (key, value: unknown) =>
    key === 'text' || key === 'label' || key === 'hint' ? [(value as Texts).en, (value as Texts).sv] : value,
  )

function textsIn(value: unknown): Texts[] {
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    ['text', 'label', 'hint'].includes(key) ? [inner as Texts] : textsIn(inner),
  )
}
