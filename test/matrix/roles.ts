import { actOf, type Who } from './expected.ts'
import type { Body, Human, RandomWorld } from './random-world.ts'

/**
 * roles.md in plain words of TypeScript: who somebody of the world is to an authority of it. Written from the page, without
 * the SQL, to be held against it.
 */
export function whoIs(world: RandomWorld, me: number, x: number): Set<Who> {
  const who = new Set<Who>(['every signed-in user'])
  const human = world.humans[me] as Human
  if (me === x) who.add('every user of the authority')
  if (me === x && human.administrator) who.add('ADM')
  // Nobody has registered the Commission: it keeps its name and kind itself.
  if (me === x && human.administrator && body(world, x).kind === 'commission') who.add('AM of the validating authority')
  if (human.imiAdministrator) who.add('IMI administrator')
  const theirs = managing(world, me)
  if (theirs) who.add('AM')
  if (human.imiAdministrator && body(world, x).kind === 'national coordinator')
    for (const all of everythingOfRecord) who.add(all)
  if (theirs) for (const one of asManager(world, me, x, theirs)) who.add(one)
  return who
}

/** What roles.md answers: may this person do this to this authority? A user of a deactivated authority reads and no more. */
export function mayDo(world: RandomWorld, me: number, x: number, action: string): boolean {
  const act = actOf(action)
  if (body(world, me).status === 'deactivated' && !act.reads) return false
  const who = whoIs(world, me, x)
  return act.who.some(one => who.has(one))
}

/** "Everything an AM of record may do to it and its users": the IMI administrator to a national coordinator. */
const everythingOfRecord: Who[] = [
  'AM who may give a module',
  'AM for',
  'AM for, people',
  'AM of',
  'AM of the validating authority',
]

interface Managing {
  everywhereOf: string
  region: string | null
  covers: (module: number) => boolean
  wholly: boolean
}

const body = (world: RandomWorld, at: number): Body => world.bodies[at] as Body

/** The delegation as far as this person has a part in it; undefined: they are no data administrator of an access manager. */
function managing(world: RandomWorld, me: number): Managing | undefined {
  const mine = body(world, me)
  const { administrator, dataAdministrator: scope } = world.humans[me] as Human
  if (mine.status === 'deactivated' || !administrator || scope === 'none') return undefined
  const national = mine.kind === 'national coordinator'
  const given = national ? { region: null, modules: 'all' as const } : mine.delegated
  if (!given) return undefined
  const covers = (module: number) =>
    (given.modules === 'all' || given.modules.includes(module)) && (scope === 'all' || scope.includes(module))
  const wholly = given.modules === 'all' && scope === 'all'
  if (!wholly && ![0, 1, 2, 3].some(covers)) return undefined
  return { everywhereOf: mine.country, region: given.region, covers, wholly }
}

function asManager(
  world: RandomWorld,
  me: number,
  x: number,
  { everywhereOf, region, covers, wholly }: Managing,
): Who[] {
  const it = body(world, x)
  if (!below(world, me, x)) return []
  if (it.country !== everywhereOf) return []
  if (region !== null && it.region !== region) return []
  // E5: it takes part in nothing until it is validated; who would be "AM for" reads it.
  if (it.status === 'to validate')
    return whatItWouldBe(world, me, x, { wholly, covers }).includes('AM for') ? ['AM for, once it is validated'] : []
  return whatItWouldBe(world, me, x, { wholly, covers })
}

function whatItWouldBe(
  world: RandomWorld,
  me: number,
  x: number,
  { wholly, covers }: Pick<Managing, 'wholly' | 'covers'>,
): Who[] {
  const it = body(world, x)
  const ofRecord = it.ofRecord.includes(me)
  // Of record and still without a module: it is being given one.
  const beingGiven = it.holds.length === 0 && ofRecord
  if (!wholly && !it.holds.some(covers) && !beingGiven) return ['AM who may give a module']
  const who: Who[] = ['AM who may give a module', 'AM for']
  if (wholly || ofRecord || it.holds.every(covers)) who.push('AM for, people')
  if (ofRecord) who.push('AM of')
  if (it.registeredBy === me) who.push('AM of the validating authority')
  if (body(world, me).kind === 'national coordinator') who.push('the national coordinator')
  return who
}

/** Upwards there is nothing, nor sideways: another access manager is managed by the national coordinator only. */
function below(world: RandomWorld, me: number, x: number): boolean {
  const it = body(world, x)
  if (me === x || it.kind !== 'competent') return false
  return it.delegated === null || body(world, me).kind === 'national coordinator'
}
