import { blank, personalBlank } from '../question.ts'

export const employer = personalBlank('employer', 'name of the employer', 'arbetsgivarens namn')
export const worker = personalBlank('worker', 'name of the posted worker', 'den utstationerade arbetstagarens namn')
export const work = blank('work', 'kind of work', 'typ av arbete')
export const period = blank('period', 'period, such as March to May 2026', 'period, till exempel mars till maj 2026')
export const document = blank(
  'document',
  'kind of document, such as payslip (no names or numbers)',
  'typ av dokument, till exempel lönespecifikation (inga namn eller nummer)',
)
