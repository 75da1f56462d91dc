import fc from 'fast-check'
import type { Knex } from 'knex'
import type { AuthorityKind } from '../../src/policy.ts'

/** An authority as roles.md speaks of it. Others are named by their place in the world. */
export interface Body {
  country: string
  region: string | null
  kind: AuthorityKind
  status: 'to validate' | 'active' | 'deactivated'
  /** Access management that the national coordinator delegated to it; modules by their place in the world's list. */
  delegated: { region: string | null; modules: 'all' | number[] } | null
  holds: number[]
  /** Its access managers of record. */
  ofRecord: number[]
  registeredBy: number | null
}

/** A user; everybody in the world has one of their own authority at the same place. */
export interface Human {
  administrator: boolean
  imiAdministrator: boolean
  dataAdministrator: 'none' | 'all' | number[]
}

export interface RandomWorld {
  bodies: Body[]
  humans: Human[]
}

const MODULES = 4
const REGIONS: Record<string, string[]> = { SE: ['SE11', 'SE12'], DK: ['DK01', 'DK02'], EU: [] }

const someModules = fc.subarray([...Array(MODULES).keys()])
const regionOf = (country: string) => fc.constantFrom(null, ...(REGIONS[country] ?? []))

function competent(size: number): fc.Arbitrary<Body> {
  const others = fc.subarray([...Array(size).keys()], { maxLength: 4 })
  return fc.constantFrom('SE', 'SE', 'SE', 'DK').chain(country =>
    fc.record({
      country: fc.constant(country),
      region: regionOf(country),
      kind: fc.constant<AuthorityKind>('competent'),
      status: fc.constantFrom<Body['status']>('active', 'active', 'active', 'deactivated', 'to validate'),
      delegated: fc.option(
        fc.record({ region: regionOf(country), modules: fc.oneof(fc.constant('all' as const), someModules) }),
      ),
      holds: someModules,
      ofRecord: others,
      registeredBy: fc.option(fc.nat({ max: size - 1 })),
    }),
  )
}

const topmost = (kind: AuthorityKind, country: string): fc.Arbitrary<Body> =>
  fc.record({
    country: fc.constant(country),
    region: fc.constant(null),
    kind: fc.constant(kind),
    status: fc.constant('active' as const),
    delegated: fc.constant(null),
    holds: kind === 'commission' ? fc.constant([]) : someModules,
    ofRecord: fc.constant(kind === 'commission' ? [] : [0]),
    registeredBy: fc.constant(kind === 'commission' ? null : 0),
  })

const human = (ofCommission: boolean): fc.Arbitrary<Human> =>
  fc.record({
    administrator: fc.constantFrom(true, true, true, false),
    imiAdministrator: ofCommission ? fc.boolean() : fc.constant(false),
    dataAdministrator: fc.oneof(fc.constantFrom('all' as const, 'all' as const, 'none' as const), someModules),
  })

/** The Commission, the national coordinators of two countries, and some authorities of every sort. */
export const randomWorld: fc.Arbitrary<RandomWorld> = fc.integer({ min: 5, max: 11 }).chain(size =>
  fc.record({
    bodies: fc
      .tuple(
        topmost('commission', 'EU'),
        topmost('national coordinator', 'SE'),
        topmost('national coordinator', 'DK'),
        fc.array(competent(size), { minLength: size - 3, maxLength: size - 3 }),
      )
      .map(([commission, se, dk, rest]) => [commission, se, dk, ...rest]),
    humans: fc.tuple(...Array.from({ length: size }, (_each, at) => human(at === 0))),
  }),
)

const AT = new Date('2026-11-01T09:00:00Z')

/** Stores the world. Answers the numbers of its authorities, in their order; `session of 3` opens the visit of the fourth human. */
export async function store(db: Knex, { bodies, humans }: RandomWorld): Promise<number[]> {
  const modules = await db('modules').orderBy('id').limit(MODULES).pluck<number[]>('id')
  const moduleAt = (at: number) => modules[at] ?? 0
  const made = await db('authorities').insert(bodies.map(authorityRow)).returning<{ id: number }[]>('id')
  const ids = made.map(({ id }) => id)
  const idAt = (at: number) => ids[at] ?? 0
  for (const [at, body] of bodies.entries())
    if (body.registeredBy !== null)
      await db('authorities')
        .where({ id: idAt(at) })
        .update({ validating_authority_id: idAt(body.registeredBy) })
  const each = <T>(of: (body: Body, id: number) => T[]): T[] => bodies.flatMap((body, at) => of(body, idAt(at)))
  await insert(
    db,
    'authority_access_managers',
    each(({ ofRecord }, authority_id) =>
      ofRecord.filter(at => idAt(at) !== authority_id).map(at => ({ authority_id, manager_id: idAt(at), since: AT })),
    ),
  )
  await insert(
    db,
    'delegations',
    each(({ delegated }, authority_id) =>
      delegated
        ? [{ authority_id, region: delegated.region, all_modules: delegated.modules === 'all', since: AT }]
        : [],
    ),
  )
  await insert(
    db,
    'delegation_modules',
    each(({ delegated }, authority_id) =>
      chosen(delegated?.modules).map(at => ({ authority_id, module_id: moduleAt(at) })),
    ),
  )
  await insert(
    db,
    'grants',
    each(({ holds }, authority_id) => holds.map(at => ({ authority_id, module_id: moduleAt(at), ...grantOf(at) }))),
  )
  const users = await db('users')
    .insert(humans.map((one, at) => userRow(one, idAt(at))))
    .returning<{ id: number }[]>('id')
  await insert(
    db,
    'user_data_modules',
    humans.flatMap((one, at) =>
      chosen(one.dataAdministrator).map(module => ({ user_id: users[at]?.id, module_id: moduleAt(module) })),
    ),
  )
  await insert(
    db,
    'sessions',
    users.map(({ id }, at) => ({
      id_hash: `session of ${at}`,
      user_id: id,
      stage: 'full',
      created_at: AT,
      seen_at: AT,
    })),
  )
  return ids
}

const chosen = (modules: 'all' | 'none' | number[] | undefined): number[] => (Array.isArray(modules) ? modules : [])

/** A suspended module is held as well; a coordinator holds no more than others. */
const grantOf = (at: number) =>
  at % 2 === 0
    ? { role: 'authority', status: 'active', granted_at: AT }
    : { role: 'coordinator', status: 'suspended', granted_at: AT, suspended_at: AT }

async function insert(db: Knex, table: string, rows: object[]): Promise<void> {
  if (rows.length > 0) await db(table).insert(rows)
}

const authorityRow = ({ country, kind, status, region }: Body, at: number): object => ({
  country,
  kind,
  status,
  region,
  official_name: `Authority ${at}`,
  official_language: 'en',
  email: `office${at}@authority.test`,
  sort_name: `authority ${at}`,
  name_key: `authority ${at}`,
  registered_at: AT,
  deactivated_at: status === 'deactivated' ? AT : null,
})

const userRow = ({ administrator, imiAdministrator, dataAdministrator }: Human, authorityId: number): object => ({
  authority_id: authorityId,
  given_name: 'Kim',
  family_name: 'Andersson',
  email: `person${authorityId}@people.test`,
  language: 'en',
  username: `user${authorityId}`,
  administrator,
  imi_administrator: imiAdministrator,
  data_administrator: Array.isArray(dataAdministrator) ? 'chosen' : dataAdministrator,
  password_hash: '',
  password_temporary: false,
  password_set_at: AT,
  registered_at: AT,
})
