import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoInvitations } from '../../seeds/demo/invitations.ts'
import { loadDemo } from '../../seeds/demo/load.ts'
import { verifyHistory } from '../../src/platform/db/verify-history.ts'
import { statuses } from '../../src/requests/workflow.ts'
import { sealHistory } from '../../src/platform/db/seal-history.ts'
import { night } from '../retention/nightly.ts'
import { type World, world } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'

/** The demo world through the front door (spec/demo.md): what the table of README promises is there. */
let w: World
/** What the loading of the world itself has written. */
let written: string[]
beforeAll(async () => {
  w = await world()
  await loadDemo(w.knex, { keys: w.config.keys, now: w.clock.now() })
  written = await w.knex('emails').pluck<string[]>('template')
  await w.knex('users').update({ language: 'en' })
})
afterAll(() => w.close())

const as = async (username: string): Promise<Someone> =>
  w.signedIn((await w.knex('users').where({ username }).first('id')) as { id: number })

const idOf = async (officialName: string): Promise<number> =>
  ((await w.knex('authorities').where({ official_name: officialName }).first('id')) as { id: number }).id

const STATUSES = ['draft', 'expired', 'held', 'refused', 'registered', 'rejected', 'sent', 'validated', 'withdrawn']

test('invitations stand in every status, before and after a night', async () => {
  const statuses = () => w.knex('invitations').distinct('status').orderBy('status').pluck('status')
  expect(await statuses()).toEqual(STATUSES)
  const reasons = await w
    .knex('invitations')
    .where({ status: 'rejected' })
    .orderBy('may_hand_in_again')
    .pluck('may_hand_in_again')
  expect(reasons).toEqual([false, true])
  await night(w)
  expect(await statuses()).toEqual(STATUSES)
})

test('the national coordinator confirms what is held, corrects what was refused, validates what was handed in', async () => {
  const coordinator = await as('se-nimic')
  const waiting = await coordinator.visit('/actions')
  expect(waiting.text).toContain('Transportstyrelsen')
  const list = await coordinator.visit('/registrations')
  const page = await list.follow('Transportstyrelsen')
  const validated = await page.submit('Validate')
  expect(validated.notice).toContain('Transportstyrelsen')
  const held = await w.knex('invitation_submissions').where({ state: 'held' }).first('id', 'submitted')
  expect(held.submitted).toBeGreaterThan(100)
  await coordinator.visit(`/invitation-submissions/${held.id}/confirmation`)
})

test.each(demoInvitations.filter(({ code }) => code).map(({ name, status, code = '' }) => [name, status, code]))(
  'the code of %s (%s) leads to its own page',
  async (_name, status, code) => {
    const page = await w.stranger().visit('/register')
    const standing = { sent: { to: '/register/authority' }, rejected: {} }[status as string] ?? { status: 422 }
    expect((await page.submit('Go on', { code }, standing)).text).not.toContain('There is no invitation')
  },
)

test('passwords stand in every state, authorities in every state of removal', async () => {
  const housekeeping = (await (await as('se-nimic')).visit('/housekeeping')).text
  for (const finding of ['Blocked users', 'Users with an expired password']) expect(housekeeping).toContain(finding)
  const soon = `password_set_at + interval '6 months' between ? and cast(? as timestamptz) + interval '14 days'`
  const now = w.clock.now()
  expect(await w.knex('users').where({ password_temporary: false }).whereRaw(soon, [now, now])).toHaveLength(1)
  const temporary = w.knex('users').where({ password_temporary: true })
  expect(
    await temporary.clone().whereRaw(`password_set_at < cast(? as timestamptz) - interval '14 days'`, [now]),
  ).not.toEqual([])
  expect(
    await temporary.clone().whereRaw(`password_set_at > cast(? as timestamptz) - interval '14 days'`, [now]),
  ).not.toEqual([])
  const deletions = await (await as('se-nimic')).visit('/deletions')
  expect(deletions.table('Will be deleted').map(({ Authority }) => Authority)).toEqual(['Revisorsinspektionen'])
  const danish = await (await as('dk-nimic')).visit('/deletions')
  expect(danish.table('Will be deleted').map(({ Authority }) => Authority)).toEqual(['Advokatsamfundet'])
  expect((await w.knex('grants').where({ status: 'suspended' })).length).toBeGreaterThan(3)
})

