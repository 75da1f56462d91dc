import { takeStep } from '../../../src/requests/take-step.ts'
import type { Change } from '../../../src/platform/db/change.ts'
import type { Loading } from '../loading.ts'
import { answering } from './answering.ts'
import { asking } from './asking.ts'
import { replying } from './replying.ts'
import type { ActName, DemoAct } from './request.ts'
import { type Played, type Scene, step } from './scene.ts'

/** Plays one act: the step itself by the product's own table, and beside it what the act writes. */
export async function play(c: Change, loading: Loading, played: Played, act: DemoAct): Promise<void> {
  const partId = played.parts[(act.part ?? 1) - 1] ?? 0
  await (acts[act.act] ?? step)({ ...played, c, loading, partId, act })
}

const acts: Partial<Record<ActName, (scene: Scene) => Promise<unknown>>> = {
  ...asking,
  ...answering,
  ...replying,
  async giveOpinion(scene) {
    const { c, partId, act, request } = scene
    await c
      .db('request_opinions')
      .where({ part_id: partId, coordinator_id: c.actor.authorityId })
      .update({
        must_be_given: act.mustBeGiven ?? false,
        text: act.note,
        language: request.language,
        user_id: c.actor.id,
        given_at: c.at,
      })
    await takeStep(c, partId, 'giveOpinion')
  },
  async comment(scene) {
    const { c, partId, act, request } = scene
    await takeStep(c, partId, 'comment')
    const { authorityId: authority_id, id: user_id } = c.actor
    const said = { authority_id, user_id, at: c.at, language: request.language, text: act.note }
    await c.db('request_comments').insert({ part_id: partId, ...said })
  },
}
