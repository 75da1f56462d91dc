import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Question } from '../../src/modules/index.ts'
import {
  type Answer,
  askedNow,
  type AskedQuestion,
  isSaid,
  type SentAnswer,
  unanswered,
  workingAnswers,
} from '../../src/requests/replying/answers.ts'
import { madeUp, mistakesOf } from '../../src/requests/replying/sending/reply.ts'

/** Questions of yes and no; each but the first may hang on an earlier one. */
const sets = fc
  .array(fc.record({ parent: fc.option(fc.nat(), { nil: undefined }), when: fc.constantFrom('yes', 'no') }), {
    minLength: 1,
    maxLength: 8,
  })
  .map(wishes =>
    wishes.map(({ parent, when }, i): AskedQuestion => {
      const on = parent === undefined || i === 0 ? undefined : { code: `q${parent % i}`, when: [when] }
      const question = { code: `q${i}`, answer: 'yes-no', options: [], variables: [], text: {}, heading: 'h' }
      return {
        id: i + 1,
        number: i + 1,
        variables: {},
        question: { ...question, ...(on && { parent: on }) } as Question,
      }
    }),
  )

const answer: fc.Arbitrary<Answer> = fc.oneof(
  fc.constantFrom('yes', 'no').map(value => ({ value, cannot: false, comment: '' })),
  fc.constant({ value: null, cannot: true, comment: '' }),
  fc.constant({ value: null, cannot: false, comment: 'Because' }),
  fc.constant({ value: null, cannot: false, comment: '' }),
)
const answersTo = (max: number) =>
  fc
    .array(fc.tuple(fc.integer({ min: 1, max }), answer), { maxLength: max * 2 })
    .map(pairs => new Map<number, Answer>(pairs))
const drafts = sets.chain(questions => fc.tuple(fc.constant(questions), answersTo(questions.length)))

/** The rule said again, from the top down: what hangs on nothing is asked; a sub-question if its parent is asked and says so. */
function askedByHand(questions: readonly AskedQuestion[], answers: ReadonlyMap<number, Answer>): number[] {
  const asked = new Set<number>()
  for (const { id, question } of questions) {
    const parent = questions.find(({ question: { code } }) => code === question.parent?.code)
    if (!parent) asked.add(id)
    else if (asked.has(parent.id) && question.parent?.when.includes(answers.get(parent.id)?.value ?? '-')) asked.add(id)
  }
  return [...asked]
}

describe('which questions are asked', () => {
  test('those that hang on nothing, and sub-questions by the answers of the asked ones', () => {
    fc.assert(
      fc.property(drafts, ([questions, answers]) => {
        expect(askedNow(questions, answers).map(({ id }) => id)).toEqual(askedByHand(questions, answers))
      }),
    )
  })

  test('the same question twice: each sub-question belongs to the one before it', () => {
    const one = (id: number, code: string, parent?: string): AskedQuestion => ({
      id,
      number: id,
      variables: {},
      question: { code, ...(parent && { parent: { code: parent, when: ['yes'] } }) } as Question,
    })
    const questions = [one(1, 'a'), one(2, 'b', 'a'), one(3, 'a'), one(4, 'b', 'a')]
    const answers = new Map([[3, { value: 'yes', cannot: false, comment: '' }]])
    expect(askedNow(questions, answers).map(({ id }) => id)).toEqual([1, 3, 4])
    // Alone in a part, a sub-question is asked by itself.
    expect(askedNow([one(4, 'b', 'a')], new Map())).toHaveLength(1)
  })
})

describe('a full reply', () => {
  test('is complete exactly when everything asked is answered, marked or explained; it says nothing else', () => {
    fc.assert(
      fc.property(drafts, ([questions, draft]) => {
        const answers = workingAnswers(draft, [], { authorityId: 1, reopened: false })
        const asked = askedByHand(questions, draft)
        const open = asked.filter(id => !isSaid(draft.get(id)))
        const reply = madeUp('full', { questions, answers })
        expect(unanswered(questions, draft).map(({ id }) => id)).toEqual(open)
        expect(mistakesOf('full', reply)).toHaveLength(open.length)
        expect(reply.sends.map(({ asked: { id } }) => id)).toEqual(asked.filter(id => isSaid(draft.get(id))))
      }),
    )
  })

  test('what this authority has sent is frozen and said again; another’s answer counts until there is an own one', () => {
    fc.assert(
      fc.property(drafts, drafts, fc.boolean(), ([questions, draft], [, before], reopened) => {
        const sent = [...before].flatMap(([questionId, one]): SentAnswer[] =>
          isSaid(one) ? [{ ...one, questionId, authorityId: questionId % 2, sentAt: new Date(0) }] : [],
        )
        const answers = workingAnswers(draft, sent, { authorityId: 1, reopened })
        const own = sent.filter(({ authorityId }) => authorityId === 1)
        for (const one of own) {
          expect(answers.frozen.has(one.questionId)).toBe(!reopened)
          if (!reopened || !draft.has(one.questionId)) expect(answers.fields.get(one.questionId)).toMatchObject(one)
        }
        for (const one of sent.filter(({ authorityId }) => authorityId !== 1)) {
          const drafted = draft.get(one.questionId)
          expect(answers.counting.get(one.questionId)).toMatchObject(isSaid(drafted) ? { ...drafted } : one)
        }
        const partial = madeUp('partial', { questions, answers }).sends.map(({ asked: { id } }) => id)
        expect(partial.filter(id => answers.frozen.has(id))).toEqual([])
      }),
    )
  })
})
