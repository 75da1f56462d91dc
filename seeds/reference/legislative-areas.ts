import type { Names } from './names.ts'

export interface LegislativeArea {
  code: string
  /** The legal act that the exchange of information rests on. */
  act: string
  names: Names
}

export const legislativeAreas: LegislativeArea[] = [
  {
    code: 'professional-qualifications',
    act: 'Directive 2005/36/EC',
    names: { en: 'Professional qualifications', sv: 'Yrkeskvalifikationer' },
  },
  { code: 'services', act: 'Directive 2006/123/EC', names: { en: 'Services', sv: 'Tjänster' } },
  {
    code: 'posting-of-workers',
    act: 'Directives 96/71/EC and 2014/67/EU',
    names: { en: 'Posting of workers', sv: 'Utstationering av arbetstagare' },
  },
  {
    code: 'patients-rights',
    act: 'Directive 2011/24/EU',
    names: { en: 'Patients’ rights', sv: 'Patienträttigheter' },
  },
]
