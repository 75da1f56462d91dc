import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Route } from '../../src/platform/web/route.ts'
import { routes } from '../../src/routes.ts'
import type { Answer } from '../support/http.ts'
import {
  type About,
  exists,
  outcome,
  outcomeAlone,
  type Outcome,
  personNames,
  type PersonName,
  type Target,
  targetNames,
  targets,
} from './expected.ts'
import { type Matrix, matrixWorld } from './world.ts'

/** One click: who, on which address, and what roles.md says of it. */
interface Click {
  who: PersonName
  target: Target
  about: About
  module: 'A' | 'B'
  expected: Outcome
}

const guarded = routes({ mode: 'demo' }).filter(({ access }) => 'can' in access)
const named = guarded.map(route => ({ name: `${route.method.toUpperCase()} ${route.path}`, route }))
const ABSENT_IDS = ['2147483647', '2147483648', '0', '-1', '01', 'x', '1.5', '%20']

let m: Matrix
beforeAll(async () => {
  m = await matrixWorld()
})
afterAll(() => m.w.close())

describe('every route with a right', () => {
  test.each(named)('$name opens for whom roles.md opens it, for every person and target', async ({ route }) => {
    const faults: string[] = []
    for (const who of personNames) {
      // Targets do not disturb one another; two clicks on one target wait for each other.
      const clicks = Map.groupBy(clicksOf(route, who), click => click.target)
      const found = await Promise.all([...clicks.values()].map(of => inTurn(of, click => faultOf(route, click))))
      faults.push(...found.flat())
    }
    expect(faults).toEqual([])
  })

  test.each(named)('$name turns strangers away', async ({ route }) => {
    for (const target of targetNames) {
      const path = await addressOf(route, { target, about: aboutOf(route), module: 'A' })
      if (path === undefined) continue
      const answer = await m.w.stranger().request(route.method.toUpperCase(), path)
      if (route.method === 'post') expect(answer.status).toBe(403)
      else expect([answer.status, answer.headers.location]).toEqual([303, `/?next=${encodeURIComponent(path)}`])
    }
  })

  test.each(named.filter(({ route: { access } }) => 'can' in access && access.on))(
    '$name has no page for what does not exist',
    async ({ route }) => {
      for (const id of ABSENT_IDS) {
        const answer = await click(route, 'national data administrator', 'one', route.path.replace(':id', id))
        expect(outcomeOf(route, answer), id).toBe('absent')
      }
    },
  )
})

/** Whom a route is tried by and on what; a route without a record is tried once per person. */
function clicksOf(route: Route, who: PersonName): Click[] {
  const action = actionOf(route)
  const about = aboutOf(route)
  const there = targetNames.filter(target => exists(who, target))
  if (about === 'nothing') {
    const own = who.startsWith('own ') ? there.filter(target => target === 'one') : there.slice(0, 1)
    return own.map(target => ({ who, target, about, module: 'A', expected: outcomeAlone(who, action) }))
  }
  // Where no target has a part in it, one says as much as all.
  if (about === 'request')
    return there
      .slice(0, 1)
      .map(target => ({ who, target, about, module: 'A', expected: outcome(who, action, target, about) }))
  const modules = about === 'grant' ? (['A', 'B'] as const) : (['A'] as const)
  return there.flatMap(target =>
    modules
      .filter(module => about !== 'grant' || m.grant(target, module) !== undefined)
      .map(module => ({ who, target, about, module, expected: outcome(who, action, target, about, module) })),
  )
}

async function faultOf(route: Route, one: Click): Promise<string[]> {
  const path = await addressOf(route, one)
  if (path === undefined) return []
  const answer = await click(route, one.who, one.target, path)
  if (route.method === 'post' && answer.status === 303) await m.restore(one.target)
  const found = outcomeOf(route, answer)
  const on =
    one.about === 'nothing'
      ? ''
      : ` on ${one.about === 'authority' ? '' : `the ${one.about} of `}${targets[one.target]}`
  const module = one.about === 'grant' ? ` (${one.module})` : ''
  return found === one.expected ? [] : [`${one.who}${on}${module}: ${found}, roles.md says ${one.expected}`]
}

async function click(route: Route, who: PersonName, target: Target, path: string): Promise<Answer> {
  const { request, token } = await m.someone(who, target)
  return route.method === 'get' ? request('GET', path) : request('POST', path, { body: { _csrf: token } })
}

/** A page, or a form that asks for more (422), or an act that was done (303); the page that explains; no such page. */
function outcomeOf({ method }: Route, { status, text, headers }: Answer): string {
  const title = /<title>\s*(.*?) [–|-] [^<]*<\/title>/.exec(text)?.[1] ?? ''
  if (method === 'get' ? status === 200 : status === 422 || status === 303) return 'allowed'
  if (status === 403 && title === 'You do not have this right') return 'refused'
  if (status === 404 && title === 'This page was not found') return 'absent'
  const logged = status === 500 ? m.w.logged.findLast(line => line.includes('unforeseen')) : ''
  return `${status} “${title || headers.location}” ${logged}`
}

function actionOf({ access }: Route): string {
  return 'can' in access ? access.can : ''
}

const abouts: Record<string, About> = {
  authorities: 'authority',
  users: 'user',
  grants: 'grant',
  tasks: 'task',
  circulars: 'circular',
  'user-imports': 'user import',
  'authority-imports': 'authority import',
  invitations: 'invitation',
  registrations: 'invitation',
  'invitation-submissions': 'submission',
  requests: 'request',
  registers: 'register',
}

/** What a route is about follows from its address. */
function aboutOf({ access, path }: Route): About {
  if (!('can' in access) || !access.on) return 'nothing'
  if (path.includes('/national-coordinator-replacement')) return 'national coordinator'
  const about = abouts[path.split('/')[1] ?? '']
  if (about && path.split('/')[2] === ':id') return about
  throw new Error(
    `What is ${path} about? Say in test/matrix/matrix.test.ts (aboutOf, addressOf) which record its :id names`,
  )
}

/** The address of the route for this target; undefined where the target has no such record. */
async function addressOf({ path }: Route, of: Pick<Click, 'target' | 'about' | 'module'>): Promise<string | undefined> {
  const id = await recordOf(of)
  if (id === undefined) return undefined
  // Where a country is named, it is one without a national coordinator; an attachment, it is nobody's here.
  const address = path.replace(':id', String(id)).replace(':country', 'FI').replace(':attachment', '1')
  if (address.includes(':')) throw new Error(`${path} has a second parameter: say in addressOf what stands there`)
  return address
}

async function recordOf({ target, about, module }: Pick<Click, 'target' | 'about' | 'module'>) {
  if (about === 'grant') return m.grant(target, module)
  if (about === 'task') return m.task(target)
  if (about === 'circular') return m.circular(target)
  if (about === 'user import') return m.import(target, 'users')
  if (about === 'authority import') return m.import(target, 'authorities')
  if (about === 'request') return m.request()
  if (about === 'register') return m.register(target)
  if (about === 'invitation' || about === 'submission') return m.invitation(target, about)
  return about === 'user' ? m.user(target) : m.authority(target)
}

async function inTurn<T, R>(all: readonly T[], work: (one: T) => Promise<R[]>): Promise<R[]> {
  const results: R[] = []
  for (const one of all) results.push(...(await work(one)))
  return results
}
