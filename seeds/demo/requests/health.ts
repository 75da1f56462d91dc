import type { DemoRequest } from './request.ts'

const module = 'professional-qualifications-requests'
const HU = 'okfo'
const DK = 'patientsikkerhed'
const LV = 'veselibas-inspekcija'

/** Between the other authorities for health professions. */
export const healthRequests: DemoRequest[] = [
  {
    // Returned by the coordinator with a reason: a draft again.
    module,
    from: DK,
    to: LV,
    by: 'dk-admin',
    language: 'da',
    began: 9,
    due: 20,
    subject: {
      profession: 'Sygeplejerske',
      'qualification-country': 'LV',
      'family-name': 'Siliņa',
      'given-names': 'Agnese',
      nationality: 'LV',
    },
    reason: 'Autorisation.',
    questions: [['title-for-profession', { profession: 'sygeplejerske' }]],
    acts: [
      { ago: 8, by: 'dk-admin', act: 'send' },
      {
        ago: 7,
        by: 'dk-ufs',
        act: 'return',
        note: 'Skriv venligst, hvorfor I har brug for oplysningen, og tilføj fødselsdatoen.',
      },
    ],
  },
  {
    // Returned once, handed in again: the Hungarian coordinator has it before it.
    module,
    from: LV,
    to: HU,
    by: 'lv-handler',
    language: 'en',
    began: 28,
    due: 7,
    subject: {
      profession: 'Nurse',
      'qualification-country': 'HU',
      'family-name': 'Bodnár',
      'given-names': 'Dóra',
      'birth-date': '1995-05-09',
      nationality: 'HU',
    },
    reason: 'Reģistrācijai ārstniecības personu reģistrā.',
    questions: [
      ['registered', { person: 'Dóra Bodnár', profession: 'nurse' }],
      ['qualification-held', { person: 'Dóra Bodnár', title: 'ápoló' }],
    ],
    acts: [
      { ago: 27, by: 'lv-handler', act: 'send' },
      { ago: 26, by: 'hu-handler', act: 'accept', date: 7 },
      {
        ago: 8,
        by: 'hu-handler',
        act: 'replyFully',
        answers: {
          registered: 'no',
          'registered-not': 'Nem kérte.',
          'qualification-held': 'yes',
          'qualification-date': '2019-07-05',
        },
      },
      { ago: 7, by: 'hu-oh', act: 'returnReply', note: 'Please say in English why the person is not registered.' },
      {
        ago: 1.5,
        by: 'hu-handler',
        act: 'replyFully',
        answers: {
          registered: 'no',
          'registered-not': 'She has not asked for it: she has never worked in Hungary.',
          'qualification-held': 'yes',
          'qualification-date': '2019-07-05',
        },
      },
    ],
  },
  {
    module,
    from: LV,
    to: HU,
    by: 'lv-handler',
    language: 'en',
    began: 2.5,
    due: 18,
    subject: {
      profession: 'Specialist doctor',
      'qualification-country': 'HU',
      'family-name': 'Szűcs',
      'given-names': 'Bence',
    },
    reason: 'Ārsta kvalifikācijas atzīšana.',
    questions: [['recognised-for', { person: 'Bence Szűcs', country: 'Hungary' }]],
    acts: [{ ago: 2, by: 'lv-handler', act: 'send' }],
  },
  {
    // Both coordinators have spoken; one says that it must be given: Denmark's turn.
    module,
    from: HU,
    to: DK,
    by: 'hu-handler',
    language: 'en',
    began: 95,
    due: -65,
    subject: {
      profession: 'Doctor',
      'qualification-country': 'DK',
      'family-name': 'Bisgaard',
      'given-names': 'Emil',
      'birth-date': '1981-03-03',
      nationality: 'DK',
    },
    reason: 'A kérelmező dán engedélye 2022-ben módosult.',
    questions: [['forbidden', { person: 'Emil Bisgaard', profession: 'doctor' }]],
    acts: [
      { ago: 94, by: 'hu-handler', act: 'send' },
      { ago: 90, by: 'dk-admin', act: 'accept', date: -65 },
      { ago: 70, by: 'dk-admin', act: 'replyFully', answers: { forbidden: 'no' } },
      {
        ago: 60,
        by: 'hu-handler',
        act: 'demand',
        questions: ['forbidden'],
        date: -35,
        note: 'Was it limited earlier?',
      },
      { ago: 55, by: 'dk-admin', act: 'declineDemand', note: 'Earlier measures are no longer in the register.' },
      { ago: 30, by: 'hu-handler', act: 'refer' },
      { ago: 22, by: 'hu-oh', act: 'giveOpinion', mustBeGiven: true, note: 'It is needed to judge the application.' },
      { ago: 15, by: 'dk-ufs', act: 'giveOpinion', mustBeGiven: false, note: 'What was erased cannot be given.' },
    ],
  },
]
