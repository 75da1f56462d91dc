import type { Knex } from 'knex'
import { sign } from '../../src/platform/secrets.ts'
import { world, type World } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import {
  aDelegation,
  aGrant,
  aNationalCoordinator,
  anAuthority,
  anInvitation,
  aUser,
  theCommission,
  type AnAuthority,
  type AUser,
} from '../support/factories.ts'
import { aCircular, aTask, anImport } from '../support/records.ts'
import { aRegister } from '../support/registers.ts'
import { aRequest, aSide } from '../support/requests.ts'
import { sessionIdIn } from '../support/session-cookie.ts'
import { type PersonName, type Target, targetNames } from './expected.ts'

/** The modules by their letters. */
const MODULES = { A: 'services-requests', B: 'posting-of-workers-requests', C: 'patients-rights-requests' } as const
const HERE = 'SE11'
const ELSEWHERE = 'SE12'

/** A target with its own two people and what acts can be about. */
interface Built {
  authority: AnAuthority
  grants: Partial<Record<'A' | 'B', number>>
  administrator: AUser
  basicUser: AUser
}

export interface Matrix {
  w: World
  /** The person, freshly signed in. */
  someone(name: PersonName, target: Target): Promise<Signed>
  authority(target: Target): number
  grant(target: Target, module: 'A' | 'B'): number | undefined
  /** A user of the target who is nobody of the matrix: acts may do to them what they like. */
  user(target: Target): Promise<number>
  /** Long work that one of its users asked for. */
  task(target: Target): Promise<number>
  /** A file that one of its users has uploaded. */
  import(target: Target, kind: 'users' | 'authorities'): Promise<number>
  /** An e-mail that the target has sent to many. */
  circular(target: Target): Promise<number>
  /** An invitation that the target has sent, handed in by now, or the held submission that it stands in. */
  invitation(target: Target, about: 'invitation' | 'submission'): Promise<number>
  /** What the target lists in the directory of registers. */
  register(target: Target): Promise<number>
  /** An information request between two authorities that are no targets. */
  request(): number
  /** Undoes what an act has done to the target and its grants. */
  restore(target: Target): Promise<void>
}

export interface Signed {
  request: Someone['request']
  /** A token that holds for the visit. */
  token: string
}

/** Everybody and everything of expected.ts, in a database of its own. */
export async function matrixWorld(): Promise<Matrix> {
  const w = await world()
  const above = { commission: await theCommission(w.knex), national: await aNationalCoordinator(w.knex, 'SE') }
  await aNationalCoordinator(w.knex, 'DK')
  const managers = await theManagers(w.knex)
  const built = await theTargets(w.knex, above, managers)
  const others = await thePeople(w.knex, above, managers)
  const rows = await snapshot(w.knex, built)
  const sides = { from: await aSide(w.knex, { country: 'LV' }), to: await aSide(w.knex, { country: 'HU' }) }
  const request = await aRequest(w.knex, sides)
  return {
    w,
    someone: async (name, target) => signed(w, personOf(name, built[target], others)),
    authority: target => built[target].authority.id,
    grant: (target, module) => built[target].grants[module],
    user: async target => (await aUser(w.knex, built[target].authority)).id,
    task: async target => aTask(w.knex, await aUser(w.knex, built[target].authority)),
    import: async (target, kind) => {
      const { authority } = built[target]
      return anImport(w.knex, authority, await aUser(w.knex, authority), kind)
    },
    circular: target => aCircular(w.knex, built[target].authority),
    invitation: async (target, about) => {
      const { authority } = built[target]
      const { id, submissionId } = await anInvitation(w.knex, authority, { registered: authority, state: 'confirmed' })
      return about === 'invitation' ? id : submissionId
    },
    register: target => aRegister(w.knex, built[target].authority),
    request: () => request.id,
    restore: target => putBack(w.knex, rows[target]),
  }
}

type Managers = Awaited<ReturnType<typeof theManagers>>
type Above = Record<'commission' | 'national', AnAuthority>

async function theManagers(db: Knex) {
  const manager = async (wishes: Parameters<typeof aDelegation>[2], country = 'SE') => {
    const authority = await anAuthority(db, { country })
    await aDelegation(db, authority, wishes)
    return authority
  }
  const deactivated = await anAuthority(db, { status: 'deactivated' })
  await aDelegation(db, deactivated)
  return {
    ofRecord: await manager({}),
    wholly: await manager({ region: HERE }),
    forA: await manager({ modules: [MODULES.A] }),
    ofRecordForA: await manager({ modules: [MODULES.A] }),
    forC: await manager({ modules: [MODULES.C] }),
    elsewhere: await manager({ region: ELSEWHERE }),
    abroad: await manager({}, 'DK'),
    deactivated,
  }
}

