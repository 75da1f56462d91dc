/** What the made-up authorities deal with, in the order of every language's words, and where the lists of the Commission put it. */
export interface Field {
  policyArea: string
  economicActivity: string
  keyword: string
  /** Codes of modules; a part of the authorities has the second one too. */
  modules: [string, string]
}

const QUALIFICATIONS = 'professional-qualifications-requests'
const SERVICES = 'services-requests'
const ALERTS = 'services-alerts'
const POSTING = 'posting-of-workers-requests'
const PATIENTS = 'patients-rights-requests'

type Row = [policyArea: string, economicActivity: string, keyword: string, first: string, second: string]

const rows: Row[] = [
  ['public-health', '86', 'pq-doctor', QUALIFICATIONS, PATIENTS],
  ['education', '85', 'pq-secondary-teacher', QUALIFICATIONS, SERVICES],
  ['employment', '78', 'pq-social-worker', POSTING, SERVICES],
  ['internal-market', '47', 'sv-retail', SERVICES, ALERTS],
  ['internal-market', '43', 'pq-electrician', SERVICES, QUALIFICATIONS],
  ['transport', '49', 'pq-driving-instructor', QUALIFICATIONS, POSTING],
  ['tourism', '79', 'pq-tourist-guide', SERVICES, QUALIFICATIONS],
  ['environment', '38', 'sv-certification', SERVICES, ALERTS],
  ['construction-housing', '41', 'sv-building', SERVICES, POSTING],
  ['food-safety', '56', 'sv-restaurants', SERVICES, ALERTS],
  ['social-security', '84', 'pq-physiotherapist', PATIENTS, POSTING],
  ['energy', '35', 'sv-electrical-work', SERVICES, ALERTS],
  ['agriculture-fisheries', '01', 'pq-veterinary-surgeon', QUALIFICATIONS, SERVICES],
  ['culture-media', '90', 'sv-events', SERVICES, QUALIFICATIONS],
  ['consumer-protection', '95', 'sv-repair', SERVICES, ALERTS],
  ['justice', '69', 'pq-lawyer', QUALIFICATIONS, SERVICES],
]

export const fields: Field[] = rows.map(([policyArea, economicActivity, keyword, ...modules]) => ({
  policyArea,
  economicActivity,
  keyword,
  modules,
}))

/** Types of authority, in the order of every language's kinds. */
export const types: string[] = [
  'agency',
  'inspectorate',
  'chamber',
  'professional-body',
  'municipality',
  'regional-government',
  'register',
  'other',
]
