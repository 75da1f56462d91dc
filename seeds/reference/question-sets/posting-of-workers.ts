import type { QuestionSetData } from './question.ts'
import { headings, questions } from './posting-of-workers/questions.ts'
import { subject } from './posting-of-workers/subject.ts'

/** Directives 96/71/EC and 2014/67/EU: posting, establishment, working conditions, health and safety, documents. */
export const postingOfWorkers: QuestionSetData = {
  module: 'posting-of-workers-requests',
  version: 1,
  subject,
  headings,
  questions,
}
