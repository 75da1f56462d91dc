import type { QuestionSetData } from './question.ts'
import { headings, questions } from './services/questions.ts'
import { subject } from './services/subject.ts'

/** Directive 2006/123/EC: establishment, lawful exercise, good repute (Article 33), checks and inspections (Article 29). */
export const services: QuestionSetData = { module: 'services-requests', version: 1, subject, headings, questions }
