import { competenceField, personalField, plainField } from '../question.ts'

/** The posted worker and the employer whom a request is about. */
export const subject = [
  competenceField('work', 'text', 'Kind of work', 'Typ av arbete', {
    required: true,
    hint: { en: 'For example building, cleaning, transport.', sv: 'Till exempel bygg, städning, transport.' },
  }),
  competenceField('employer-place', 'text', 'Town or region of the employer', 'Arbetsgivarens ort eller region'),
  personalField('employer', 'text', 'Name of the employer', 'Arbetsgivarens namn', { required: true }),
  personalField(
    'employer-number',
    'text',
    'Number of the employer in a register or for VAT',
    'Arbetsgivarens registreringsnummer eller momsnummer',
  ),
  personalField('employer-address', 'long text', 'Address of the employer', 'Arbetsgivarens adress'),
  personalField(
    'family-name',
    'text',
    'Family name of the posted worker',
    'Den utstationerade arbetstagarens efternamn',
  ),
  personalField('given-names', 'text', 'Given names of the posted worker', 'Den utstationerade arbetstagarens förnamn'),
  personalField(
    'birth-date',
    'date',
    'Date of birth of the posted worker',
    'Den utstationerade arbetstagarens födelsedatum',
  ),
  plainField(
    'nationality',
    'country',
    'Nationality of the posted worker',
    'Den utstationerade arbetstagarens medborgarskap',
  ),
  personalField('receiver', 'text', 'Who receives the service', 'Tjänstemottagare'),
  personalField('workplace', 'long text', 'Address of the workplace', 'Arbetsplatsens adress'),
  plainField('posting-start', 'date', 'First day of the posting', 'Utstationeringens första dag'),
  plainField('posting-end', 'date', 'Last day of the posting', 'Utstationeringens sista dag'),
]
