import type { InvitationReason, InvitationStatus } from '../../src/invitations/index.ts'
import { functionalMailbox } from './contact.ts'

/** An invitation of the demo world; days are counted back from the start. */
export interface DemoInvitation {
  name: string
  email: string
  status: InvitationStatus
  modules: string[]
  /** Submitted, and sent where it was; drafts: made. */
  daysAgo: number
  /** Registration code, told in README, of those that were sent. */
  code?: string
  reasons?: InvitationReason[]
  /** Handed in by the invited. */
  registeredDaysAgo?: number
  decidedDaysAgo?: number
  /** Of a rejection. */
  reason?: string
  mayHandInAgain?: true
  /** Key of the authority that came of it. */
  became?: string
}

const qualifications = ['professional-qualifications-requests']
const services = ['services-requests']
const mailbox = (key: string): string => functionalMailbox(key, 'SE')

/** Invitations of the Swedish national coordinator: one in every status (E7), one about to expire, rejections of both kinds. */
export const demoInvitations: DemoInvitation[] = [
  { name: 'Energimyndigheten', email: mailbox('energimyndigheten'), status: 'draft', modules: services, daysAgo: 1 },
  {
    name: 'Boverket',
    email: 'registrator.boverket',
    status: 'refused',
    modules: services,
    daysAgo: 3,
    reasons: ['emailMalformed'],
  },
  {
    name: 'Skolinspektionen',
    email: mailbox('skolverket'),
    status: 'refused',
    modules: [],
    daysAgo: 3,
    reasons: ['noModule', 'authorityAddress'],
  },
  {
    name: 'Statens jordbruksverk',
    email: mailbox('jordbruksverket'),
    status: 'sent',
    modules: services,
    daysAgo: 3,
    code: 'SENT-2222-3333-4444',
  },
  {
    name: 'Elsäkerhetsverket',
    email: mailbox('elsakerhetsverket'),
    status: 'sent',
    modules: qualifications,
    daysAgo: 26,
    code: 'SENT-ENDS-SAAN-2222',
  },
  {
    name: 'Livsmedelsverket',
    email: mailbox('livsmedelsverket'),
    status: 'expired',
    modules: services,
    daysAgo: 40,
    code: 'EXPX-2222-3333-4444',
  },
  {
    name: 'Läkemedelsverket',
    email: mailbox('lakemedelsverket'),
    status: 'withdrawn',
    modules: qualifications,
    daysAgo: 12,
    code: 'WXTH-2222-3333-4444',
  },
  {
    name: 'Transportstyrelsen',
    email: mailbox('transportstyrelsen'),
    status: 'registered',
    modules: qualifications,
    daysAgo: 5,
    code: 'REGX-2222-3333-4444',
    registeredDaysAgo: 2,
  },
  {
    name: 'Naturvårdsverket',
    email: mailbox('naturvardsverket'),
    status: 'rejected',
    modules: services,
    daysAgo: 20,
    code: 'AGAN-2222-3333-4444',
    registeredDaysAgo: 9,
    decidedDaysAgo: 5,
    reason: 'The postal address is that of another authority. Correct it and hand the registration in again.',
    mayHandInAgain: true,
  },
  {
    name: 'Kemikalieinspektionen',
    email: mailbox('kemikalieinspektionen'),
    status: 'rejected',
    modules: services,
    daysAgo: 20,
    code: 'REJE-2222-3333-4444',
    registeredDaysAgo: 12,
    decidedDaysAgo: 10,
    reason: 'The tasks in question belong to another authority, which uses IMI already.',
  },
  {
    name: 'Malmö kommun',
    email: mailbox('malmo-kommun'),
    status: 'validated',
    modules: services,
    daysAgo: 410,
    code: 'VALX-2222-3333-4444',
    registeredDaysAgo: 405,
    decidedDaysAgo: 400,
    became: 'malmo-kommun',
  },
]

// prettier-ignore
const municipalities = [
  'Ale', 'Alingsås', 'Alvesta', 'Aneby', 'Arboga', 'Arjeplog', 'Arvidsjaur', 'Arvika', 'Askersund', 'Avesta', 'Bengtsfors', 'Berg',
  'Bjurholm', 'Bjuv', 'Boden', 'Bollebygd', 'Bollnäs', 'Borgholm', 'Borlänge', 'Borås', 'Botkyrka', 'Boxholm', 'Bromölla', 'Bräcke',
  'Burlöv', 'Båstad', 'Dals-Ed', 'Danderyd', 'Degerfors', 'Dorotea', 'Eda', 'Ekerö', 'Eksjö', 'Emmaboda', 'Enköping', 'Eskilstuna',
  'Eslöv', 'Essunga', 'Fagersta', 'Falkenberg', 'Falköping', 'Falun', 'Filipstad', 'Finspång', 'Flen', 'Forshaga', 'Färgelanda',
  'Gagnef', 'Gislaved', 'Gnesta', 'Gnosjö', 'Gotland', 'Grums', 'Grästorp', 'Gullspång', 'Gällivare', 'Gävle', 'Götene', 'Krokom',
  'Hagfors', 'Hallsberg', 'Hallstahammar', 'Halmstad', 'Hammarö', 'Haninge', 'Haparanda', 'Heby', 'Hedemora', 'Helsingborg',
  'Herrljunga', 'Hjo', 'Hofors', 'Huddinge', 'Hudiksvall', 'Hultsfred', 'Hylte', 'Håbo', 'Hällefors', 'Härjedalen', 'Härnösand',
  'Härryda', 'Hässleholm', 'Höganäs', 'Högsby', 'Hörby', 'Höör', 'Jokkmokk', 'Järfälla', 'Jönköping', 'Kalix', 'Kalmar', 'Karlsborg',
  'Karlshamn', 'Karlskoga', 'Karlskrona', 'Karlstad', 'Katrineholm', 'Kil', 'Kinda', 'Kiruna', 'Klippan', 'Knivsta', 'Kramfors',
]

/** More than a hundred in one submission: held until the access manager confirms and the Commission releases it (E3). */
export const heldInvitations: DemoInvitation[] = municipalities.map(name => ({
  name: `${name} kommun`,
  email: mailbox(
    `${name
      .normalize('NFD')
      .replace(/[^A-Za-z]/g, '')
      .toLowerCase()}-kommun`,
  ),
  status: 'held',
  modules: services,
  daysAgo: 2,
}))
