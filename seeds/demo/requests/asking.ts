import { choosableCoordinators } from '../../../src/requests/coordinators.ts'
import { holdRequest } from '../../../src/requests/take-step.ts'
import { idOf } from '../loading.ts'
import type { ActName } from './request.ts'
import { dayOf, type Scene, step } from './scene.ts'

/** What the requester's side writes beside its steps. */
export const asking: Partial<Record<ActName, (scene: Scene) => Promise<unknown>>> = {
  async send(scene) {
    const { c, requestId, loading, request, moduleId } = scene
    const authorityId = idOf(loading.authorities, request.from)
    const other = idOf(loading.authorities, request.to ?? '')
    await c
      .db('requests')
      .where({ id: requestId })
      .update({ requester_coordinator_id: await coordinatorOf(scene, { authorityId, moduleId, otherId: other }) })
    const { to } = await step(scene)
    if (to === 'sent') await arrive(scene, other)
  },
  async approve(scene) {
    await step(scene)
    await arrive(scene, idOf(scene.loading.authorities, scene.request.to ?? ''))
  },
  async acceptReply(scene) {
    const [rated_timeliness = null, rated_effort = null] = scene.act.rated ?? []
    await step(scene)
    await scene.c.db('requests').where({ id: scene.requestId }).update({ rated_timeliness, rated_effort })
  },
  async demand(scene) {
    const { c, partId, act, questions, request } = scene
    const numbers = questions.filter(({ code }) => act.questions?.includes(code)).map(({ number }) => number)
    await c.db('request_demands').insert({
      part_id: partId,
      user_id: c.actor.id,
      at: c.at,
      questions: numbers,
      language: request.language,
      reason: act.note,
      proposed_date: dayOf(scene),
    })
    await step(scene, { details: { questions: numbers.join(', '), date: dayOf(scene) } })
  },
  async refer(scene) {
    const { c, partId, moduleId } = scene
    const { part } = await holdRequest(c, partId)
    const sides = [part.requesterCoordinatorId, part.coordinatorId].filter(id => id !== null)
    const taking = await c
      .db('grants')
      .whereIn('authority_id', sides)
      .where({ module_id: moduleId, takes_part_in_referrals: true })
      .pluck<number[]>('authority_id')
    await c.db('request_opinions').insert(
      taking.map(coordinator_id => ({
        part_id: partId,
        referral: 1,
        coordinator_id,
        for_requester: coordinator_id === part.requesterCoordinatorId,
        for_responder: coordinator_id === part.coordinatorId,
        begun_at: c.at,
      })),
    )
    await step(scene)
  },
  remind: scene => step(scene, { set: { reminded_at: scene.c.at } }),
  askForHelp: scene => step(scene, { set: { help_asked_at: scene.c.at } }),
}

export async function coordinatorOf(
  { c }: Scene,
  side: { authorityId: number; moduleId: number; otherId: number },
): Promise<number | null> {
  const [first] = await choosableCoordinators(c.db, side)
  return first?.id ?? null
}

async function arrive({ c, requestId, partId, moduleId }: Scene, responder: number): Promise<void> {
  await c.db('requests').where({ id: requestId }).update({ sent_at: c.at })
  const [may_refuse = false] = await c
    .db('grants')
    .where({ authority_id: responder, module_id: moduleId })
    .pluck<boolean[]>('may_refuse')
  await c.db('request_parts').where({ id: partId }).update({ arrived_at: c.at, may_refuse })
}
