import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { change } from '../../src/platform/db/change.ts'
import { sealHistory } from '../../src/platform/db/seal-history.ts'
import { verifyHistory } from '../../src/platform/db/verify-history.ts'
import { world, type World } from '../support/app.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
beforeEach(() => w.knex.raw('truncate audit_sealed, audit_seals, audit_values, audit_events'))
afterAll(() => w.close())

const ACTOR = { id: 7, authorityId: 8, name: null }
const act = (details: { reason: 'blocked' } = { reason: 'blocked' }): Promise<void> =>
  change({ db: w.db.app, clock: w.clock, keys: w.config.keys }, ACTOR, c =>
    c.record('session.refused', { type: 'user', id: 7 }, details),
  )
const acts = async (count: number) => {
  for (let n = 0; n < count; n += 1) await act()
}
const seal = () => sealHistory({ db: w.db.purge, keys: w.config.keys, at: w.clock.now() })
const verified = () => verifyHistory(w.db.app, w.config.keys)
const ids = () => w.knex('audit_events').orderBy('id').pluck<number[]>('id')

describe('the history', () => {
  test('is whole after sealing, and says what is not sealed yet', async () => {
    await acts(3)
    expect(await seal()).toBe(3)
    await acts(2)
    expect(await seal()).toBe(2)
    expect(await seal()).toBe(0)
    await act()
    const [, , , , , last] = await ids()
    expect(await verified()).toEqual({
      seals: 2,
      events: 5,
      erased: 0,
      breaks: [],
      unsealed: { events: 1, first: last, since: w.clock.now() },
    })
  })

  test('is sealed once by two workers at once, more than a batch of it', async () => {
    await w.knex.raw(`
      insert into audit_events (at, event, subject_type, subject_id, values_salt, values_digest)
      select now(), 'session.ended', 'user', 1, '', '' from generate_series(1, 2500)`)
    const [one, other] = await Promise.all([seal(), seal()])
    expect(one + other + (await seal())).toBe(2500)
    expect(await verified()).toMatchObject({ events: 2500, erased: 2500, breaks: [] })
  })

  test('what is committed late comes into a later seal', async () => {
    const slow = await w.knex.transaction()
    await slow.raw(`
      insert into audit_events (at, event, subject_type, subject_id, values_salt, values_digest)
      values (now(), 'session.ended', 'user', 1, '', '')`)
    await act()
    await seal()
    await slow.commit()
    expect(await seal()).toBe(1)
    expect(await verified()).toMatchObject({ seals: 2, events: 2, breaks: [] })
  })

  test('stays whole when values are erased', async () => {
    await acts(2)
    await seal()
    await w.db
      .purge('audit_values')
      .where({ event_id: (await ids())[0] })
      .delete()
    expect(await verified()).toMatchObject({ erased: 1, breaks: [] })
  })

  test('names an entry that was changed, and values that were', async () => {
    await acts(3)
    await seal()
    const [first, second] = await ids()
    await w.knex('audit_events').where({ id: first }).update({ actor_id: 9 })
    await w.knex('audit_values').where({ event_id: second }).update({ details: '{"reason":"other"}' })
    expect((await verified()).breaks).toEqual([
      { what: 'entry changed', seal: 1, event: first },
      { what: 'values changed', seal: 1, event: second },
    ])
  })

  test('names an entry that was taken away, also with its place under the seal', async () => {
    await acts(3)
    await seal()
    const [first, second] = await ids()
    await w
      .knex('audit_values')
      .whereIn('event_id', [first ?? 0, second ?? 0])
      .delete()
    await w.knex('audit_sealed').where({ event_id: first }).delete()
    await w.knex('audit_events').where({ id: first }).delete()
    expect((await verified()).breaks).toEqual([{ what: 'seal changed', seal: 1 }])
    await w.knex.raw('alter table audit_sealed drop constraint audit_sealed_event_id_fkey')
    await w.knex('audit_events').where({ id: second }).delete()
    expect((await verified()).breaks).toContainEqual({ what: 'entry missing', seal: 1, event: second })
  })

  test('names a seal that was taken away, and a chain that was built anew without the keys', async () => {
    for (let n = 0; n < 3; n += 1) {
      await act()
      await seal()
    }
    await w.knex('audit_seals').where({ id: 3 }).update({ signature: 'test.forged' })
    expect((await verified()).breaks).toEqual([{ what: 'signature wrong', seal: 3 }])
    await w.knex('audit_sealed').where({ seal_id: 2 }).delete()
    await w.knex('audit_seals').where({ id: 2 }).delete()
    const { breaks, unsealed } = await verified()
    expect(breaks).toContainEqual({ what: 'seal missing', seal: 2 })
    expect(breaks).toContainEqual({ what: 'seal changed', seal: 3 })
    expect(unsealed.events).toBe(1)
  })

  test('cannot be changed by those who write it', async () => {
    await act()
    await seal()
    for (const db of [w.db.app, w.db.purge])
      for (const table of ['audit_events', 'audit_sealed', 'audit_seals']) {
        await expect(db(table).delete()).rejects.toThrow('permission denied')
        await expect(db.raw('update ?? set digest = digest', [table])).rejects.toThrow(
          /permission denied|does not exist/,
        )
      }
    await expect(w.db.app('audit_values').delete()).rejects.toThrow('permission denied')
  })
})
