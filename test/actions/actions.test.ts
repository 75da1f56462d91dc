import { afterAll, beforeAll, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import {
  aNationalCoordinator,
  anAuthority,
  type AnAuthority,
  anInvitation,
  aUser,
  theCommission,
} from '../support/factories.ts'

const DATA_ADMINISTRATOR = { administrator: true, dataAdministrator: 'all' } as const
const DAY = 86_400_000

let w: World
let nimic: AnAuthority
let manager: Someone
let basic: Someone
let abroad: Someone
let commission: Someone
beforeAll(async () => {
  w = await world()
  nimic = await aNationalCoordinator(w.knex, 'SE', { officialName: 'Samordningsverket' })
  const danish = await aNationalCoordinator(w.knex, 'DK')
  const eu = await theCommission(w.knex)
  for (const { id } of [nimic, danish]) await confirmed(id)
  manager = await w.signedIn(await aUser(w.knex, nimic, DATA_ADMINISTRATOR))
  basic = await w.signedIn(await aUser(w.knex, nimic))
  abroad = await w.signedIn(await aUser(w.knex, danish, DATA_ADMINISTRATOR))
  commission = await w.signedIn(await aUser(w.knex, eu, { administrator: true, imiAdministrator: true }))
})
afterAll(() => w.close())

const confirmed = (id: number, at = w.clock.now()) =>
  w.knex('authorities').where({ id }).update({ data_confirmed_at: at })
const ago = (days: number): Date => new Date(w.clock.now().getTime() - days * DAY)
const NOTHING = 'Nothing waits for you'

/** Only this person has it to do, at this address; done, it is gone. */
async function onlyFor(person: Someone, caption: string, expected: Record<string, string>, href: string) {
  const page = await person.visit('/actions')
  expect(page.table(caption)).toEqual([expected])
  expect(page.links.map(link => link.href)).toContain(href)
  for (const other of [manager, basic, abroad, commission])
    if (other !== person) expect((await other.visit('/actions')).text).toContain(NOTHING)
}

test('who has nothing to do reads what will appear here, and no number stands in the menu', async () => {
  const page = await manager.visit('/actions')
  expect(page.h1).toBe('My actions')
  expect(page.text).toContain(NOTHING)
  expect(page.text).toContain('your password before it expires')
  expect(page.links.filter(({ href }) => href === '/actions').map(({ text }) => text)).toEqual(['My actions'])
  expect((await manager.visit('/')).text).not.toContain('Show all my actions')
})

test('a registration waits for its inviter with the day on which the national coordinator is told', async () => {
  const registered = await anAuthority(w.knex, { status: 'to validate' })
  const { id } = await anInvitation(w.knex, nimic, { registered, name: 'Fjällverket' })
  const expected = {
    'What to do': 'Validate or reject a registration Fjällverket',
    When: 'in 11 days (Tuesday 1 December)',
  }
  await onlyFor(manager, 'Registrations for validation', expected, `/registrations/${id}`)
  await w.knex('invitations').where({ id }).update({ status: 'validated' })
  expect((await manager.visit('/actions')).text).toContain(NOTHING)
})

test('held invitations wait for the inviter, then for an IMI administrator', async () => {
  const { submissionId } = await anInvitation(w.knex, nimic, { status: 'held', state: 'held' })
  const held = w.knex('invitation_submissions').where({ id: submissionId })
  await held.clone().update({ submitted: 120 })
  const withdrawn = await anInvitation(w.knex, nimic, { status: 'withdrawn' })
  await w.knex('invitations').where({ id: withdrawn.id }).update({ submission_id: submissionId })
  const when = 'Since Sunday 1 November (19 days ago)'
  const confirm = { 'What to do': 'Confirm 1 held invitation Samordningsverket', When: when }
  const page = `/invitation-submissions/${submissionId}`
  await onlyFor(manager, 'Held invitations to confirm', confirm, `${page}/confirmation`)
  await held.clone().update({ state: 'confirmed', confirmed_at: ago(1) })
  const decide = {
    'What to do': 'Release or refuse 1 held invitation Samordningsverket',
    When: 'Since Thursday 19 November (yesterday)',
  }
  await onlyFor(commission, 'Held invitations to decide', decide, page)
  expect((await commission.visit(page)).h1).not.toBe('')
  await held.clone().update({ state: 'released' })
  expect((await commission.visit('/actions')).text).toContain(NOTHING)
})

test('codes that end within five days', async () => {
  const { id } = await anInvitation(w.knex, nimic, { sentAt: ago(27) })
  await anInvitation(w.knex, nimic, { sentAt: ago(24) })
  const expected = {
    'What to do': 'Look after 1 invitation that expires soon',
    When: 'in 3 days (Monday 23 November)',
  }
  await onlyFor(manager, 'Invitations about to expire', expected, '/invitations?expiring=yes')
  const list = await manager.visit('/invitations?expiring=yes')
  expect(list.links.filter(({ href }) => /^\/invitations\/\d+$/.test(href)).map(({ href }) => href)).toEqual([
    `/invitations/${id}`,
  ])
  expect(list.values('Search')).toMatchObject({ expiring: 'yes' })
  await w.knex('invitations').where({ id }).update({ status: 'withdrawn' })
  expect((await manager.visit('/actions')).text).toContain(NOTHING)
})

test('a keyword proposal waits for the national coordinator, passed on for the Commission', async () => {
  const area = await w.knex('legislative_areas').first<{ id: number }>('id')
  const proposal = { legislative_area_id: area.id, word: 'renskötsel', language: 'sv', proposed_at: ago(2) }
  await w.knex('keyword_proposals').insert({ ...proposal, authority_id: nimic.id, state: 'proposed' })
  const expected = {
    'What to do': 'Decide on 1 keyword proposal',
    When: 'Since Wednesday 18 November (2 days ago)',
  }
  await onlyFor(manager, 'Keyword proposals', expected, '/keyword-proposals')
  await w.knex('keyword_proposals').update({ state: 'passed on' })
  await onlyFor(commission, 'Keyword proposals', expected, '/keyword-proposals')
  await w.knex('keyword_proposals').update({ state: 'accepted' })
  expect((await commission.visit('/actions')).text).toContain(NOTHING)
})

test('data are confirmed by administrators, a year after they were the last time', async () => {
  await confirmed(nimic.id, new Date('2025-11-18T10:00:00Z'))
  const expected = {
    'What to do': 'Confirm the data of your authority',
    When: '2 days ago (Wednesday 18 November) Overdue',
  }
  await onlyFor(manager, 'Data of my authority', expected, `/authorities/${nimic.id}/confirmation`)
  await confirmed(nimic.id)
  expect((await manager.visit('/actions')).text).toContain(NOTHING)
})

test('an authority of record that will be deleted within 30 days', async () => {
  const closing = { status: 'deactivated' as const, managers: [nimic] }
  const { id } = await anAuthority(w.knex, { ...closing, deactivatedAt: new Date('2026-06-01T10:00:00Z') })
  await anAuthority(w.knex, { ...closing, deactivatedAt: ago(30) })
  const expected = {
    'What to do': 'Check 1 authority that will be deleted',
    When: 'in 11 days (Tuesday 1 December)',
  }
  await onlyFor(manager, 'Deletions', expected, '/deletions')
  await w.knex('authorities').where({ id }).update({ status: 'active', deactivated_at: null })
  expect((await manager.visit('/actions')).text).toContain(NOTHING)
})

test('the own password that ends within 14 days; a user of a deactivated authority reads it too', async () => {
  const user = await aUser(w.knex, await anAuthority(w.knex, { status: 'deactivated' }), {
    passwordSetAt: new Date('2026-05-23T09:00:00Z'),
  })
  const someone = await w.signedIn(user)
  const expected = { 'What to do': 'Change your password', When: 'in 3 days (Monday 23 November)' }
  await onlyFor(someone, 'My password', expected, '/password')
  await someone.visit('/password')
  await w.knex('users').where({ id: user.id }).update({ password_set_at: w.clock.now() })
  expect((await someone.visit('/actions')).text).toContain(NOTHING)
})

test('the most urgent comes first; the home page shows five and says how many; one statement more for any number', async () => {
  const agency = await aNationalCoordinator(w.knex, 'FI', { language: 'fi' })
  const someone = await w.signedIn(
    await aUser(w.knex, agency, { ...DATA_ADMINISTRATOR, passwordSetAt: new Date('2026-05-23T09:00:00Z') }),
  )
  const statements: string[] = []
  w.db.app.on('query', ({ sql }: { sql: string }) => statements.push(sql))
  const cost = async (): Promise<number> => {
    statements.length = 0
    await someone.visit('/actions')
    return statements.length
  }
  const few = await cost()
  for (let n = 0; n < 5; n++) {
    const registered = await anAuthority(w.knex, { country: 'FI', status: 'to validate' })
    await anInvitation(w.knex, agency, { registered })
  }
  expect(await cost()).toBe(few)
  const page = await someone.visit('/actions')
  const captions = ['My password', 'Registrations for validation', 'Data of my authority']
  const places = captions.map(caption => page.text.lastIndexOf(caption))
  expect(places).toEqual([...places].sort((one, other) => one - other))
  const home = await someone.visit('/')
  expect(home.table('My actions: 7 wait')).toHaveLength(5)
  expect(home.links.find(({ href }) => href === '/actions')?.text).toBe('My actions (7)')
})
