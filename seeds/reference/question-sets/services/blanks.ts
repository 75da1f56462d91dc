import { blank, personalBlank } from '../question.ts'

export const provider = personalBlank('provider', 'name of the service provider', 'tjänsteleverantörens namn')
export const service = blank('service', 'service', 'tjänst')
export const matter = blank('matter', 'what the information is about', 'vad uppgifterna gäller')
export const document = blank('document', 'kind of document, no names', 'typ av dokument, inga namn')
