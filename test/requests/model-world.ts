import type { Knex } from 'knex'
import { sign } from '../../src/platform/secrets.ts'
import { stepPages } from '../../src/requests/step-pages.ts'
import { world, type World } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import { aGrant, anAuthority, aUser } from '../support/factories.ts'
import type { Answer as Reply } from '../support/http.ts'
import { aRequest, type ASide, aSide, MODULE } from '../support/requests.ts'
import { sessionIdIn } from '../support/session-cookie.ts'
import { QUESTION } from './drafts.ts'
import type { Model, Part, Person, Settings, Wish } from './model.ts'
import { QUESTIONS } from './replying.ts'

export const RESPONDERS = ['S1', 'S2', 'S3'] as const
const ASKED = [
  { code: QUESTION, variables: { profession: 'guide' } },
  ...QUESTIONS.filter((_, i) => i !== 1 && i !== 2),
]

interface Visitor extends Person {
  request: Someone['request']
  token: string
}

/** Two countries with everybody who has to do with requests between them, signed in. */
export interface Walked {
  w: World
  people: Visitor[]
  authorities: Map<string, number>
  begin(settings: Settings): Promise<void>
  /** A new draft of R to S1. */
  start(model: Model): Promise<void>
  /** Sends what a form of this act would send. */
  take(act: string, person: Person, part: Part, wish: Wish): Promise<Reply>
  /** The parts as the database has them, and what the requester reads of them. */
  look(model: Model): Promise<{ whole: string; parts: Found[] }>
  wait(model: Model, days: number): Promise<void>
  read(person: Person, part: Part): Promise<Reply>
}

/** A part as the database has it, in the words of the model. */
export interface Found {
  id: number
  responder: number
  status: string
  cameFrom: string | null
  later: string | null
  due: string | null
  mayRefuse: boolean
  coordinated: boolean
  allocated: number[]
  questions: number[]
  drafted: number[]
}

const LOOK = `
  select p.id, p.responder_id as responder, p.status, p.came_from as "cameFrom", to_char(p.later_date, 'YYYY-MM-DD') as later,
    to_char(p.due_date, 'YYYY-MM-DD') as due, p.may_refuse as "mayRefuse", p.coordinator_id is not null as coordinated, r.status as whole,
    (select coalesce(json_agg(user_id order by user_id), '[]') from request_allocations where part_id = p.id) as allocated,
    (select coalesce(json_agg(number order by number), '[]') from request_questions where part_id = p.id) as questions,
    (select coalesce(json_agg(q.number order by q.number), '[]') from request_draft_answers a join request_questions q on q.id = a.question_id
      where q.part_id = p.id) as drafted
  from request_parts p join requests r on r.id = p.request_id where r.id = ? order by p.part`

export async function walkedWorld(): Promise<Walked> {
  const w = await world()
  const requesting = await aSide(w.knex, { country: 'SE' })
  const responding = await aSide(w.knex, { country: 'DK' })
  const { people, authorities } = await everybody(w, requesting, responding)
  let requestId = 0
  let typed = 0
  const grants = (name: string) => w.knex('grants').where({ authority_id: authorities.get(name) ?? 0 })
  return {
    w,
    people,
    authorities,
    async begin(settings) {
      const { approvesRequests, approvesReplies, requesterRefers, responderRefers } = settings
      await grants('R coordinator').update({
        approves_requests: approvesRequests,
        takes_part_in_referrals: requesterRefers,
      })
      await grants('S coordinator').update({
        approves_replies: approvesReplies,
        takes_part_in_referrals: responderRefers,
      })
      for (const name of RESPONDERS)
        await grants(name).update({
          uses_allocation: settings.usesAllocation[name],
          may_refuse: settings.mayRefuse[name],
        })
    },
    async start(model) {
      const made = await aRequest(w.knex, {
        from: requesting,
        to: responding,
        status: 'draft',
        proposedDate: '2060-12-18',
        personal: { 'family-name': 'Holm', 'given-names': 'Ida' },
        questions: ASKED,
        at: w.clock.now(),
      })
      requestId = made.requestId
      model.parts = [
        aPart(
          made.id,
          model.now,
          ASKED.map((_, i) => i + 1),
        ),
      ]
    },
    async take(act, person, part, wish) {
      const sent = await bodyOf(w.knex, act, part, { wish, authorities })
      const visitor = people.find(({ id }) => id === person.id)
      if (!visitor) throw new Error(`Nobody has the number ${person.id}`)
      const body = { _csrf: visitor.token, _once: `once-${++typed}`, ...sent }
      const { path } = (stepPages as Record<string, { path: string }>)[act] ?? { path: act }
      return visitor.request('POST', `/requests/${part.id}/${path}`, { body })
    },
    async look() {
      const { rows } = await w.knex.raw<{ rows: (Found & { whole: string })[] }>(LOOK, [requestId])
      return { whole: rows[0]?.whole ?? '', parts: rows.map(({ whole: _, ...row }) => row) }
    },
    async wait(model, days) {
      w.clock.advance(days * 86_400_000)
      model.now = w.clock.now().getTime()
      // Nobody is signed out meanwhile.
      await w.knex('sessions').update({ created_at: w.clock.now(), seen_at: w.clock.now() })
    },
    async read(person, part) {
      const visitor = people.find(({ id }) => id === person.id)
      if (!visitor) throw new Error(`Nobody has the number ${person.id}`)
      return visitor.request('GET', `/requests/${part.id}`)
    },
  }
}

