import { afterAll, beforeAll, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import { type AnAuthority, anAuthority, aNationalCoordinator, aUser, theCommission } from '../support/factories.ts'
import { swedishManager } from './registering.ts'

const SEND = 'Send the proposal'
const DECIDE = 'Decide'

let w: World
let authority: AnAuthority
let nimic: AnAuthority
let own: Someone
let manager: Someone
let commission: Someone
beforeAll(async () => {
  w = await world()
  const above = await theCommission(w.knex)
  ;({ someone: manager, nimic } = await swedishManager(w))
  authority = await anAuthority(w.knex, { managers: [nimic], officialName: 'Saknarverket' })
  own = await w.signedIn(await aUser(w.knex, authority, { administrator: true }))
  commission = await w.signedIn(await aUser(w.knex, above, { imiAdministrator: true }))
})
afterAll(() => w.close())

const propose = async (word: string) => {
  const page = await (
    await own.visit(`/authorities/${authority.id}/classification/edit`)
  ).follow('Propose it to the national coordinator')
  await page.submit(SEND, { area: '1', word, language: 'sv' }, { to: `/authorities/${authority.id}/classification` })
  return (await w.knex('keyword_proposals').where({ word }).first()) as { id: number; state: string }
}
const mailsOf = async (template: string) => (await w.mails()).filter(mail => mail.template === template)

test('a missing keyword goes to the national coordinator, to the Commission, and becomes a keyword', async () => {
  const { id } = await propose('naprapat')
  expect((await mailsOf('authorities/keyword-proposed')).at(-1)?.to_address).toBe(nimic.email)
  expect((await commission.visit('/keyword-proposals')).text).not.toContain('naprapat')
  await (await manager.visit('/keyword-proposals')).submit(DECIDE, { proposal: String(id), decision: 'passOn' })
  expect((await manager.visit('/keyword-proposals')).text).toContain('No proposals are waiting')
  const page = await commission.visit('/keyword-proposals')
  const again = await page.submit(DECIDE, { proposal: String(id), decision: 'accept' }, { status: 422 })
  expect(again.errors().map(({ field }) => field)).toEqual(['nameEn', 'nameSv'])
  await again.submit(DECIDE, { nameEn: 'Naprapath', nameSv: 'Naprapat' }, { to: '/keyword-proposals' })
  expect((await own.visit(`/authorities/${authority.id}/classification/edit`)).text).toContain('Naprapath')
  expect((await mailsOf('authorities/keyword-decided')).at(-1)?.to_address).toBe(authority.email)
  expect(
    (await own.visit(`/authorities/${authority.id}/keyword-proposals/new`)).table('Earlier proposals')[0],
  ).toMatchObject({ Keyword: 'naprapat', State: 'Accepted' })
})

test('two decide at once: one does, the other reads that it no longer waits', async () => {
  const { id } = await propose('homeopat')
  const second = await w.signedIn(await aUser(w.knex, nimic, { administrator: true, dataAdministrator: 'all' }))
  const pages = await Promise.all([manager.visit('/keyword-proposals'), second.visit('/keyword-proposals')])
  const entries = { proposal: String(id), decision: 'answer', answer: 'Use "Other".' }
  const results = await Promise.allSettled(
    pages.map(page => page.submit(DECIDE, entries, { to: '/keyword-proposals' })),
  )
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
})

test('two make the same keyword of two proposals at once: one does, the other reads that it is there', async () => {
  const ids = [(await propose('optiker')).id, (await propose('optometrist')).id]
  await w.knex('keyword_proposals').whereIn('id', ids).update({ state: 'passed on' })
  const pages = await Promise.all(ids.map(() => commission.clone().visit('/keyword-proposals')))
  const results = await Promise.allSettled(
    pages.map((page, i) =>
      page.submit(
        DECIDE,
        { proposal: String(ids[i]), decision: 'accept', nameEn: 'Optician', nameSv: 'Optiker' },
        { to: '/keyword-proposals' },
      ),
    ),
  )
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  const told = results.find(result => result.status === 'rejected')?.reason as Error
  expect(told.message).toContain('answered 422')
  expect(await w.knex('keywords').whereRaw(`names->>'en' = 'Optician'`)).toHaveLength(1)
  expect(await w.knex('keyword_proposals').whereIn('id', ids).where({ state: 'passed on' })).toHaveLength(1)
})

test('two accept one proposal at once: the other reads that it no longer waits', async () => {
  const { id } = await propose('audionom')
  await w.knex('keyword_proposals').where({ id }).update({ state: 'passed on' })
  const [one, other] = [
    await commission.visit('/keyword-proposals'),
    await commission.clone().visit('/keyword-proposals'),
  ]
  const entries = { proposal: String(id), decision: 'accept', nameEn: 'Audiologist', nameSv: 'Audionom' }
  await one.submit(DECIDE, entries, { to: '/keyword-proposals' })
  const late = await other.submit(DECIDE, entries, { status: 422 })
  expect(late.errors().map(({ field }) => field)).toEqual(['proposal'])
  expect(await w.knex('keywords').whereRaw(`names->>'en' = 'Audiologist'`)).toHaveLength(1)
})

test('mistakes are named; another country sees and decides nothing', async () => {
  const page = await own.visit(`/authorities/${authority.id}/keyword-proposals/new`)
  expect((await page.submit(SEND, {}, { status: 422 })).errors().map(({ field }) => field)).toEqual(['area', 'word'])
  const { id } = await propose('kiropraktor')
  const dane = await aUser(w.knex, await aNationalCoordinator(w.knex, 'DK'), {
    administrator: true,
    dataAdministrator: 'all',
  })
  expect((await (await w.signedIn(dane)).visit('/keyword-proposals')).text).not.toContain('kiropraktor')
  await own.visit('/keyword-proposals', { status: 403 })
  expect(await w.knex('keyword_proposals').where({ id }).first()).toMatchObject({ state: 'proposed' })
})
