import { competenceField, personalField, plainField } from '../question.ts'

/** The professional whom a request is about (spec/requests.md: What a request holds). */
export const subject = [
  competenceField('profession', 'text', 'Profession', 'Yrke', { required: true }),
  competenceField(
    'qualification-country',
    'country',
    'Country where the qualification was obtained',
    'Land där kvalifikationen har erhållits',
  ),
  personalField('family-name', 'text', 'Family name', 'Efternamn', {
    required: true,
    hint: {
      en: 'As it stands in the identity document. Enter earlier names in brackets.',
      sv: 'Som det står i id-handlingen. Ange tidigare namn inom parentes.',
    },
  }),
  personalField('given-names', 'text', 'Given names', 'Förnamn', { required: true }),
  personalField('birth-date', 'date', 'Date of birth', 'Födelsedatum'),
  plainField('nationality', 'country', 'Nationality', 'Medborgarskap'),
  personalField('address', 'long text', 'Address', 'Adress', {
    hint: {
      en: 'The professional address or another one that helps to find the person.',
      sv: 'Yrkesadressen eller en annan adress som gör det lättare att hitta personen.',
    },
  }),
  personalField('e-mail', 'text', 'E-mail address of the professional', 'Yrkesutövarens e-postadress'),
  plainField('title', 'text', 'Title of the qualification', 'Kvalifikationens titel', {
    hint: {
      en: 'In the language of the document.',
      sv: 'På dokumentets språk.',
    },
  }),
  personalField(
    'document-number',
    'text',
    'Number of the diploma or of the registration',
    'Examensbevisets eller registreringens nummer',
  ),
]