async function theTargets(db: Knex, above: Above, managers: Managers): Promise<Record<Target, Built>> {
  const ofRecord = [managers.ofRecord, managers.ofRecordForA, managers.deactivated]
  const plain = { region: HERE, managers: ofRecord }
  const manager = await anAuthority(db, { region: HERE, managers: [above.national] })
  await aDelegation(db, manager)
  return {
    one: await target(db, await anAuthority(db, plain), ['A']),
    two: await target(db, await anAuthority(db, plain), ['A', 'B']),
    manager: await target(db, manager, ['A']),
    national: await target(db, above.national, ['A']),
    commission: await target(db, above.commission, []),
    deactivated: await target(db, await anAuthority(db, { ...plain, status: 'deactivated' }), ['A']),
    toValidate: await target(db, await anAuthority(db, { ...plain, status: 'to validate' }), []),
  }
}

async function target(db: Knex, authority: AnAuthority, modules: ('A' | 'B')[]): Promise<Built> {
  const grants: Built['grants'] = {}
  for (const letter of modules) grants[letter] = (await aGrant(db, authority, MODULES[letter])).id
  const administrator = await aUser(db, authority, { administrator: true })
  return { authority, grants, administrator, basicUser: await aUser(db, authority) }
}

type Others = Record<Exclude<PersonName, 'own administrator' | 'own basic user'>, AUser>

async function thePeople(db: Knex, { commission, national }: Above, managers: Managers): Promise<Others> {
  const manager = (authority: AnAuthority, dataAdministrator: 'all' | 'none' | string[] = 'all') =>
    aUser(db, authority, { administrator: true, dataAdministrator })
  const coordinator = await anAuthority(db, { region: HERE })
  await aGrant(db, coordinator, MODULES.A, { role: 'coordinator' })
  return {
    'manager of record': await manager(managers.ofRecord),
    'manager for, wholly': await manager(managers.wholly),
    'manager for module A': await manager(managers.forA),
    'manager of record for A': await manager(managers.ofRecordForA),
    'manager for another module': await manager(managers.forC),
    'manager of another region': await manager(managers.elsewhere),
    'narrowed to another module': await manager(managers.ofRecord, [MODULES.C]),
    'manager without the role': await manager(managers.ofRecord, 'none'),
    coordinator: await aUser(db, coordinator, { administrator: true, roles: { [MODULES.A]: ['handler', 'approver'] } }),
    'national data administrator': await manager(national),
    'somebody abroad': await aUser(db, await anAuthority(db, { country: 'DK' }), { administrator: true }),
    'access manager abroad': await manager(managers.abroad),
    'IMI administrator': await aUser(db, commission, { imiAdministrator: true }),
    'user of a deactivated manager': await manager(managers.deactivated),
  }
}

function personOf(name: PersonName, built: Built, others: Others): AUser {
  if (name === 'own administrator') return built.administrator
  return name === 'own basic user' ? built.basicUser : others[name]
}

/** A visit of its own for every click: some acts end the visits of others. */
async function signed(w: World, user: AUser): Promise<Signed> {
  const { request, cookies } = await w.signedIn(user)
  return { request, token: sign(w.config.keys, sessionIdIn(cookies()), 'csrf') }
}

interface Rows {
  authority: { id: number } & Record<string, unknown>
  grants: ({ id: number } & Record<string, unknown>)[]
  managers: Record<string, unknown>[]
}

async function snapshot(db: Knex, built: Record<Target, Built>): Promise<Record<Target, Rows>> {
  const rows: Partial<Record<Target, Rows>> = {}
  for (const name of targetNames) {
    const { id } = built[name].authority
    const authority = (await db('authorities').where({ id }).first()) as Rows['authority']
    const grants = (await db('grants').where({ authority_id: id })) as Rows['grants']
    rows[name] = { authority, grants, managers: await db('authority_access_managers').where({ authority_id: id }) }
  }
  return rows as Record<Target, Rows>
}

async function putBack(db: Knex, { authority, grants, managers }: Rows): Promise<void> {
  const { id, ...values } = authority
  await db('authorities').where({ id }).update(values)
  await db('authority_access_managers').where({ authority_id: id }).delete()
  if (managers.length > 0) await db('authority_access_managers').insert(managers)
  for (const { id: grant, ...settings } of grants) await db('grants').where({ id: grant }).update(settings)
}