const aPart = (id: number, now: number, questions: number[]): Part => ({
  id,
  responder: 'S1',
  status: 'draft',
  cameFrom: null,
  coordinated: false,
  mayRefuse: false,
  allocated: [],
  questions,
  drafted: [],
  sent: [],
  waiting: null,
  later: null,
  due: null,
  arrived: now,
  reminded: null,
  must: false,
  outstanding: [],
})

async function everybody(w: World, from: ASide, to: ASide): Promise<Pick<Walked, 'people' | 'authorities'>> {
  const authorities = new Map([
    ['R', from.authority.id],
    ['R coordinator', from.coordinator.id],
    ['S coordinator', to.coordinator.id],
    ['S1', to.authority.id],
  ])
  const people: Visitor[] = []
  const add = async (user: { id: number }, at: string, role: Person['role']) => {
    const { request, cookies } = await w.signedIn(user)
    people.push({ id: user.id, at, role, request, token: sign(w.config.keys, sessionIdIn(cookies()), 'csrf') })
  }
  const side = async (it: ASide, name: string, coordinator: string) => {
    await add(it.handler, name, 'handler')
    await add(it.colleague, name, 'handler')
    await add(it.allocator, name, 'allocator')
    await add(it.basic, name, 'none')
    await add(it.approver, coordinator, 'approver')
    await add(it.referee, coordinator, 'referee')
  }
  await side(from, 'R', 'R coordinator')
  await side(to, 'S1', 'S coordinator')
  for (const name of ['S2', 'S3']) {
    const authority = await anAuthority(w.knex, { country: 'DK' })
    await aGrant(w.knex, authority, MODULE, { coordinators: [to.coordinator] })
    authorities.set(name, authority.id)
    for (const role of ['handler', 'handler', 'allocator'] as const)
      await add(await aUser(w.knex, authority, { language: 'en', roles: { [MODULE]: [role] } }), name, role)
  }
  const stranger = await aSide(w.knex, { country: 'FI' })
  await add(stranger.handler, 'nobody', 'handler')
  return { people, authorities }
}

interface Sending {
  wish: Wish
  authorities: Map<string, number>
}

/** What the form of an act holds when it is filled in without a mistake, but for what the wish says. */
async function bodyOf(
  db: Knex,
  act: string,
  part: Part,
  { wish, authorities }: Sending,
): Promise<Record<string, string | string[]>> {
  const reason = { reason: 'Skäl', language: 'en' }
  const target = String(authorities.get(wish.target) ?? 0)
  const questions = wish.questions.map(String)
  switch (act) {
    case 'send':
      return {
        version: String(
          (
            (await db('requests')
              .whereIn('id', db('request_parts').where({ id: part.id }).select('request_id'))
              .first('version')) as { version: number }
          ).version,
        ),
      }
    case 'accept':
      return { ...reason, dueDate: wish.date }
    case 'forward':
      return { target, note: '', language: 'en', ...(wish.handOn && { handOn: 'yes' }) }
    case 'split':
      return { target, questions, language: 'en' }
    case 'allocate':
      return { handlers: wish.people.map(String) }
    case 'proposeLaterDate':
      return { ...reason, date: wish.date }
    case 'saveAnswers':
      return saved(db, part, wish)
    case 'replyPartly':
    case 'replyFully':
      return { version: await draftVersion(db, part.id) }
    case 'demand':
      return { ...reason, questions: part.questions.slice(0, 1).map(String), proposedDate: wish.date }
    case 'agreeDemand':
    case 'provide':
      return { dueDate: wish.date }
    case 'giveOpinion':
      return { mustBeGiven: wish.must ? 'yes' : 'no', text: 'Ja', language: 'en' }
    case 'comment':
      return { text: 'Hej', language: 'en' }
    case 'acceptReply':
      return { timeliness: '1', effort: '0' }
    default:
      return reason
  }
}

/** Comments on all questions that are open, or on the first of them: a comment is an answer. */
async function saved(db: Knex, part: Part, { all }: Wish): Promise<Record<string, string>> {
  const rows = await db('request_questions')
    .where({ part_id: part.id })
    .orderBy('number')
    .select<{ id: number; number: number }[]>('id', 'number')
  const frozen = (number: number): boolean =>
    part.status !== 'additional accepted' && part.sent.some(one => one.question === number && one.by === part.responder)
  const open = rows.filter(({ number }) => !frozen(number))
  const version = await draftVersion(db, part.id)
  return {
    version,
    generalComments: '',
    language: 'en',
    ...Object.fromEntries((all ? open : open.slice(0, 1)).map(({ id }) => [`comment_${id}`, `Svar ${version}`])),
  }
}

async function draftVersion(db: Knex, part_id: number): Promise<string> {
  const [version] = await db('request_drafts').where({ part_id }).pluck<number[]>('version')
  return String(version ?? 0)
}
