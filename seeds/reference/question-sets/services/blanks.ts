import { blank, personalBlank } from '../question.ts'

export const provider = personalBlank('provider', 'name of the service provider', 'tjänsteleverantörens namn')
export const service = blank('service', 'service, such as tourist guide', 'tjänst, till exempel turistguide')
export const matter = blank('matter', 'what the information is about', 'vad uppgifterna gäller')
export const document = blank(
  'document',
  'kind of document, such as guide card (no names or numbers)',
  'typ av dokument, till exempel guidelegitimation (inga namn eller nummer)',
)
