import { competenceField, option, personalField, plainField } from '../question.ts'

/** The service provider whom a request is about. */
export const subject = [
  competenceField('service', 'text', 'Service', 'Tjänst', {
    required: true,
    hint: {
      en: 'For example tourist guide, plumber, travel agency.',
      sv: 'Till exempel turistguide, rörmokare, resebyrå.',
    },
  }),
  competenceField(
    'place',
    'text',
    'Town or region where the provider is established',
    'Ort eller region där leverantören är etablerad',
  ),
  plainField('provider-kind', 'choice', 'Kind of service provider', 'Typ av tjänsteleverantör', {
    required: true,
    options: [option('person', 'a person', 'en fysisk person'), option('company', 'a company', 'ett företag')],
  }),
  personalField('provider-name', 'text', 'Name of the service provider', 'Tjänsteleverantörens namn', {
    required: true,
  }),
  personalField('representative', 'text', 'Name of the legal representative', 'Den rättsliga företrädarens namn'),
  personalField(
    'birth-date',
    'date',
    'Date of birth, if the provider is a person',
    'Födelsedatum, om leverantören är en fysisk person',
  ),
  personalField(
    'registration-number',
    'text',
    'Number in a register or for VAT',
    'Registreringsnummer eller momsnummer',
  ),
  personalField('address', 'long text', 'Address', 'Adress'),
  personalField('e-mail', 'text', 'E-mail address of the provider', 'Leverantörens e-postadress'),
  personalField('website', 'text', 'Website of the provider', 'Leverantörens webbplats'),
  plainField('service-place', 'text', 'Where the service is provided', 'Var tjänsten utförs'),
]