test('delegations are whole, for modules, for a region', async () => {
  const rows = await w.knex('delegations').select('all_modules', 'region')
  expect(rows).toContainEqual({ all_modules: true, region: null })
  expect(rows).toContainEqual({ all_modules: false, region: null })
  expect(rows.some(({ region }) => region !== null)).toBe(true)
})

test('histories say who did what and when; every role says who gave it; the seal holds', async () => {
  const page = await (await as('se-admin')).visit(`/authorities/${await idOf('Socialstyrelsen')}/management`)
  expect(page.text).toContain('Mats Öberg')
  const danish = await (await as('dk-nimic')).visit(`/authorities/${await idOf('Advokatsamfundet')}/management`)
  expect(danish.text).toContain('Mette Sørensen')
  expect(await w.knex('user_roles').whereNull('given_by')).toEqual([])
  const rights = await (await as('se-handler')).visit('/profile/rights')
  expect(rights.text).toContain('Given by Birgitta Holm (Socialstyrelsen)')
  const life = await w
    .knex('audit_events')
    .where({ authority_id: await idOf('Advokatsamfundet') })
    .orderBy('id')
    .pluck('event')
  expect(life.filter(event => !event.startsWith('user.'))).toEqual([
    'authority.registered',
    'grant.given',
    'register.added',
    'grant.suspended',
    'authority.deactivated',
  ])
  await sealHistory({ db: w.db.purge, keys: w.config.keys, at: w.clock.now() })
  expect(await verifyHistory(w.db.app, w.config.keys)).toMatchObject({ breaks: [] })
})

test('requests stand in every status; each of the cast has some, the tourist guide of [004] is on its way to Lisbon', async () => {
  const found = await w.knex('request_parts').distinct('status').pluck<string[]>('status')
  expect(found.toSorted()).toEqual([...statuses].toSorted())
  const guide = await idOf('Københavns Kommune')
  const portuguese = await idOf('Turismo de Portugal, I.P.')
  const asked = await w
    .knex('requests as r')
    .join('request_parts as p', 'p.request_id', 'r.id')
    .where({ 'r.requester_id': guide, 'p.responder_id': portuguese, 'p.status': 'sent' })
    .select<{ id: number; subject: { service: string } }[]>('p.id', 'r.subject')
  expect(asked.map(({ subject }) => subject.service)).toEqual(['Turistguide'])
  await (await as('dk-guide')).visit(`/requests/${asked[0]?.id}`)
  await (await as('pt-handler')).visit(`/requests/${asked[0]?.id}`)
})

test('a request of the demo world is as the steps left it: nobody was written to, what is personal stands apart', async () => {
  expect(written.filter(template => template.startsWith('requests/'))).toEqual([])
  const subjects = JSON.stringify(await w.knex('requests').pluck('subject'))
  expect(subjects).not.toMatch(/family-name|birth-date|provider-name|"employer"/)
  const personal = await w.knex('request_personal').count<{ count: string }[]>().first()
  expect(Number(personal?.count)).toBeGreaterThan(100)
  const drifted = await w
    .knex('request_parts as p')
    .whereRaw(
      `p.status <> coalesce((select to_status from request_steps s where s.part_id = p.id order by id desc limit 1), 'draft')`,
    )
  expect(drifted).toEqual([])
})

test('the directory of registers shows what active authorities list, each with its history', async () => {
  const page = await (await as('se-handler')).visit('/registers?q=health+professionals')
  for (const name of [
    'Register of authorised health professionals',
    'Register of health professionals: qualifications',
  ])
    expect(page.text).toContain(name)
  const danish = await (await as('se-handler')).visit('/registers?country=DK')
  expect(danish.text).toContain('Central Business Register')
  expect(danish.text).not.toContain('Register of Danish lawyers')
  const history = await (
    await as('dk-admin')
  ).visit(`/authorities/${await idOf('Styrelsen for Patientsikkerhed')}/management`)
  expect(history.text).toContain('Listed a public register')
})
