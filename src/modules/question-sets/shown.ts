import type { Translate } from '../../platform/i18n/i18n.ts'
import { type Question, type QuestionSet, textIn, wording } from './question-set.ts'

/** Who reads a question set. */
export interface SetReader {
  t: Translate
  lang: string
}

interface Cell {
  text: string
  lang?: string
  note?: string
  noteLang?: string
}

/** A question set as its page shows it: a table of what is said of the subject, and one of the questions for each heading. */
export function shownQuestionSet(set: QuestionSet, reader: SetReader): object {
  const numbers = numbersOf(set.questions)
  return {
    subject: set.subject.map(field => {
      const { text: label, lang } = textIn(field.label, reader.lang)
      const marks = (['required', 'personal', 'competence'] as const).filter(mark => field[mark])
      return [
        { text: label, ...foreign(lang, reader) },
        kindCell(reader.t(`modules:field.kind.${field.kind.replace(' ', '')}`), field.options ?? [], reader),
        { text: marks.map(mark => reader.t(`modules:field.mark.${mark}`)).join(', ') },
      ]
    }),
    headings: set.headings.map(heading => ({
      code: heading.code,
      ...textIn(heading.text, reader.lang),
      questions: set.questions
        .filter(question => question.heading === heading.code)
        .map(question => row(question, set, numbers, reader)),
    })),
  }
}

/** Questions are numbered through the set; sub-questions, however deep, have letters behind the number: 9, 9a, 9b. */
function numbersOf(questions: readonly Question[]): Map<string, string> {
  const numbers = new Map<string, string>()
  let whole = 0
  let letters = 0
  for (const { code, parent } of questions) {
    if (parent) numbers.set(code, `${whole}${String.fromCharCode(97 + letters++)}`)
    else {
      numbers.set(code, String(++whole))
      letters = 0
    }
  }
  return numbers
}

function row(question: Question, set: QuestionSet, numbers: Map<string, string>, reader: SetReader): Cell[] {
  const labels = question.variables.map(({ code, label }) => [code, `[${textIn(label, reader.lang).text}]`])
  const { text, lang } = wording(question, reader.lang, Object.fromEntries(labels) as Record<string, string>, '')
  const condition = conditionOf(question, set, numbers, reader)
  return [
    { text: numbers.get(question.code) ?? '' },
    {
      text,
      ...foreign(lang, reader),
      ...(condition && { note: condition, noteLang: reader.lang }),
    },
    kindCell(reader.t(`modules:answer.kind.${question.answer}`), question.options, reader),
  ]
}

function conditionOf(
  { parent }: Question,
  set: QuestionSet,
  numbers: Map<string, string>,
  { t, lang }: SetReader,
): string | undefined {
  if (!parent) return undefined
  const options = set.questions.find(({ code }) => code === parent.code)?.options ?? []
  const answers = parent.when.map(answer => {
    const option = options.find(({ code }) => code === answer)
    if (option) return textIn(option.text, lang).text
    return answer === 'yes' ? t('modules:answer.yes') : t('modules:answer.no')
  })
  const list = new Intl.ListFormat(lang, { type: 'disjunction' }).format(answers)
  return t('modules:questions.condition', { number: numbers.get(parent.code) ?? '', answers: list })
}

function kindCell(kind: string, options: QuestionSet['headings'], { lang }: SetReader): Cell {
  const choices = options.map(({ text }) => textIn(text, lang).text)
  return { text: kind, ...(choices.length > 0 && { note: choices.join(' · ') }) }
}

const foreign = (lang: string, reader: SetReader): { lang?: string } => (lang === reader.lang ? {} : { lang })
