import type { Names } from './names.ts'

export type Workflow = 'requests' | 'alerts'

export interface Module {
  code: string
  /** Code of the legislative area. */
  area: string
  workflow: Workflow
  names: Names
  /** Whether authorities of one country may send each other requests in it. */
  ownCountry: boolean
}

/** A module is a legislative area and a workflow in it (C1). */
export const modules: Module[] = [
  {
    code: 'professional-qualifications-requests',
    area: 'professional-qualifications',
    workflow: 'requests',
    names: { en: 'Professional qualifications – requests', sv: 'Yrkeskvalifikationer – förfrågningar' },
    ownCountry: false,
  },
  {
    code: 'services-requests',
    area: 'services',
    workflow: 'requests',
    names: { en: 'Services – requests', sv: 'Tjänster – förfrågningar' },
    ownCountry: false,
  },
  {
    code: 'services-alerts',
    area: 'services',
    workflow: 'alerts',
    names: { en: 'Services – alerts', sv: 'Tjänster – varningar' },
    ownCountry: false,
  },
  {
    code: 'posting-of-workers-requests',
    area: 'posting-of-workers',
    workflow: 'requests',
    names: { en: 'Posting of workers – requests', sv: 'Utstationering av arbetstagare – förfrågningar' },
    ownCountry: false,
  },
  {
    code: 'patients-rights-requests',
    area: 'patients-rights',
    workflow: 'requests',
    names: { en: 'Patients’ rights – requests', sv: 'Patienträttigheter – förfrågningar' },
    ownCountry: false,
  },
]
