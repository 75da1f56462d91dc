import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { days } from '../../src/platform/clock.ts'
import { registerAdministrator } from '../../src/users/register-administrator.ts'
import { world, type World } from '../support/app.ts'
import { anAuthority, aUser, PASSWORD, theCommission } from '../support/factories.ts'

const person = { givenName: 'Ada', familyName: 'Byron', email: 'ada@ec.test', telephone: '', language: 'en' }

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w.close())
beforeEach(async () => {
  await w.knex.raw('truncate users, authorities, emails cascade')
})

const create = (who = person) => registerAdministrator({ db: w.db.app, clock: w.clock, keys: w.config.keys }, who)

const history = async (): Promise<unknown[]> =>
  w.knex('audit_events').where({ actor_name: 'system:createAdmin' }).orderBy('id').pluck('event')

/** The command as somebody types it, against this database, with the settings of production. */
async function npmCreateAdmin(...given: string[]): Promise<{ code: number; output: string }> {
  const env = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    IMI_MODE: 'production',
    DATABASE_URL: w.db.url,
    SMTP_URL: 'smtp://127.0.0.1:9',
    MAIL_FROM: 'imi@imi.test',
    BASE_URL: 'https://imi.test',
    IMI_SECRET: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
  }
  const cwd = join(import.meta.dirname, '../..')
  const run = promisify(execFile)('npm', ['run', '--silent', 'create-admin', '--', ...given], { cwd, env })
  return run.then(
    ({ stdout, stderr }) => ({ code: 0, output: stdout + stderr }),
    (failed: { code: number; stdout: string; stderr: string }) => ({
      code: failed.code,
      output: failed.stdout + failed.stderr,
    }),
  )
}

test('the command registers the Commission and its first administrator, who can sign in with what it prints', async () => {
  const vague = await npmCreateAdmin('--email', 'ada@ec.test')
  expect(vague).toMatchObject({ code: 1 })
  expect(vague.output).toMatch(/^Say who it is: --given-name, --family-name missing\..*\n.*npm run create-admin --/)
  expect(await w.knex('authorities')).toEqual([])

  const full = ['--email', 'ada@ec.test', '--given-name', 'Ada', '--family-name', 'Byron']
  const { code, output } = await npmCreateAdmin(...full)
  expect(output).toContain('Ada Byron is registered as IMI administrator of the European Commission.')
  expect(code).toBe(0)
  const username = /username +(\S+)/.exec(output)?.[1] ?? ''
  const password = /temporary password +(\S+)/.exec(output)?.[1] ?? ''
  w.clock.set(new Date())
  const page = await (await w.stranger().visit('/')).submit('Continue', { username, password })
  expect(page.title).toContain('Choose your password and security code')
  expect(await w.mails()).toEqual([])

  const again = await npmCreateAdmin(...full)
  expect(again).toMatchObject({ code: 0 })
  expect(again.output).toContain(`The IMI administrator ${username} of the European Commission can sign in`)
  expect(again.output).not.toContain('temporary password  ')
}, 60_000)

test('the first administrator has both rights, and the history names the command', async () => {
  expect(await create()).toMatchObject({ done: 'registered', password: expect.any(String) as string })
  expect(await w.knex('authorities').select('country', 'kind', 'status', 'official_name', 'email')).toEqual([
    { country: 'EU', kind: 'commission', status: 'active', official_name: 'European Commission', email: person.email },
  ])
  const rights = ['administrator', 'imi_administrator', 'password_temporary']
  expect(await w.knex('users').select(rights)).toEqual([
    { administrator: true, imi_administrator: true, password_temporary: true },
  ])
  expect((await history()).slice(-2)).toEqual(['commission.registered', 'user.registered'])
  const [value] = await w.knex('audit_values').orderBy('event_id', 'desc').pluck('details')
  expect(value).toEqual({ administrator: true, imiAdministrator: true })
})

test('nothing is changed while somebody can sign in, with an own or with a temporary password', async () => {
  const commission = await theCommission(w.knex)
  const one = await aUser(w.knex, commission, { imiAdministrator: true, passwordSetAt: w.clock.now() })
  expect(await create()).toEqual({ done: 'nothing', administrator: { username: one.username, until: null } })
  await w.knex('users').update({ password_temporary: true })
  const until = new Date(w.clock.now().getTime() + days(14))
  expect(await create()).toEqual({ done: 'nothing', administrator: { username: one.username, until } })
  expect(await w.knex('users')).toHaveLength(1)
})

test.each([
  ['blocked', { blockedAt: new Date('2026-11-01') }],
  ['deleted', { deletedAt: new Date('2026-11-01') }],
  ['left with an expired temporary password', { passwordTemporary: true, passwordSetAt: new Date('2026-01-01') }],
  ['no IMI administrator', { imiAdministrator: false }],
])('another one is registered when the only one is %s', async (_state, wishes) => {
  const commission = await theCommission(w.knex)
  await aUser(w.knex, commission, { administrator: true, imiAdministrator: true, ...wishes })
  expect(await create()).toMatchObject({ done: 'registered' })
  expect(await w.knex('authorities')).toHaveLength(1)
})

test('the same person is reset: unblocked, without a security code and former visits, the username kept', async () => {
  const commission = await theCommission(w.knex)
  const ada = await aUser(w.knex, commission, { ...person, imiAdministrator: true, blockedAt: w.clock.now() })
  await w.signedIn(ada)
  const outcome = await create({ ...person, email: person.email.toUpperCase() })
  expect(outcome).toMatchObject({ done: 'reset', username: ada.username })
  const columns = ['blocked_at', 'wrong_entries', 'security_code', 'password_temporary']
  expect(await w.knex('users').first(columns)).toEqual({
    blocked_at: null,
    wrong_entries: 0,
    security_code: null,
    password_temporary: true,
  })
  expect(await w.knex('sessions')).toEqual([])
  expect(await w.knex('former_passwords')).toHaveLength(1)
  expect((await history()).at(-1)).toBe('user.passwordReset')
  const page = await w.stranger().visit('/')
  const refused = await page.submit('Continue', { username: ada.username, password: PASSWORD }, { status: 422 })
  expect(refused.title).toContain('Sign in')
})

test('a user of another authority does not become IMI administrator by their address', async () => {
  await aUser(w.knex, await anAuthority(w.knex), { email: person.email, imiAdministrator: true })
  expect(await create()).toEqual({ done: 'refused' })
  expect(await w.knex('users')).toHaveLength(1)
})

test('of two at once, one registers', async () => {
  const outcomes = await Promise.allSettled([create(), create({ ...person, email: 'bob@ec.test' })])
  const registered = outcomes.filter(one => 'value' in one && one.value.done === 'registered')
  expect(registered).toHaveLength(1)
  expect(await w.knex('users')).toHaveLength(1)
})
