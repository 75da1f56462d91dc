import { establishmentHeadings, establishmentQuestions } from './professional-qualifications/establishment.ts'
import { generalHeadings, generalQuestions } from './professional-qualifications/general.ts'
import { subject } from './professional-qualifications/subject.ts'
import { temporaryHeadings, temporaryQuestions } from './professional-qualifications/temporary-services.ts'
import type { QuestionSetData } from './question.ts'

/** Directive 2005/36/EC: general questions, permanent establishment, temporary provision of services. */
export const professionalQualifications: QuestionSetData = {
  module: 'professional-qualifications-requests',
  version: 1,
  subject,
  headings: [...generalHeadings, ...establishmentHeadings, ...temporaryHeadings],
  questions: [...generalQuestions, ...establishmentQuestions, ...temporaryQuestions],
}
