/** A text by language; English is always there. */
export type Texts = Readonly<Record<string, string>>

/** What a request says about its subject. */
export interface SubjectField {
  code: string
  label: Texts
  hint?: Texts
  kind: 'text' | 'long text' | 'date' | 'country' | 'choice'
  options?: Option[]
  required: boolean
  /** Hidden from everybody but the handlers of both sides, and erased. */
  personal: boolean
  /** Needed to judge who is competent: the responder sees it before acceptance. Never personal. */
  competence: boolean
}

export interface Option {
  code: string
  text: Texts
}

/** A blank in a question that the requester fills. */
export interface Variable {
  code: string
  label: Texts
  personal: boolean
}

export type AnswerKind = 'yes-no' | 'choice' | 'text' | 'date' | 'number'

export interface Question {
  code: string
  /** Code of the heading that it stands under. */
  heading: string
  /** "{profession}" stands for the variable of that code. */
  text: Texts
  variables: Variable[]
  answer: AnswerKind
  options: Option[]
  /** Makes it a sub-question, asked when the parent's answer is one of these: 'yes', 'no', codes of options. */
  parent?: { code: string; when: readonly string[] }
}

/** The questions that requests of a module choose from, in one version; once published it never changes. */
export interface QuestionSet {
  id: number
  moduleId: number
  version: number
  subject: SubjectField[]
  headings: Option[]
  questions: Question[]
}

/** Answers by the code of their question, in their stored form. */
export type Answers = Readonly<Record<string, string | undefined>>

/** A text in the reader's language, else in English, with the language that it is in. */
export function textIn(texts: Texts, lang: string): { text: string; lang: string } {
  const own = texts[lang]
  return own === undefined ? { text: texts.en ?? '', lang: 'en' } : { text: own, lang }
}

/**
 * A question as this reader sees it, its variables filled in. `hidden` ("the person") stands for a personal variable whose value was
 * not read; a blank that is not filled yet shows dots.
 */
export function wording(
  question: Pick<Question, 'text' | 'variables'>,
  lang: string,
  values: Readonly<Record<string, string | undefined>>,
  hidden: string,
): { text: string; lang: string } {
  const { text, lang: own } = textIn(question.text, lang)
  const filled = text.replace(/\{([a-z][a-z0-9-]*)\}/g, (blank, code: string) => {
    const variable = question.variables.find(each => each.code === code)
    if (!variable) return blank
    const value = values[code]
    return value === undefined && variable.personal ? hidden : value?.trim() || '…'
  })
  return { text: filled, lang: own }
}

/** Whether the answers given so far ask this question: a sub-question waits for its parent's answer. */
export const isAsked = ({ parent }: Question, answers: Answers): boolean =>
  !parent || parent.when.includes(answers[parent.code] ?? '')

/** The sub-questions of a question, and theirs, that the answers given so far ask; in the order of the set. */
export function askedSubQuestions(question: Question, questions: readonly Question[], answers: Answers): Question[] {
  const asked = new Set([question.code])
  return questions.filter(each => {
    if (!each.parent || !asked.has(each.parent.code) || !isAsked(each, answers)) return false
    asked.add(each.code)
    return true
  })
}
