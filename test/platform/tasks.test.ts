import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { findActor } from '../../src/actor.ts'
import { change } from '../../src/platform/db/change.ts'
import { Busy, RuleBroken } from '../../src/platform/errors.ts'
import { makeLog } from '../../src/platform/log.ts'
import { runTask, startTask, type TaskOffice, type TaskWork } from '../../src/platform/jobs/tasks.ts'
import { world, type World } from '../support/app.ts'
import { anAuthority, aUser, type AUser } from '../support/factories.ts'

let w: World
let user: AUser
let office: TaskOffice
const logged: string[] = []

/** Writes its payload into the history, so that doing it twice would show. */
const write: TaskWork = async (c, actor, payload) => {
  const { word } = payload as { word: string }
  if (word === 'no') throw new RuleBroken('tasks:reason.userGone')
  if (word === 'odd') throw new TypeError('unforeseen')
  if (word === 'busy') throw new Busy('too many')
  await c.record('session.ended', { type: 'user', id: actor.id }, {})
}

beforeAll(async () => {
  w = await world()
  const { config, clock, db } = w
  office = {
    db: db.app,
    keys: config.keys,
    clock,
    log: makeLog('error', line => logged.push(line)),
    works: { bulkGrant: write },
    findActor,
  }
})
beforeEach(async () => {
  user = await aUser(w.knex, await anAuthority(w.knex))
})
afterAll(() => w.close())

async function start(words: string[]): Promise<number> {
  const party = { id: user.id, authorityId: null, name: user.name }
  return change(office, party, async c => {
    await c.record('session.ended', { type: 'user', id: 0 }, {})
    return startTask(c, {
      kind: 'bulkGrant',
      items: words.map(word => ({ label: word, payload: { word } })),
      back: '/',
    })
  })
}

const states = (id: number) => w.knex('task_items').where({ task_id: id }).orderBy('position').pluck<string[]>('state')
const acts = async () => Number((await w.knex('audit_events').where({ subject_id: user.id }).count('* as n'))[0]?.n)

test('each thing is done once, also by three workers at once', async () => {
  const id = await start(Array.from({ length: 30 }, (_, i) => `word ${i}`))
  await Promise.all([runTask(office, id), runTask(office, id), runTask(office, id)])
  expect(await states(id)).toEqual(Array.from({ length: 30 }, () => 'done'))
  expect(await acts()).toBe(30)
})

test('what fails is named with its reason and the rest goes on', async () => {
  const id = await start(['a', 'no', 'odd', 'b'])
  await runTask(office, id)
  expect(await states(id)).toEqual(['done', 'failed', 'failed', 'done'])
  expect(logged.join('\n')).toContain('TypeError')
  const page = await (await w.signedIn(user)).visit(`/tasks/${id}`)
  expect(page.text).toContain('The work is finished.')
  expect(page.table('What could not be done, and why').map(({ What }) => What)).toEqual(['no', 'odd'])
})

test('a worker that stops in the middle leaves the rest to the next one', async () => {
  const id = await start(['a', 'b', 'c'])
  let rounds = 0
  await runTask(office, id, () => (rounds += 1) <= 1)
  expect(await states(id)).toEqual(['done', 'waiting', 'waiting'])
  const page = await (await w.signedIn(user)).visit(`/tasks/${id}`)
  expect(page.headers.refresh).toBe('2')
  expect(page.text).toContain('1 of 3')
  await runTask(office, id)
  expect(await acts()).toBe(3)
})

test('the work of a user who is gone is not done', async () => {
  const id = await start(['a'])
  await w.knex('users').where({ id: user.id }).update({ deleted_at: w.clock.now() })
  await runTask(office, id)
  expect(await states(id)).toEqual(['failed'])
  expect(await acts()).toBe(0)
})

test("somebody else's task is not found", async () => {
  const id = await start(['a'])
  const other = await aUser(w.knex, await anAuthority(w.knex))
  await (await w.signedIn(other)).visit(`/tasks/${id}`, { status: 404 })
})

test('what is too much at once waits for the next round and is nobody’s mistake', async () => {
  const id = await start(['one', 'busy', 'two'])
  await runTask(office, id)
  expect(await states(id)).toEqual(['done', 'waiting', 'waiting'])
  expect(await w.knex('tasks').where({ id }).first('finished_at')).toEqual({ finished_at: null })
  await w.knex('task_items').where({ task_id: id, position: 2 }).update({ payload: '{"word":"again"}' })
  await runTask(office, id)
  expect(await states(id)).toEqual(['done', 'done', 'done'])
})
