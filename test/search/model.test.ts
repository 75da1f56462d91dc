import fc from 'fast-check'
import type { Knex } from 'knex'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { foldWords, indexWords } from '../../src/authorities/index.ts'
import { connectAsOwner, type Database } from '../../src/platform/db/connection.ts'
import type { Actor } from '../../src/policy.ts'
import { authoritySearch, managedSearch } from '../../src/search/forms.ts'
import { searchManaged } from '../../src/search/managed-queries.ts'
import { searchAuthorities } from '../../src/search/queries.ts'
import { freshDatabase } from '../support/database.ts'

/** An authority as a search sees it; grants by their module's place. */
interface Body {
  name: string[]
  city: string
  country: string
  status: 'active' | 'deactivated' | 'to validate'
  level: string
  languages: string[]
  policyAreas: string[]
  activities: string[]
  grants: { module: number; role: 'authority' | 'coordinator'; status: 'active' | 'suspended' }[]
}

const WORDS = [
  'Sjukvård',
  'Styrelsen',
  'Straße',
  'Łódź',
  'Υγεία',
  'för',
  'ö',
  'Aa',
  'Aab',
  'Øresund',
  'd’État',
  '’',
  '%',
]
const word = fc.constantFrom(...WORDS)
const POLICY_AREAS = ['consumer-protection', 'company-law']
const ACTIVITIES = ['A', '01', '02']

const body: fc.Arbitrary<Body> = fc.record({
  name: fc.array(word, { minLength: 1, maxLength: 3 }),
  city: word,
  country: fc.constantFrom('SE', 'SE', 'DK'),
  status: fc.constantFrom('active', 'active', 'active', 'deactivated', 'to validate'),
  level: fc.constantFrom('national', 'local'),
  languages: fc.subarray(['sv', 'da']),
  policyAreas: fc.subarray(POLICY_AREAS),
  activities: fc.subarray(ACTIVITIES),
  grants: fc.uniqueArray(
    fc.record({
      module: fc.nat({ max: 1 }),
      role: fc.constantFrom('authority', 'coordinator'),
      status: fc.constantFrom('active', 'active', 'suspended'),
    }),
    { selector: grant => grant.module },
  ),
})

/** A whole word or its beginning, as people type it. */
const typed = fc
  .array(
    fc.tuple(word, fc.integer({ min: 1, max: 9 }), fc.boolean()).map(([text, length, plain]) => {
      const start = Array.from(text).slice(0, length).join('')
      return plain ? foldWords(start).join(' ') : start.toUpperCase()
    }),
    { maxLength: 2 },
  )
  .map(words => words.join(' ').trim())

const perhaps = <T>(...values: T[]) => fc.constantFrom('', '', '', ...values)
const asked = fc.record({
  q: typed,
  country: perhaps('SE', 'DK'),
  module: perhaps(0, 1),
  role: perhaps('authority', 'coordinator'),
  policyArea: perhaps(...POLICY_AREAS),
  economicActivity: perhaps(...ACTIVITIES),
  reads: perhaps('sv', 'da'),
  level: perhaps('national', 'local'),
  status: perhaps('active', 'suspended', 'deactivated', 'toValidate'),
  sort: fc.constantFrom('name', 'status', 'changed'),
})
type Asked = typeof asked extends fc.Arbitrary<infer T> ? T : never

let db: Database
let knex: Knex
let modules: number[]
beforeAll(async () => {
  db = await freshDatabase()
  knex = connectAsOwner(db.url)
  modules = await knex('modules').orderBy('id').limit(2).pluck('id')
})
afterAll(async () => {
  await knex.destroy()
  await db.close()
})

test('in any world a search finds what fits, and nothing else', { timeout: 120_000 }, () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(body, { minLength: 1, maxLength: 8 }),
      fc.array(asked, { minLength: 10, maxLength: 10 }),
      async (bodies, searches) => {
        const trx = await knex.transaction()
        try {
          const ids = await store(trx, bodies)
          for (const search of searches) await compare(trx, bodies, ids, search)
        } finally {
          await trx.rollback()
        }
      },
    ),
    { numRuns: 60 },
  ),
)

