import type { Names } from './names.ts'

export interface AuthorityType {
  code: string
  names: Names
}

/** Kinds of body that can be registered: public ones and private ones with a public task. */
export const authorityTypes: AuthorityType[] = [
  { code: 'ministry', names: { en: 'Ministry', sv: 'Ministerium eller departement' } },
  { code: 'agency', names: { en: 'Government agency', sv: 'Statlig förvaltningsmyndighet' } },
  {
    code: 'inspectorate',
    names: { en: 'Inspectorate or supervisory authority', sv: 'Inspektion eller tillsynsmyndighet' },
  },
  { code: 'regional-government', names: { en: 'Regional government', sv: 'Regional myndighet' } },
  { code: 'municipality', names: { en: 'Municipality', sv: 'Kommun' } },
  { code: 'court', names: { en: 'Court', sv: 'Domstol' } },
  { code: 'police-customs', names: { en: 'Police or customs', sv: 'Polis eller tull' } },
  { code: 'professional-body', names: { en: 'Professional body', sv: 'Yrkesorganisation' } },
  {
    code: 'chamber',
    names: { en: 'Chamber of commerce, crafts or trade', sv: 'Handels-, hantverks- eller näringskammare' },
  },
  {
    code: 'social-insurance',
    names: { en: 'Social or health insurance body', sv: 'Social- eller sjukförsäkringsorgan' },
  },
  { code: 'education', names: { en: 'University or examination body', sv: 'Universitet eller examensorgan' } },
  { code: 'register', names: { en: 'Public register', sv: 'Offentligt register' } },
  { code: 'union-institution', names: { en: 'Institution of the European Union', sv: 'EU-institution' } },
  { code: 'other', names: { en: 'Other', sv: 'Annat' } },
]
