import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contentOf, readBytes, squeezed } from '../platform/documents.ts'
import { world, type World } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import { aGrant, anAuthority, aUser, theCommission } from '../support/factories.ts'
import { type ASide, aSide, MODULE } from '../support/requests.ts'
import type { Status } from '../../src/requests/workflow.ts'
import { type AFullRequest, aFullRequest, MARKS } from './full-request.ts'
import { type Moment, moments, type Person, table } from './visibility-table.ts'

const ALL =
  'extent=customised&personal=yes&' +
  ['overview', 'questions', 'answers', 'drafts', 'comments', 'attachments', 'history']
    .map(one => `include=${one}`)
    .join('&')

let w: World
const settings = { shown: true, 'not shown': false } as const
type Setting = keyof typeof settings
const sides = {} as Record<Setting, { from: ASide; to: ASide; people: Map<Person, Someone> }>
const requests = new Map<string, AFullRequest>()

beforeAll(async () => {
  w = await world()
  const commission = await theCommission(w.knex)
  const stranger = await anAuthority(w.knex, { country: 'FR' })
  await aGrant(w.knex, stranger, MODULE)
  for (const [setting, details] of Object.entries(settings) as [Setting, boolean][]) {
    const countries = details ? (['SE', 'DK'] as const) : (['FI', 'DE'] as const)
    const wishes = { settings: { coordinator_sees_details: details } }
    const from = await aSide(w.knex, { country: countries[0], ...wishes })
    const to = await aSide(w.knex, { country: countries[1], ...wishes })
    sides[setting] = { from, to, people: await peopleAround({ from, to, stranger, commission }, setting) }
    for (const status of Object.values(moments).flat() as Status[])
      requests.set(`${setting} ${status}`, await aFullRequest(w.knex, { from, to, status }))
  }
})
afterAll(() => w.close())

interface Around {
  from: ASide
  to: ASide
  stranger: { id: number }
  commission: { id: number }
}

/** Somebody signed in for each row of the table that this setting has. */
async function peopleAround(
  { from, to, stranger, commission }: Around,
  setting: Setting,
): Promise<Map<Person, Someone>> {
  const linkedBy = async ({ authority }: ASide) => {
    const observer = await anAuthority(w.knex, { country: authority.country })
    await w
      .knex('linked_authorities')
      .insert({ authority_id: authority.id, observer_id: observer.id, since: w.clock.now() })
    return aUser(w.knex, observer, { roles: {} })
  }
  const inAll = { [MODULE]: ['handler', 'approver', 'referee'] as const }
  const cast: [Person, { id: number }][] = [
    ['handler of the requester', from.handler],
    ['allocator of the requester', from.allocator],
    ['basic user of the requester', from.basic],
    ['administrator of the requester', from.administrator],
    [`approver of the requester's coordinator, ${setting}`, from.approver],
    [`referee of the requester's coordinator, ${setting}`, from.referee],
    ["basic user of the requester's coordinator", from.coordinatorBasic],
    ['user of an authority that the requester has linked', await linkedBy(from)],
    ['handler of the responder', to.handler],
    ['allocator of the responder', to.allocator],
    ['basic user of the responder', to.basic],
    ['administrator of the responder', to.administrator],
    [`approver of the responder's coordinator, ${setting}`, to.approver],
    [`referee of the responder's coordinator, ${setting}`, to.referee],
    ["basic user of the responder's coordinator", to.coordinatorBasic],
    ['user of an authority that the responder has linked', await linkedBy(to)],
    ['handler of another authority', await aUser(w.knex, stranger, { roles: { [MODULE]: ['handler'] } })],
    ['national coordinator of the requester, not linked', await aUser(w.knex, from.national, { roles: inAll })],
    ['national coordinator of the responder, not linked', await aUser(w.knex, to.national, { roles: inAll })],
    ['Commission', await aUser(w.knex, commission, { administrator: true, imiAdministrator: true })],
  ]
  // The setting is the coordinators' business: for all others one world is enough.
  const concerned = cast.filter(
    ([person]) => settings[setting] || person.includes('coordinator') || person.startsWith('handler of the'),
  )
  const signedIn = new Map<Person, Someone>()
  for (const [person, user] of concerned) signedIn.set(person, await w.signedIn(user))
  return signedIn
}

const content = [MARKS.reason, MARKS.field, MARKS.variable, MARKS.openFile]
const heardContent = [MARKS.answer, MARKS.comment, MARKS.note]
const personal = [MARKS.person, MARKS.personVariable, MARKS.personFile]
const drafts = [MARKS.draft, MARKS.returned]

/** The words that a page may and must hold for who sees this. */
function allowed(sees: string, status: Status): string[] {
  const heard = status !== 'draft' && status !== 'awaiting approval'
  return [
    ...(sees.includes('C') ? [...content, ...(heard ? heardContent : [])] : []),
    ...(sees.includes('P') ? personal : []),
    ...(sees.includes('D') ? [...drafts, ...(status === 'reply awaiting approval' ? [MARKS.waiting] : [])] : []),
    ...(sees.includes('R') ? [MARKS.requestReturned] : []),
  ].sort()
}

