import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { policy } from '../../src/policy.ts'
import type { Route } from '../../src/platform/web/route.ts'
import { routes } from '../../src/routes.ts'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { world, type World } from '../support/app.ts'
import { aNationalCoordinator, aUser } from '../support/factories.ts'

const all = routes({ mode: 'demo' })
const open = (access: Route['access']): string => ('open' in access ? access.open : '')
const closed = all.filter(({ access }) => open(access) === '' || open(access) === 'to signed-in users')
/** Steps of signing in: whoever has not come that far begins at the beginning. */
const steps = all.filter(({ access }) => open(access).startsWith('while'))
const address = (path: string): string => path.replace(/:id\b/g, '1').replace(/:\w+/g, 'x')

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w.close())

describe('every route', () => {
  test('has an address of kebab-case nouns', () => {
    const odd = all.map(({ path }) => path).filter(path => !/^(\/|(\/(:\w+|[a-z]+(-[a-z]+)*))+)$/.test(path))
    expect(odd).toEqual([])
  })

  test('stands once', () => {
    const names = all.map(({ method, path }) => `${method} ${path}`)
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([])
  })

  test.each(closed.filter(({ method }) => method === 'get').map(({ path }) => path))(
    'GET %s turns strangers away',
    async path => {
      const answer = await w.stranger().request('GET', address(path))
      expect(answer.status).toBe(303)
      expect(answer.headers.location).toMatch(/^\/\?next=/)
    },
  )

  test.each(closed.filter(({ method }) => method === 'post').map(({ path }) => path))(
    'POST %s turns strangers away',
    async path => {
      const answer = await w.stranger().request('POST', address(path), { body: { any: 'thing' } })
      expect(answer.status).toBe(403)
    },
  )

  test.each(steps.map(({ method, path }) => [method.toUpperCase(), path] as const))(
    '%s %s sends strangers to the first step',
    async (method, path) => {
      const answer = await w
        .stranger()
        .request(method, address(path), method === 'POST' ? { body: { any: 'thing' } } : {})
      expect([answer.status, answer.headers.location]).toEqual([303, '/'])
    },
  )

  test('POST without a token is refused', async () => {
    const user = await aUser(w.knex, await aNationalCoordinator(w.knex, 'SE'), {
      administrator: true,
      dataAdministrator: 'all',
    })
    for (const { path } of all.filter(({ method }) => method === 'post')) {
      const someone = await w.signedIn(user)
      const answer = await someone.request('POST', address(path), { body: { any: 'thing' } })
      expect([403, 404, 303], `POST ${path}`).toContain(answer.status)
    }
    const events = await w.knex('audit_events').count<{ count: number }[]>('* as count')
    expect(Number(events[0]?.count)).toBe(0)
  })

  test('every right of the policy is asked for somewhere', () => {
    const root = join(import.meta.dirname, '../..')
    const code = globSync(['src/**/*.ts', 'views/**/*.ejs'], { cwd: root })
      .filter(file => file !== 'src/policy.ts')
      .map(file => readFileSync(join(root, file), 'utf8'))
      .join('\n')
    expect(Object.keys(policy).filter(action => !code.includes(`'${action}'`))).toEqual([])
  })
})
