import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { endStandingOf } from '../../src/access/index.ts'
import { changeDelegation } from '../../src/access/delegating/change-delegation.ts'
import { findConsequences, seenOf } from '../../src/access/delegating/consequences.ts'
import { type Delegation, isSame } from '../../src/access/delegation.ts'
import { findDelegation, versionOf } from '../../src/access/queries.ts'
import { findActor } from '../../src/actor.ts'
import { findAuthority } from '../../src/authorities/index.ts'
import { change } from '../../src/platform/db/change.ts'
import type { Actor } from '../../src/policy.ts'
import { world, type World } from '../support/app.ts'
import {
  aDelegation,
  aGrant,
  type AnAuthority,
  aNationalCoordinator,
  anAuthority,
  aUser,
} from '../support/factories.ts'
import { DATA_ADMINISTRATOR } from './delegating.ts'

const CODES = ['services-requests', 'professional-qualifications-requests', 'patients-rights-requests']
const REGIONS = [null, 'SE11', 'SE12']

let w: World
let nimic: AnAuthority
let actor: Actor
beforeAll(async () => {
  w = await world()
  nimic = await aNationalCoordinator(w.knex, 'SE')
  const user = await aUser(w.knex, nimic, DATA_ADMINISTRATOR)
  actor = (await findActor(w.knex, user.id)) as Actor
})
afterAll(() => w.close())

const context = () => ({ db: w.db.app, clock: w.clock, keys: w.config.keys })
const party = () => ({ id: actor.id, authorityId: actor.authorityId, name: actor.name })

/** What can happen, with authorities and modules by their place. */
type Step =
  | { does: 'register'; by: number; region: number }
  | { does: 'grant'; to: number; module: number }
  | { does: 'delegate'; to: number; modules: 'all' | number[] | null; region: number }

const place = fc.nat({ max: 9 })
const region = fc.nat({ max: REGIONS.length - 1 })
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ does: fc.constant('register' as const), by: place, region }),
  fc.record({ does: fc.constant('grant' as const), to: place, module: fc.nat({ max: 2 }) }),
  fc.record({
    does: fc.constant('delegate' as const),
    to: place,
    modules: fc.oneof(
      fc.constant('all' as const),
      fc.constant(null),
      fc.subarray([0, 1, 2], { minLength: 1 }),
      fc.subarray([0, 1, 2], { minLength: 1 }),
    ),
    region,
  }),
)

describe('whatever is delegated, narrowed and taken back', () => {
  test('every authority is managed, by those who may manage it', { timeout: 120_000 }, () =>
    fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 25 }), async steps => {
        const agencies = [await anAuthority(w.knex, { managers: [nimic] })]
        for (const one of steps) await take(one, agencies)
        expect(await faults()).toEqual([])
        await w.knex('authorities').where({ kind: 'competent' }).update({ validating_authority_id: null })
        await w.knex('authority_access_managers').delete()
        await w.knex('authorities').where({ kind: 'competent' }).delete()
      }),
      { numRuns: 25 },
    ),
  )
})

async function take(one: Step, agencies: AnAuthority[]): Promise<void> {
  const at = (index: number) => agencies[index % agencies.length] as AnAuthority
  if (one.does === 'register') {
    const delegated = await w.knex('delegations').pluck('authority_id')
    const by = delegated.includes(at(one.by).id) ? at(one.by) : nimic
    const where = REGIONS[one.region]
    agencies.push(await anAuthority(w.knex, { managers: [by], ...(where && { region: where }) }))
  } else if (one.does === 'grant') {
    const held = await w.knex('grants').where({ authority_id: at(one.to).id })
    if (held.length < 1) await aGrant(w.knex, at(one.to), CODES[one.module] ?? '')
  } else await delegate(at(one.to), await wishOf(one))
}

async function wishOf({ modules, region: where }: Extract<Step, { does: 'delegate' }>): Promise<Delegation | null> {
  if (!modules) return null
  const rows: { id: number; code: string }[] = await w.knex('modules').whereIn('code', CODES)
  const ids = modules === 'all' ? modules : modules.map(one => rows.find(({ code }) => code === CODES[one])?.id ?? 0)
  return { modules: ids, region: REGIONS[where] ?? null }
}

async function delegate(agency: AnAuthority, after: Delegation | null): Promise<void> {
  const before = await findDelegation(w.knex, agency.id)
  if (isSame(before, after)) return
  const seen = seenOf(await findConsequences(w.knex, agency, before, after))
  await change(context(), party(), async c => {
    const authority = await findAuthority(c.db, actor, agency.id)
    if (authority) await changeDelegation(c, actor, authority, { after, version: versionOf(before), seen })
  })
}

/** Authorities that nobody manages, managers that may manage nobody, access managers that somebody else manages. */
async function faults(): Promise<unknown[]> {
  const found = await w.knex.raw(`
    with manager as (select id from authorities where kind = 'national coordinator' union select authority_id from delegations)
    select a.id, 'nobody' as fault from authorities a where a.kind = 'competent'
      and not exists (select from authority_access_managers m where m.authority_id = a.id)
    union all select m.authority_id, 'manager' from authority_access_managers m where m.manager_id not in (select id from manager)
    union all select a.id, 'validating' from authorities a where a.kind = 'competent'
      and a.validating_authority_id not in (select id from manager)
    union all select m.authority_id, 'sideways' from authority_access_managers m
      join delegations d on d.authority_id = m.authority_id
      join authorities a on a.id = m.manager_id where a.kind <> 'national coordinator'
    union all select u.authority_id, 'role' from users u where u.data_administrator <> 'none'
      and u.authority_id not in (select id from manager)`)
  return found.rows
}

describe('endStandingOf', () => {
  test('an access manager that is deactivated: everything ends, and the history says so', async () => {
    const manager = await anAuthority(w.knex, { managers: [nimic] })
    await aDelegation(w.knex, manager)
    const user = await aUser(w.knex, manager, DATA_ADMINISTRATOR)
    const agency = await anAuthority(w.knex, { managers: [manager] })
    const ended = await change(context(), party(), c => endStandingOf(c, manager, 'everything'))
    expect(ended).toMatchObject({ takenOver: 1, authorities: [{ id: agency.id }], people: [{ id: user.id }] })
    expect(await findDelegation(w.knex, manager.id)).toBeNull()
    const events = await w.knex('audit_events').whereIn('authority_id', [manager.id, agency.id]).pluck('event')
    expect(events.sort()).toEqual(['accessManager.ended', 'delegation.takenBack'])
  })

  test('an authority that manages nobody loses nothing', async () => {
    const agency = await anAuthority(w.knex, { country: 'LV' })
    const ended = await w.db.app.transaction(db =>
      endStandingOf({ ...context(), db, at: w.clock.now(), actor: party() } as never, agency, 'everything'),
    )
    expect(ended).toEqual({ authorities: [], people: [], invitations: 0, takenOver: 0 })
  })
})
