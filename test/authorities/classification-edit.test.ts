import { afterAll, beforeAll, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import { aUser } from '../support/factories.ts'
import { isFoundBy, lastEvent, registered, SAVE } from './editing.ts'
import { swedishManager } from './registering.ts'

let w: World
let manager: Someone
let own: Someone
let id: number
beforeAll(async () => {
  w = await world()
  ;({ someone: manager } = await swedishManager(w))
  id = await registered(w, manager, 'Klass', { policyAreas: ['education'], keywords_1: ['pq-nurse'] })
  own = await w.signedIn(await aUser(w.knex, { id }, { administrator: true }))
})
afterAll(() => w.close())

const path = () => `/authorities/${id}/classification/edit`

test('policy areas, sections and divisions, and keywords are chosen; the history and the search know them', async () => {
  const page = await (await own.visit(`/authorities/${id}/edit`)).follow('Classification')
  expect(page.url).toBe(path())
  const saved = await page.submit(
    SAVE,
    { policyAreas: ['education'], activities_A: ['A', '02'], keywords_1: ['pq-doctor'] },
    { to: `/authorities/${id}/classification` },
  )
  expect(saved.details()['Areas of economic activity']).toMatch(/Agriculture.*Forestry/)
  expect(saved.details()['Keywords: Professional qualifications']).toMatch(/Doctor/)
  expect(await lastEvent(w, id)).toMatchObject({
    event: 'authority.classified',
    details: {
      before: { economicActivities: [], keywords: ['pq-nurse'] },
      after: { economicActivities: ['A', '02'], keywords: ['pq-doctor'] },
    },
  })
  expect(await isFoundBy(w, id, 'doctor')).toBe(true)
  expect(await isFoundBy(w, id, 'nurse')).toBe(false)
  expect((await own.visit(`/authorities/${id}/management`)).text).toMatch(
    /Areas of economic activity: nothing → Agri.*, Forestry/,
  )
})

test('two people at once see what the other saved', async () => {
  const mine = await own.visit(path())
  await (await manager.visit(path())).submit(SAVE, { policyAreas: ['public-health'] })
  const beside = await mine.submit(SAVE, { policyAreas: ['environment'] }, { status: 409 })
  await beside.submit(SAVE, {})
  expect(await w.knex('authority_policy_areas').where({ authority_id: id }).pluck('policy_area')).toEqual([
    'environment',
  ])
  expect((await manager.visit('/')).notice).toContain('Klassverket')
})

test('saving what stands there already says so; unknown codes are dropped', async () => {
  const page = await (await own.visit(path())).submit(SAVE, {}, { status: 422 })
  expect(page.errors()[0]?.message).toContain('not changed anything')
  const sent = page.prepared(SAVE, {})
  const answer = await own.request('POST', path(), {
    body: `${String(sent.body)}&policyAreas=nonsense&keywords_1=nonsense`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  expect(answer.status).toBe(422)
})
