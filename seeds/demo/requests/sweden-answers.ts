import type { DemoRequest } from './request.ts'

const module = 'professional-qualifications-requests'
const SE = 'socialstyrelsen'
const HU = 'okfo'
const DK = 'patientsikkerhed'
const LV = 'veselibas-inspekcija'

/** What Socialstyrelsen is asked: allocated, refused, split, approved by its coordinator. */
export const swedenAnswers: DemoRequest[] = [
  {
    // The Danish coordinator has to approve it; Socialstyrelsen knows nothing of it yet.
    module,
    from: DK,
    to: SE,
    by: 'dk-admin',
    language: 'da',
    began: 4,
    due: 24,
    subject: {
      profession: 'Fysioterapeut',
      'qualification-country': 'SE',
      'family-name': 'Lindahl',
      'given-names': 'Viktor',
      'birth-date': '1993-01-30',
      nationality: 'SE',
    },
    reason: 'Ansøgeren søger dansk autorisation og har arbejdet i Malmö siden 2018.',
    questions: [['acquired-rights', { person: 'Viktor Lindahl', profession: 'fysioterapeut' }]],
    acts: [{ ago: 3, by: 'dk-admin', act: 'send' }],
  },
  {
    // Waits to be allocated at Socialstyrelsen.
    module,
    from: DK,
    to: SE,
    by: 't2vqb9hd',
    language: 'da',
    began: 6,
    due: 16,
    subject: {
      profession: 'Jordemoder',
      'qualification-country': 'SE',
      'family-name': 'Norén',
      'given-names': 'Ebba',
      'birth-date': '1990-08-11',
      nationality: 'SE',
    },
    reason: 'Vi behandler en ansøgning om autorisation som jordemoder.',
    questions: [
      ['registered', { person: 'Ebba Norén', profession: 'jordemoder' }],
      ['criminal', { person: 'Ebba Norén' }],
    ],
    acts: [
      { ago: 5, by: 't2vqb9hd', act: 'send' },
      { ago: 4, by: 'dk-ufs', act: 'approve' },
    ],
  },
  {
    // Urgent, allocated to se-handler, half an answer drafted.
    module,
    from: DK,
    to: SE,
    by: 'dk-admin',
    language: 'da',
    began: 16,
    due: 2,
    subject: {
      profession: 'Læge',
      'qualification-country': 'SE',
      'family-name': 'Hallberg',
      'given-names': 'Simon',
      'birth-date': '1979-12-05',
      nationality: 'SE',
    },
    reason: 'Lægen er indstillet til et vikariat på Rigshospitalet. Vi har hørt om en tilsynssag i Sverige.',
    urgent: 'Vikariatet begynder om få dage.',
    questions: [
      ['disciplinary', { person: 'Simon Hallberg' }],
      ['forbidden', { person: 'Simon Hallberg', profession: 'læge' }],
      ['other-circumstances', { person: 'Simon Hallberg' }],
    ],
    notes: { [DK]: { file: '26/10447', remark: '' }, [SE]: { file: '6.4-28110/2026', remark: 'Fråga IVO.' } },
    acts: [
      { ago: 15, by: 'dk-admin', act: 'send' },
      { ago: 14.5, by: 'dk-ufs', act: 'approve' },
      { ago: 14, by: 'se-allocator', act: 'allocate', handlers: ['se-handler'] },
      { ago: 13, by: 'se-handler', act: 'accept', date: 2 },
      {
        ago: 2,
        by: 'se-handler',
        act: 'saveAnswers',
        answers: { disciplinary: { value: 'yes', comment: 'IVO har anmält ärendet till HSAN.' }, forbidden: 'no' },
      },
      { ago: 1, by: 'dk-admin', act: 'comment', note: 'Kan I give os et foreløbigt svar på det første spørgsmål?' },
    ],
  },
  {
    // The reply waits for the Swedish coordinator.
    module,
    from: HU,
    to: SE,
    by: 'hu-handler',
    language: 'sv',
    began: 25,
    due: 6,
    subject: {
      profession: 'Gyógyszerész (apotekare)',
      'qualification-country': 'SE',
      'family-name': 'Rydell',
      'given-names': 'Malin',
      'birth-date': '1986-04-14',
      nationality: 'SE',
    },
    reason: 'A kérelmező gyógyszerészként kíván dolgozni Budapesten.',
    questions: [
      ['pharmacy-activities', { person: 'Malin Rydell' }],
      ['documents-good-character', { person: 'Malin Rydell' }],
    ],
    acts: [
      { ago: 24, by: 'hu-handler', act: 'send' },
      { ago: 23, by: 'se-allocator', act: 'allocate', handlers: ['se-handler'] },
      { ago: 22, by: 'se-handler', act: 'accept', date: 6 },
      {
        ago: 3,
        by: 'se-handler',
        act: 'replyFully',
        answers: {
          'pharmacy-activities':
            'Legitimationen ger rätt att arbeta på öppenvårdsapotek, sjukhusapotek och i industrin.',
          'documents-good-character': { cannot: true, comment: 'Uppgiften finns hos Polismyndigheten.' },
        },
      },
    ],
  },
  {
    // A partial reply is out, the rest is in the making; a later date is proposed.
    module,
    from: LV,
    to: SE,
    by: 'lv-handler',
    language: 'en',
    began: 33,
    due: 1,
    subject: {
      profession: 'Dentist',
      'qualification-country': 'SE',
      'family-name': 'Westerlund',
      'given-names': 'Hanna',
      'birth-date': '1982-02-19',
      nationality: 'SE',
    },
    reason: 'Persona vēlas strādāt par zobārsti Rīgā.',
    questions: [
      ['registered', { person: 'Hanna Westerlund', profession: 'dentist' }],
      ['training-completed', { person: 'Hanna Westerlund', title: 'tandläkarexamen' }],
      ['training-years', { title: 'tandläkarexamen' }],
    ],
    acts: [
      { ago: 32, by: 'lv-handler', act: 'send' },
      { ago: 31, by: 'se-allocator', act: 'allocate', handlers: ['se-handler', 'se-admin'] },
      { ago: 30, by: 'se-handler', act: 'accept', date: 1 },
      {
        ago: 12,
        by: 'se-handler',
        act: 'replyPartly',
        answers: { registered: 'yes', 'registered-since': '2008-06-16', 'training-years': '5' },
      },
      { ago: 10, by: 'se-uhr', act: 'approveReply' },
      {
        ago: 2,
        by: 'se-handler',
        act: 'proposeLaterDate',
        date: 15,
        note: 'The university looks for the file of that year in its archive.',
      },
    ],
  },
  {
    // Sent to a coordinator, who passed it on to the competent authority.
    module,
    from: LV,
    to: 'uhr',
    by: 'lv-handler',
    language: 'en',
    began: 10,
    due: 20,
    subject: {
      profession: 'Pharmacist',
      'qualification-country': 'SE',
      'family-name': 'Sandström',
      'given-names': 'Elin',
      'birth-date': '1992-10-28',
    },
    reason: 'Persona vēlas atvērt aptieku Liepājā.',
    pleaseForward: true,
    questions: [['pharmacy-new', { person: 'Elin Sandström' }]],
    acts: [
      { ago: 9, by: 'lv-handler', act: 'send' },
      { ago: 8, by: 'se-uhr', act: 'forward', to: SE, note: 'Ni för registret över apotekare.' },
    ],
  },
  {
    // More was asked for: Socialstyrelsen agrees or declines.
    module,
    from: DK,
    to: SE,
    by: 'dk-admin',
    language: 'da',
    began: 50,
    due: -12,
    subject: {
      profession: 'Kiropraktor',
      'qualification-country': 'SE',
      'family-name': 'Bergqvist',
      'given-names': 'Alva',
      'birth-date': '1987-07-21',
      nationality: 'SE',
    },
    reason: 'Vi er i tvivl om, hvad den svenske uddannelse indeholder.',
    questions: [
      ['training-subjects', { title: 'kiropraktor' }],
      ['training-minimum', { title: 'kiropraktor' }],
    ],
    acts: [
      { ago: 49, by: 'dk-admin', act: 'send' },
      { ago: 48, by: 'dk-ufs', act: 'approve' },
      { ago: 47, by: 'se-allocator', act: 'allocate', handlers: ['se-handler'] },
      { ago: 46, by: 'se-handler', act: 'accept', date: -12 },
      {
        ago: 15,
        by: 'se-handler',
        act: 'replyFully',
        answers: {
          'training-subjects': 'Anatomi, fysiologi, radiologi, klinisk kiropraktik.',
          'training-minimum': 'yes',
        },
      },
      { ago: 14, by: 'se-uhr', act: 'approveReply' },
      {
        ago: 5,
        by: 'dk-admin',
        act: 'demand',
        questions: ['training-subjects'],
        date: 12,
        note: 'Hvor mange timer omfatter hvert fag?',
      },
    ],
  },
]
