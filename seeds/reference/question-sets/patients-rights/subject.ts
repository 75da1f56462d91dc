import { competenceField, personalField, plainField } from '../question.ts'

/** The health professional whom a request is about. */
export const subject = [
  competenceField('profession', 'text', 'Health profession', 'Yrke inom hälso- och sjukvård', { required: true }),
  competenceField(
    'place',
    'text',
    'Town or region where the professional works',
    'Ort eller region där personen arbetar',
  ),
  personalField(
    'family-name',
    'text',
    'Family name of the health professional',
    'Hälso- och sjukvårdspersonens efternamn',
    {
      required: true,
    },
  ),
  personalField(
    'given-names',
    'text',
    'Given names of the health professional',
    'Hälso- och sjukvårdspersonens förnamn',
    {
      required: true,
    },
  ),
  personalField('birth-date', 'date', 'Date of birth', 'Födelsedatum'),
  plainField('nationality', 'country', 'Nationality', 'Medborgarskap'),
  personalField(
    'registration-number',
    'text',
    'Number of the registration or licence',
    'Registreringens eller legitimationens nummer',
  ),
  personalField(
    'provider',
    'text',
    'Hospital, practice or other healthcare provider',
    'Sjukhus, mottagning eller annan vårdgivare',
  ),
  personalField('address', 'long text', 'Professional address', 'Adress i yrket'),
  personalField('e-mail', 'text', 'E-mail address of the professional', 'Personens e-postadress'),
]
