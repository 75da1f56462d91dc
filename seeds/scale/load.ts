import type { Knex } from 'knex'
import { indexAllWords } from '../../src/authorities/index.ts'
import { rolesIn } from '../../src/modules/index.ts'
import { hashPassword, sealSecurityCode } from '../../src/passwords/index.ts'
import type { Keyring } from '../../src/platform/secrets.ts'
import { DEMO_PASSWORD, DEMO_SECURITY_CODE } from '../demo/load.ts'
import { type MadeAuthority, makeAuthority, type MadeGrant } from './authority.ts'
import { copyInto } from './copy.ts'
import { type Ground, planCountry } from './country.ts'
import { shareOut } from './europe.ts'
import { makePeople, PEOPLE_EACH } from './people.ts'
import { loadRequests, requestTables } from './requests.ts'
import { addAuthority, addGrant, addUser, columns, noRows, type Rows, type Table, tables } from './tables.ts'
import { withoutIndexes } from './without-indexes.ts'

const BATCH = 5000
const REQUESTS_EACH = 10
/** Tables whose changes the search follows (migration 0014). */
const FOLLOWED = ['authorities', 'grants', 'authority_policy_areas', 'authority_economic_activities']

interface Work {
  count: number
  /** Information requests of each authority. */
  requestsEach?: number
  keys: Keyring
  now: Date
  /** Told from time to time how many authorities are written. */
  tell: (done: number) => void
}

/**
 * Adds a made-up Europe of `count` authorities with their people, grants and managers, for
 * measuring; people sign in with the demo's password and code. The same count in the same
 * database makes the same rows. All or nothing: one transaction, during which others wait for these tables.
 * @throws RangeError for fewer than 30
 */
export async function loadScale(db: Knex, work: Work): Promise<void> {
  const parts = shareOut(work.count)
  const hash = await hashPassword(DEMO_PASSWORD)
  await db.transaction(async trx => {
    // What they are searched by is worked out once for all, at the end.
    for (const table of FOLLOWED) await trx.raw('alter table ?? disable trigger user', [table])
    await trx.raw('alter table users disable trigger users_administrators_insert')
    await withoutIndexes(trx, tables, async () => {
      const ground = await survey(trx)
      const numbers = { grant: ground.firstGrant, done: 0 }
      let rows = noRows()
      for (const part of parts) {
        const country = planCountry(ground, part)
        for (let n = 0; n < part.size; n += 1) {
          addWhole(rows, ground, makeAuthority(ground, country, n), numbers, hash, work)
          numbers.done += 1
          if (numbers.done % BATCH !== 0 && numbers.done !== work.count) continue
          await write(trx, rows)
          rows = noRows()
          work.tell(numbers.done)
        }
      }
      for (const table of ['authorities', 'users', 'grants'])
        await trx.raw(`select setval(pg_get_serial_sequence('${table}', 'id'), (select max(id) from ${table}))`)
    })
    for (const table of FOLLOWED) await trx.raw('alter table ?? enable trigger user', [table])
    await trx.raw('alter table users enable trigger users_administrators_insert')
    await indexAllWords(trx)
    await loadRequests(trx, { each: work.requestsEach ?? REQUESTS_EACH, now: work.now })
  })
  for (const table of [...tables, ...requestTables, 'authority_search', 'authority_changes'])
    await db.raw('vacuum (analyze) ??', [table])
}

function addWhole(
  rows: Rows,
  ground: Ground,
  authority: MadeAuthority,
  numbers: { grant: number },
  hash: string,
  { keys, now }: Work,
): void {
  addAuthority(rows, ground, authority, now)
  for (const grant of authority.grants) addGrant(rows, ground, numbers.grant++, authority, grant, now)
  const rolesOf = ({ module, role }: MadeGrant): string[] =>
    rolesIn(ground.modules.get(module)?.workflow ?? 'requests', { role, usesAllocation: false })
  const firstId = ground.firstUser + (authority.id - ground.firstAuthority) * PEOPLE_EACH
  for (const user of makePeople(authority, firstId, rolesOf)) {
    const code = user.fresh ? null : sealSecurityCode(keys, user.id, DEMO_SECURITY_CODE)
    addUser(rows, ground, authority, user, { hash, code }, now)
  }
}

async function write(trx: Knex.Transaction, rows: Rows): Promise<void> {
  for (const table of tables) await copyInto(trx, table, columns[table], rows[table])
}

/** What stands in the database already. */
async function survey(trx: Knex.Transaction): Promise<Ground> {
  const next = async (table: Table): Promise<number> => {
    const { rows } = await trx.raw<{ rows: { next: number }[] }>(
      `select coalesce(max(id), 0) + 1 as next from ${table}`,
    )
    return rows[0]?.next ?? 1
  }
  const coordinators = await trx('authorities')
    .where({ kind: 'national coordinator' })
    .select<{ id: number; country: string }[]>('id', 'country')
  const modules = await trx('modules')
    .orderBy('id')
    .select<{ id: number; code: string; workflow: 'requests' | 'alerts' }[]>('id', 'code', 'workflow')
  const keywords = await trx('keywords').select<{ id: number; code: string }[]>('id', 'code')
  return {
    firstAuthority: await next('authorities'),
    firstUser: await next('users'),
    firstGrant: await next('grants'),
    coordinators: new Map(coordinators.map(({ id, country }) => [country, id])),
    modules: new Map(modules.map(({ code, ...module }) => [code, module])),
    keywords: new Map(keywords.map(({ code, ...keyword }) => [code, keyword])),
  }
}