async function compare(trx: Knex, bodies: Body[], ids: number[], search: Asked): Promise<void> {
  const idsOf = (fits: (one: Body) => boolean) => ids.filter((_id, at) => fits(bodies[at] as Body)).sort()
  const module = search.module === '' ? '' : String(modules[Number(search.module)])
  const general = await searchAuthorities(trx, 'en', authoritySearch.parse({ ...search, module }))
  expect(general.rows.map(({ id }) => id).sort()).toEqual(idsOf(one => fitsGeneral(one, search)))
  expect(general.total).toBe(general.rows.length)
  const managed = await searchManaged(trx, actor, managedSearch.parse({ ...search, mine: 'no', module }), {
    at: new Date(),
    profile: 'imi',
  })
  expect(managed.rows.map(({ id }) => id).sort()).toEqual(idsOf(one => fitsManaged(one, search)))
}

const actor = {
  ...{ id: 0, name: '', email: '', language: 'en', authorityId: 0, authorityName: '', authorityLanguage: 'sv' },
  ...{ country: 'SE', kind: 'national coordinator', deactivated: false, administrator: true, imiAdministrator: false },
  ...{ manages: { country: 'SE', region: null, modules: 'all' }, roles: [] },
} as const satisfies Actor

function fitsWords(one: Body, q: string): boolean {
  const words = foldWords([...one.name, one.city].join(' '))
  const wanted = foldWords(q)
  return (q === '' || wanted.length > 0) && wanted.every(start => words.some(each => each.startsWith(start)))
}

const fitsGrant = (grants: Body['grants'], { module, role }: Asked): boolean =>
  (module === '' && role === '') ||
  grants.some(grant => (module === '' || grant.module === module) && (role === '' || grant.role === role))

function fitsGeneral(one: Body, search: Asked): boolean {
  const active = one.grants.filter(({ status }) => status === 'active')
  const { country, policyArea, economicActivity, reads } = search
  const codes = one.activities.flatMap(code => [code, 'A'])
  return (
    one.status === 'active' &&
    active.length > 0 &&
    fitsWords(one, search.q) &&
    fitsGrant(active, search) &&
    (country === '' || one.country === country) &&
    (policyArea === '' || one.policyAreas.includes(policyArea)) &&
    (economicActivity === '' || codes.includes(economicActivity)) &&
    (reads === '' || one.languages.includes(reads))
  )
}

function shownStatus({ status, grants }: Body): string {
  if (status !== 'active') return status === 'deactivated' ? status : 'toValidate'
  return grants.length > 0 && grants.every(grant => grant.status === 'suspended') ? 'suspended' : 'active'
}

const fitsManaged = (one: Body, search: Asked): boolean =>
  one.country === 'SE' &&
  fitsWords(one, search.q) &&
  fitsGrant(one.grants, search) &&
  (search.level === '' || one.level === search.level) &&
  (search.status === '' || shownStatus(one) === search.status)

const AT = new Date('2026-11-01T09:00:00Z')

/** The world, written table by table as the pages write it; words by the command's own part, all else by the database itself. */
async function store(trx: Knex, bodies: Body[]): Promise<number[]> {
  const made = await trx('authorities')
    .insert(
      bodies.map(({ name, country, city, status, level, languages }, n) => ({
        ...{ country, city, status, level, languages, email: `${n}@authority.test`, registered_at: AT },
        ...{ official_name: name.join(' '), official_language: 'sv', sort_name: `name ${n % 3}`, name_key: '' },
        deactivated_at: status === 'deactivated' ? AT : null,
      })),
    )
    .returning('id')
  const ids = made.map(({ id }) => id as number)
  for (const [at, one] of bodies.entries()) {
    const authority_id = ids[at]
    for (const { module, role, status } of one.grants) {
      const values = { authority_id, module_id: modules[module], granted_at: AT }
      const [grant] = await trx('grants')
        .insert({ ...values, role: 'authority' })
        .returning('id')
      const suspended_at = status === 'suspended' ? AT : null
      await trx('grants').where({ id: grant.id }).update({ role, status, suspended_at })
    }
    for (const policy_area of one.policyAreas) await trx('authority_policy_areas').insert({ authority_id, policy_area })
    for (const economic_activity of ACTIVITIES)
      await trx('authority_economic_activities').insert({ authority_id, economic_activity })
    await trx('authority_economic_activities')
      .where({ authority_id })
      .whereNotIn('economic_activity', one.activities)
      .delete()
    await indexWords(trx, authority_id ?? 0)
  }
  return ids
}
