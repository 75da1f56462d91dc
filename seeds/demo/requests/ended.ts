import { DELETED } from './deleted-authority.ts'
import type { DemoRequest } from './request.ts'

const module = 'professional-qualifications-requests'
const SE = 'socialstyrelsen'
const HU = 'okfo'
const DK = 'patientsikkerhed'
const LV = 'veselibas-inspekcija'

/** Over, in each way in which a request can end. */
export const endedRequests: DemoRequest[] = [
  {
    module,
    from: SE,
    to: 'medical-council',
    by: 'se-handler',
    language: 'en',
    began: 40,
    due: -8,
    subject: { profession: 'Doctor', 'qualification-country': 'IE', 'family-name': 'Moloney', 'given-names': 'Eoin' },
    reason: 'Application for a licence to practise.',
    questions: [['registered', { person: 'Eoin Moloney', profession: 'doctor' }]],
    acts: [
      { ago: 39, by: 'se-handler', act: 'send' },
      { ago: 36, by: 'r3qnw6db', act: 'accept', date: -8 },
      { ago: 20, by: 'se-handler', act: 'withdraw', note: 'The applicant has withdrawn the application.' },
    ],
    protected: [{ ago: 12, by: 'se-handler', act: 'dataSubjectRequestRecorded', kind: 'access' }],
  },
  {
    module,
    from: SE,
    to: DK,
    by: 'se-handler',
    language: 'sv',
    began: 120,
    due: -90,
    subject: {
      profession: 'Sjuksköterska',
      'qualification-country': 'DK',
      'family-name': 'Kragh',
      'given-names': 'Freja',
      'birth-date': '1994-04-04',
      nationality: 'DK',
    },
    reason: 'Ansökan om legitimation som sjuksköterska.',
    questions: [
      ['registered', { person: 'Freja Kragh', profession: 'sjuksköterska' }],
      ['forbidden', { person: 'Freja Kragh', profession: 'sjuksköterska' }],
    ],
    acts: [
      { ago: 119, by: 'se-handler', act: 'send' },
      { ago: 118, by: 't2vqb9hd', act: 'accept', date: -90 },
      {
        ago: 110,
        by: 't2vqb9hd',
        act: 'replyFully',
        answers: { registered: 'yes', 'registered-since': '2018-02-01', forbidden: 'no' },
      },
      { ago: 105, by: 'se-handler', act: 'acceptReply', rated: [1, 0] },
    ],
    protected: [{ ago: 2, by: 't2vqb9hd', act: 'erasureProposed' }],
  },
  {
    // The authority that was asked is deleted.
    module,
    from: SE,
    to: DELETED,
    by: 'se-handler',
    language: 'en',
    began: 100,
    due: -45,
    subject: { profession: 'Dentist', 'qualification-country': 'HU', 'family-name': 'Halász', 'given-names': 'Nóra' },
    reason: 'Ansökan om legitimation som tandläkare.',
    questions: [['registered', { person: 'Nóra Halász', profession: 'dentist' }]],
    acts: [
      { ago: 99, by: 'se-handler', act: 'send' },
      { ago: 95, of: DELETED, act: 'accept', date: -45 },
      { ago: 60, act: 'loseCounterpart' },
    ],
  },
  {
    module,
    from: HU,
    to: SE,
    by: 'hu-handler',
    language: 'en',
    began: 60,
    due: -30,
    subject: { profession: 'Fogtechnikus', 'family-name': 'Ek', 'given-names': 'Robin', nationality: 'SE' },
    reason: 'A kérelmező svéd fogtechnikusi képesítéssel rendelkezik.',
    questions: [['profession-regulated', { profession: 'fogtechnikus' }]],
    acts: [
      { ago: 59, by: 'hu-handler', act: 'send' },
      {
        ago: 57,
        by: 'se-allocator',
        act: 'refuse',
        note: 'Dental technicians need no licence in Sweden, and no authority keeps a register of them.',
      },
    ],
    protected: [
      { ago: 6, by: 'hu-handler', act: 'erasureProposed' },
      { ago: 1, by: 'se-admin', act: 'erasureDeclined' },
    ],
  },
  {
    // Closed more than six months ago: the personal data are blocked.
    module,
    from: DK,
    to: HU,
    by: 'dk-admin',
    language: 'en',
    began: 290,
    due: -255,
    subject: {
      profession: 'Nurse',
      'qualification-country': 'HU',
      'family-name': 'Sárközi',
      'given-names': 'Lilla',
      'birth-date': '1985-08-30',
      nationality: 'HU',
    },
    reason: 'Ansøgning om autorisation som sygeplejerske.',
    questions: [['registered', { person: 'Lilla Sárközi', profession: 'nurse' }]],
    protected: [{ ago: 65, act: 'personalDataBlocked' }],
    acts: [
      { ago: 289, by: 'dk-admin', act: 'send' },
      { ago: 288, by: 'dk-ufs', act: 'approve' },
      { ago: 285, by: 'hu-handler', act: 'accept', date: -255 },
      {
        ago: 260,
        by: 'hu-handler',
        act: 'replyFully',
        answers: { registered: 'yes', 'registered-since': '2009-07-01' },
      },
      { ago: 258, by: 'hu-oh', act: 'approveReply' },
      { ago: 250, by: 'dk-admin', act: 'acceptReply', rated: [1, 1] },
    ],
  },
  {
    // Six months without an act.
    module,
    from: LV,
    to: 'ordem-dos-medicos',
    by: 'lv-handler',
    language: 'en',
    began: 215,
    due: -180,
    subject: { profession: 'Doctor', 'qualification-country': 'PT', 'family-name': 'Sequeira', 'given-names': 'Vasco' },
    reason: 'Ārsta reģistrācija.',
    questions: [['registered', { person: 'Vasco Sequeira', profession: 'doctor' }]],
    acts: [
      { ago: 214, by: 'lv-handler', act: 'send' },
      { ago: 205, by: 'g3pmk7ye', act: 'accept', date: -180 },
      { ago: 20, act: 'lapse' },
    ],
  },
]
