import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { connect } from '../../src/platform/db/connection.ts'
import { world, type World } from '../support/app.ts'
import { aDelegation, aGrant, aNationalCoordinator, anAuthority, aUser } from '../support/factories.ts'
import { night, nightsUntil } from './nightly.ts'

const REQUESTS = 'services-requests'
const DUE = 24
/** `npm run soak` kills more often. */
const KILLS = Number(process.env.KILLS ?? 3)
const LONGEST = 60_000 + KILLS * 20_000

const open: World[] = []
afterEach(async () => {
  for (const w of open.splice(0)) await w.close()
})

/** Authorities that are due, soon due and not due, tied to one another in every way. */
async function aCountry(): Promise<World> {
  const w = await world()
  open.push(w)
  const nimic = await aNationalCoordinator(w.knex, 'SE', { officialName: 'Samordnaren' })
  let before = nimic
  for (let n = 0; n < DUE; n += 1) {
    const wishes = { officialName: `Due ${n}`, managers: [before] }
    const due = await anAuthority(w.knex, {
      ...wishes,
      status: 'deactivated',
      deactivatedAt: new Date('2026-05-01T10:00:00Z'),
    })
    await aDelegation(w.knex, due)
    await aUser(w.knex, due, { administrator: true, dataAdministrator: 'all', familyName: `Person ${n}` })
    await aGrant(w.knex, due, REQUESTS, { status: 'suspended', coordinators: [before] })
    const kept = await anAuthority(w.knex, { officialName: `Kept ${n}`, managers: [due] })
    await aGrant(w.knex, kept, REQUESTS, { coordinators: n % 2 ? [due] : [due, nimic] })
    before = due
  }
  for (const [name, day] of [
    ['Soon', '2026-05-24T10:00:00Z'],
    ['Later', '2026-09-01T10:00:00Z'],
  ] as const)
    await anAuthority(w.knex, {
      officialName: name,
      status: 'deactivated',
      deactivatedAt: new Date(day),
      managers: [nimic],
    })
  return w
}

/** What stands in the end, by names, since each database counts its own numbers. */
async function endState({ knex }: World): Promise<unknown> {
  const { rows } = await knex.raw(`
    select 'authority ' || official_name as line from authorities
    union all select 'tombstone ' || official_name from tombstones
    union all select 'name ' || family_name from deleted_people
    union all select format('managed %s by %s', a.official_name, m.official_name) from authority_access_managers x
      join authorities a on a.id = x.authority_id join authorities m on m.id = x.manager_id
    union all select format('validated %s by %s', a.official_name, v.official_name) from authorities a
      join authorities v on v.id = a.validating_authority_id
    union all select format('linked %s to %s', a.official_name, c.official_name) from grant_coordinators x
      join grants g on g.id = x.grant_id join authorities a on a.id = g.authority_id
      join authorities c on c.id = x.coordinator_id
    union all select format('mail %s %s', template, values->>'authority') from emails
    union all select format('event %s %s', e.event, v.details->>'officialName') from audit_events e
      join audit_values v on v.event_id = e.id where e.event = 'authority.deleted'
    order by 1`)
  return rows.map(({ line }: { line: string }) => line)
}

function workerOf(w: World): ChildProcess {
  const secret = `test:${w.config.keys.keys.test?.toString('base64')}`
  const env = { PATH: process.env.PATH, DATABASE_URL: w.db.url, IMI_SECRET: secret, VAR_DIR: w.config.varDir }
  return fork(join(import.meta.dirname, 'one-night.ts'), [w.clock.now().toISOString()], { env, execArgv: [] })
}

describe('whatever becomes of the worker, the end is the same', () => {
  test('two at once, run twice, and after ten nights without a run', async () => {
    const [plain, both, missed] = [await aCountry(), await aCountry(), await aCountry()]
    await nightsUntil(plain, '2026-12-01T09:00:00Z')
    both.clock.set(new Date('2026-11-20T09:00:00Z'))
    const second = connect(both.db.url)
    await Promise.all([night(both), night({ ...both, db: second })])
    await second.close()
    await nightsUntil(both, '2026-12-01T09:00:00Z')
    await night(both)
    await night(missed)
    missed.clock.set(new Date('2026-12-01T09:00:00Z'))
    await night(missed)
    expect(await endState(both)).toEqual(await endState(plain))
    expect(await endState(missed)).toEqual(await endState(plain))
  })

  test(`killed ${KILLS} times in the middle`, { timeout: LONGEST }, async () => {
    const plain = await aCountry()
    const began = performance.now()
    await night(plain)
    const took = performance.now() - began
    const expected = await endState(plain)
    let unfinished = 0
    for (let kill = 0; kill < KILLS; kill += 1) {
      const w = await aCountry()
      const worker = workerOf(w)
      const ended = once(worker, 'exit')
      expect(await Promise.race([once(worker, 'message'), ended])).toEqual(['begins', undefined])
      await wait(Math.random() * took * 1.5)
      worker.kill('SIGKILL')
      await ended
      const left = await w.knex('authorities').whereLike('official_name', 'Due %')
      if (left.length > 0) unfinished += 1
      await night(w)
      expect(await endState(w)).toEqual(expected)
      await open.pop()?.close()
    }
    process.stdout.write(`killed before the end: ${unfinished} of ${KILLS}\n`)
  })
})
