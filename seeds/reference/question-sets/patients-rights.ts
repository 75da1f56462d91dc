import type { QuestionSetData } from './question.ts'
import { headings, questions } from './patients-rights/questions.ts'
import { subject } from './patients-rights/subject.ts'

/** Directive 2011/24/EU: right to practise (Article 10(4)), healthcare providers (Article 4), invoices and prescriptions. */
export const patientsRights: QuestionSetData = {
  module: 'patients-rights-requests',
  version: 1,
  subject,
  headings,
  questions,
}
