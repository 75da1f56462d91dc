import { type ActingParty, type Change, change, systemActor } from '../../../src/platform/db/change.ts'
import { demoUsers } from '../users.ts'
import { daysAgo, idOf, type Loading } from '../loading.ts'
import { deletedAuthority } from './deleted-authority.ts'
import { play } from './play.ts'
import { protect } from './protecting.ts'
import type { DemoAct, DemoRequest } from './request.ts'
import type { Played } from './scene.ts'
import { demoRequests } from './stories.ts'
import { writeDraft } from './write-draft.ts'

/** Plays what was asked and answered until now, in the order in which it happened. Nobody is written to about the past. */
export async function loadRequests(loading: Loading): Promise<void> {
  await deletedAuthority(loading)
  const playing: Playing = new Map()
  const happenings = demoRequests.flatMap(request => lifeOf(loading, request, playing))
  for (const { at, by, happen } of happenings.toSorted((one, other) => one.at.getTime() - other.at.getTime())) {
    const context = { db: loading.db, keys: loading.keys, clock: { now: () => at } }
    await change(context, by, c => happen({ ...c, send: () => Promise.resolve() }))
  }
}

interface Happening {
  at: Date
  by: ActingParty
  happen: (c: Change) => Promise<void>
}

type Playing = Map<DemoRequest, Played>

function lifeOf(loading: Loading, request: DemoRequest, playing: Playing): Happening[] {
  const begin: Happening = {
    at: daysAgo(loading.now, request.began),
    by: actor(loading, request),
    happen: async c => {
      playing.set(request, await writeDraft(c, loading, request))
    },
  }
  const later = (request.acts ?? []).map(act => ({
    at: daysAgo(loading.now, act.ago),
    by: actor(loading, act),
    happen: async (c: Change) => play(c, loading, playing.get(request) as Played, act),
  }))
  const protectedBy = (request.protected ?? []).map(one => ({
    at: daysAgo(loading.now, one.ago),
    by: actor(loading, one),
    happen: async (c: Change) => protect(c, playing.get(request) as Played, one),
  }))
  return [begin, ...later, ...protectedBy]
}

function actor({ users, authorities }: Loading, { by, of }: Pick<DemoAct, 'by' | 'of'>): ActingParty {
  if (by === undefined)
    return of === undefined ? systemActor('nightly') : { id: null, authorityId: idOf(authorities, of), name: null }
  const authority = demoUsers.find(({ username }) => username === by)?.authority ?? ''
  return { id: idOf(users, by), authorityId: idOf(authorities, authority), name: null }
}
