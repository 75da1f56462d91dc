import type {
  AnswerKind,
  Option,
  Question,
  QuestionSet,
  SubjectField,
  Texts,
  Variable,
} from '../../../src/modules/index.ts'

/** A question set as it is published. Whoever changes a word raises the version; a language that was missing may come any time. */
export interface QuestionSetData extends Omit<QuestionSet, 'id' | 'moduleId'> {
  /** Code of the module. */
  module: string
}

/** A question before it stands under a heading. */
export type Asked = Omit<Question, 'heading'>

export const option = (code: string, en: string, sv: string): Option => ({ code, text: { en, sv } })

/** A heading, with the other languages that it is translated into. */
export const heading = (code: string, en: string, sv: string, others: Texts = {}): Option => ({
  code,
  text: { en, sv, ...others },
})

/** A blank that everybody may read: a profession, a country, a year. */
export const blank = (code: string, en: string, sv: string): Variable => ({
  code,
  label: { en, sv },
  personal: false,
})

/** A blank that names a person, or leads to one. */
export const personalBlank = (code: string, en: string, sv: string): Variable => ({
  code,
  label: { en, sv },
  personal: true,
})

const asked =
  (answer: AnswerKind) =>
  (code: string, en: string, sv: string, ...variables: Variable[]): Asked => ({
    code,
    text: { en, sv },
    variables,
    answer,
    options: [],
  })

export const yesNo = asked('yes-no')
export const text = asked('text')
export const date = asked('date')
export const number = asked('number')

export const choice = (
  code: string,
  en: string,
  sv: string,
  options: readonly Option[],
  ...variables: Variable[]
): Asked => ({ ...asked('choice')(code, en, sv, ...variables), options: [...options] })

/** A sub-question, asked when the parent's answer is one of these. */
export const when = (parent: string, answers: readonly string[], question: Asked): Asked => ({
  ...question,
  parent: { code: parent, when: answers },
})

export const under = (headingCode: string, questions: readonly Asked[]): Question[] =>
  questions.map(question => ({ ...question, heading: headingCode }))

type FieldMore = Partial<Pick<SubjectField, 'required' | 'hint' | 'options'>>

const field =
  (marks: Pick<SubjectField, 'personal' | 'competence'>) =>
  (code: string, kind: SubjectField['kind'], en: string, sv: string, more: FieldMore = {}): SubjectField => ({
    code,
    label: { en, sv },
    kind,
    required: false,
    ...more,
    ...marks,
  })

/** Seen by the handlers of both sides only, by the responder's once they have accepted. */
export const personalField = field({ personal: true, competence: false })
/** Shows the responder before acceptance whether it is the right one. */
export const competenceField = field({ personal: false, competence: true })
/** Neither the one nor the other. */
export const plainField = field({ personal: false, competence: false })