const marksIn = (...texts: string[]): string[] =>
  Object.values(MARKS)
    .filter(mark => texts.some(text => text.includes(mark)))
    .sort()

const cases = (Object.keys(settings) as Setting[]).flatMap(setting =>
  (Object.entries(moments) as [Moment, readonly Status[]][]).flatMap(([moment, statuses]) =>
    statuses.map(status => ({ setting, moment, status })),
  ),
)

describe.each(cases)(
  'a request that is "$status", coordinators $setting the details',
  ({ setting, moment, status }) => {
    test('shows everybody what is theirs on its pages and in its report', async () => {
      const request = requests.get(`${setting} ${status}`)
      const found: Partial<Record<Person, unknown>> = {}
      const expected: Partial<Record<Person, unknown>> = {}
      for (const [person, someone] of sides[setting].people) {
        const sees = table[person][moment]
        const pages = ['', '/management', '/history', `/report/page?${ALL}`, '/report']
        const answers = await Promise.all(pages.map(page => someone.request('GET', `/requests/${request?.id}${page}`)))
        const [page, management, history, report] = answers.map(({ text }) => text)
        found[person] = {
          status: [...new Set(answers.map(answer => answer.status))],
          page: marksIn(page ?? '', management ?? '', history ?? ''),
          report: marksIn(report ?? ''),
          number: (page ?? '').includes(request?.number ?? '–'),
        }
        const words = allowed(sees, status)
        expected[person] = { status: [sees ? 200 : 404], page: words, report: words, number: sees !== '' }
      }
      expect(found).toEqual(expected)
    })

    test('gives its attachments to those who may have them', async () => {
      const request = requests.get(`${setting} ${status}`)
      const found: Partial<Record<Person, unknown>> = {}
      const expected: Partial<Record<Person, unknown>> = {}
      for (const [person, someone] of sides[setting].people) {
        const sees = table[person][moment]
        const fetched = async (file = 0): Promise<boolean | number> => {
          const answer = await someone.request('GET', `/requests/${request?.id}/attachments/${file}`)
          return answer.status === 200 || (answer.text.includes('filen') ? -1 : false)
        }
        found[person] = { open: await fetched(request?.openFile), personal: await fetched(request?.personFile) }
        expected[person] = { open: sees.includes('C'), personal: sees.includes('P') }
      }
      expect(found).toEqual(expected)
    })
  },
)

test.each(Object.entries(moments) as [Moment, readonly Status[]][])(
  'the PDF says no more and no less: %s',
  async (moment, [status = 'draft']) => {
    const request = requests.get(`shown ${status}`)
    for (const [person, someone] of sides.shown.people) {
      const sees = table[person][moment]
      const answer = await someone.request('GET', `/requests/${request?.id}/report/pdf?${ALL}`)
      expect([person, answer.status]).toEqual([person, sees ? 200 : 404])
      if (!sees) continue
      const said = contentOf((await readBytes(answer.body)).pages)
      const marks = Object.values(MARKS).filter(mark => said.includes(squeezed(mark)))
      expect([person, marks.sort()]).toEqual([person, allowed(sees, status)])
    }
  },
)

test.each(Object.keys(settings) as Setting[])(
  'the lists and their files hold what is somebody’s business: coordinators %s the details',
  async setting => {
    for (const [person, someone] of sides[setting].people) {
      const files = ['/requests', '/requests/coordinated', '/requests/linked'].flatMap(list => [list, `${list}/csv`])
      const texts = await Promise.all(files.map(async file => (await someone.request('GET', file)).text))
      const [pages, csvs] = [texts.filter((_, index) => index % 2 === 0), texts.filter((_, index) => index % 2 === 1)]
      const listed = (all: string[]) =>
        cases
          .filter(one => one.setting === setting)
          .filter(({ status }) => all.some(text => text.includes(requests.get(`${setting} ${status}`)?.number ?? '–')))
          .map(({ status }) => status)
      const theirs = cases.filter(one => one.setting === setting && table[person][one.moment] !== '')
      const expected = theirs.map(({ status }) => status)
      expect([person, listed(csvs)]).toEqual([person, expected])
      expect([person, listed(pages)]).toEqual([person, expected])
      expect(marksIn(...texts)).toEqual([])
    }
  },
)

test('no reading of personal data has gone unrecorded, and nobody without the right has one', async () => {
  const events = await w
    .knex('audit_events')
    .where({ event: 'request.personalDataRead' })
    .distinct('actor_id')
    .pluck<number[]>('actor_id')
  const handlers = Object.values(sides).flatMap(({ from, to }) => [from.handler.id, to.handler.id])
  expect(events.sort((one, other) => one - other)).toEqual(handlers.sort((one, other) => one - other))
})
