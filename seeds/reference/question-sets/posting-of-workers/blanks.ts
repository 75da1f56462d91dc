import { blank, personalBlank } from '../question.ts'

export const employer = personalBlank('employer', 'name of the employer', 'arbetsgivarens namn')
export const worker = personalBlank('worker', 'name of the posted worker', 'den utstationerade arbetstagarens namn')
export const work = blank('work', 'kind of work', 'typ av arbete')
export const period = blank('period', 'period', 'period')
export const document = blank('document', 'kind of document, no names', 'typ av handling, inga namn')
