import { ACC, ENDED, OPEN, ORDER, type Row, type Status, TABLE, TURN } from './workflow-table.ts'

/** The people of the model: at the requester R, its coordinator, the responders and their coordinator, and somebody who has no part in it. */
export interface Person {
  id: number
  at: string
  role: 'handler' | 'allocator' | 'approver' | 'referee' | 'none'
}

/** What the two sides' settings say; the same for the length of a walk. */
export interface Settings {
  approvesRequests: boolean
  approvesReplies: boolean
  requesterRefers: boolean
  responderRefers: boolean
  usesAllocation: Record<string, boolean>
  mayRefuse: Record<string, boolean>
}

/** One part as the requirements see it, by hand: nothing of src/requests. */
export interface Part {
  id: number
  responder: string
  status: Status
  cameFrom: Status | null
  /** Whether S's coordinator is known: from acceptance to forwarding. */
  coordinated: boolean
  mayRefuse: boolean
  allocated: number[]
  questions: number[]
  /** Drafted and not sent. */
  drafted: number[]
  /** Sent, by which authority. */
  sent: { question: number; by: string }[]
  waiting: { full: boolean; questions: number[] } | null
  later: string | null
  due: string | null
  arrived: number
  reminded: number | null
  /** Whether one opinion of the last referral says that the information must be given. */
  must: boolean
  /** Coordinators that have still to give their opinion. */
  outstanding: string[]
}

export interface Model {
  settings: Settings
  parts: Part[]
  now: number
}

/** What is sent with an act. */
export interface Wish {
  target: string
  questions: number[]
  handOn: boolean
  all: boolean
  people: number[]
  date: string
  must: boolean
}

export type Answer = 'done' | 'refused' | 'forbidden' | 'not found'
const DAY = 86_400_000
const is = (these: readonly Status[], status: Status): boolean => these.includes(status)
const unheard: readonly Status[] = ['draft', 'awaiting approval']
export const today = (now: number): string => new Date(now).toISOString().slice(0, 10)
export const dayAfter = (now: number, days: number): string => today(now + days * DAY)

/** What the act of this person upon this part must be answered with, before anything changes. */
export function expected(model: Model, act: string, person: Person, part: Part, wish: Wish): Answer {
  if (!concerns(model, person, part)) return 'not found'
  const rows = TABLE.filter(row => row.act === act)
  if (!rows.some(row => isBy(model, row, person, part))) return 'forbidden'
  return rows.some(row => isFrom(model, row, part) && isBy(model, row, person, part)) &&
    holds(model, act, person, part, wish)
    ? 'done'
    : 'refused'
}

/** Whom a part concerns at all: the two authorities, their coordinators, the splitter. */
function concerns({ parts }: Model, { at }: Person, part: Part): boolean {
  const heard = !is(unheard, part.status)
  if (at === 'R') return true
  if (at === 'R coordinator') return part.status !== 'draft'
  if (at === 'S coordinator') return heard
  return heard && (at === part.responder || (part !== parts[0] && parts[0]?.responder === at))
}

function isBy(model: Model, { by }: Row, person: Person, part: Part): boolean {
  const { at, role } = person
  const acts = (of: Part): boolean =>
    at === of.responder &&
    role === 'handler' &&
    (!model.settings.usesAllocation[at] || of.allocated.includes(person.id))
  const [first] = model.parts
  switch (by) {
    case 'R handler':
      return at === 'R' && role === 'handler'
    case 'R approver':
      return at === 'R coordinator' && role === 'approver'
    case 'S handler':
      return acts(part)
    case 'S handler, S allocator':
      return acts(part) || (at === part.responder && role === 'allocator')
    case 'S allocator':
      return at === part.responder && role === 'allocator'
    case 'S approver':
      return at === 'S coordinator' && role === 'approver' && part.coordinated
    case 'S handler of the first part':
      return first !== undefined && part !== first && acts(first)
    case 'referee':
      return role === 'referee' && part.outstanding.includes(at)
    case 'both':
      return (at === 'R' && role === 'handler') || acts(part)
    default:
      return false
  }
}

function isFrom({ parts }: Model, { act, from }: Row, part: Part): boolean {
  const running = parts.filter(({ status }) => !is(ENDED, status))
  if (act === 'withdraw') return running.some(({ status }) => is(from, status))
  if (act === 'acceptReply') return running.length > 0 && running.every(({ status }) => status === 'answered')
  if (act === 'close')
    return (
      running.every(({ status }) =>
        is(['answered', 'additional declined', 'in referral', 'referral decided'], status),
      ) && running.some(({ status }) => status !== 'answered')
    )
  if (act === 'dropDemand' && part.status === 'reply awaiting approval') return part.cameFrom === 'additional accepted'
  return is(from, part.status)
}

/** The conditions beside the status. */
function holds(model: Model, act: string, person: Person, part: Part, wish: Wish): boolean {
  const { settings, parts, now } = model
  const mine = (question: number) => part.sent.some(one => one.question === question && one.by === part.responder)
  const said = (question: number) => part.drafted.includes(question) || part.sent.some(one => one.question === question)
  const targetFits = wish.target !== 'R' && wish.target !== part.responder
  switch (act) {
    case 'forward':
      return targetFits && (part.status === 'sent' || person.role === 'handler')
    case 'refuse':
      return part.mayRefuse
    case 'split':
      return (
        part === parts[0] && targetFits && wish.questions.length > 0 && wish.questions.length < part.questions.length
      )
    case 'agreeLaterDate':
    case 'declineLaterDate':
      return part.later !== null
    case 'proposeLaterDate':
      return wish.date > today(now) && wish.date > (part.due ?? '')
    case 'replyPartly':
      return part.questions.some(question => part.drafted.includes(question) && !mine(question))
    case 'replyFully':
      return part.questions.every(said)
    case 'refer':
      return settings.requesterRefers || settings.responderRefers
    case 'allocate':
      return settings.usesAllocation[part.responder] === true
    case 'remind':
      return part.reminded === null || now - part.reminded >= DAY
    case 'askForHelp':
      return isLate(part, now)
    default:
      return true
  }
}

function isLate({ status, due, arrived }: Part, now: number): boolean {
  if (status === 'sent') return now - arrived > 7 * DAY
  return is([...ACC, 'reply awaiting approval'], status) && due !== null && due < today(now)
}

/** What the requester reads of all parts together. */
export function combined(parts: readonly Part[]): Status {
  const kept = parts.filter(({ status }) => status !== 'called back')
  const counting = kept.some(({ status }) => status !== 'refused')
    ? kept.filter(({ status }) => status !== 'refused')
    : kept
  const read = counting.map(({ status, cameFrom }) =>
    status === 'reply awaiting approval' ? (cameFrom ?? status) : status,
  )
  return ORDER.find(status => read.includes(status)) ?? read[0] ?? 'refused'
}

export const isOver = ({ parts }: Model): boolean =>
  parts.every(({ status }) => !is(OPEN, status) && !is(unheard, status))

/** Whose turn it is, as those read it who see this status. */
export function turn(part: Part, shown: Status): string {
  if (shown === 'referral decided') return part.must ? 'responder' : 'requester'
  return TURN[shown]
}
