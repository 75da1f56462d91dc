import { holdRequest } from '../../../src/requests/take-step.ts'
import { coordinatorOf } from './asking.ts'
import { idOf } from '../loading.ts'
import type { ActName } from './request.ts'
import { dayOf, type Scene, step } from './scene.ts'

/** What the responder's side writes beside its steps. */
export const answering: Partial<Record<ActName, (scene: Scene) => Promise<unknown>>> = {
  async accept(scene) {
    const { c, partId, moduleId } = scene
    const { part } = await holdRequest(c, partId)
    const side = { authorityId: part.responderId ?? 0, moduleId, otherId: part.requesterId }
    const coordinator = await coordinatorOf(scene, side)
    await step(scene, {
      details: { dueDate: dayOf(scene) },
      set: { due_date: dayOf(scene), coordinator_id: coordinator, accepted_at: c.at, first_accepted_at: c.at },
    })
  },
  async forward(scene) {
    const { c, partId } = scene
    const target = await targetOf(scene)
    await c.db('request_allocations').where({ part_id: partId }).delete()
    await step(scene, { to: target.name, details: { to: target.name }, set: arrivalAt(target, c.at) })
  },
  async split(scene) {
    const { c, requestId, parts, act, questions } = scene
    const target = await targetOf(scene)
    const [row] = await c
      .db('request_parts')
      .insert({
        ...arrivalAt(target, c.at),
        request_id: requestId,
        part: parts.length + 1,
        status: 'sent',
        status_since: c.at,
        acted_at: c.at,
      })
      .returning<{ id: number }[]>('id')
    const partId = row?.id ?? 0
    parts.push(partId)
    const given = questions.filter(({ code }) => act.questions?.includes(code))
    await c
      .db('request_questions')
      .whereIn(
        'id',
        given.map(({ id }) => id),
      )
      .update({ part_id: partId })
    const details = { to: target.name, questions: given.map(({ number }) => number).join(', ') }
    await step(scene, { to: target.name, details })
    const line = { at: c.at, step: 'split', to_status: 'sent', user_id: c.actor.id, authority_id: c.actor.authorityId }
    await c.db('request_steps').insert({ ...line, part_id: partId, details: JSON.stringify(details), seen_by: 'both' })
  },
  async callBack(scene) {
    await step(scene)
    const [first] = scene.parts
    await scene.c.db('request_questions').where({ part_id: scene.partId }).update({ part_id: first })
  },
  async allocate(scene) {
    const { c, partId, act, loading } = scene
    const handlers = act.handlers ?? []
    await step(scene, { details: { handlers: handlers.length } })
    await c.db('request_allocations').insert(
      handlers.map(username => ({
        part_id: partId,
        user_id: idOf(loading.users, username),
        at: c.at,
        by_user: c.actor.id,
      })),
    )
  },
  async proposeLaterDate(scene) {
    const date = dayOf(scene)
    await step(scene, { details: { date }, set: { later_date: date, later_reason: scene.act.note ?? '' } })
  },
  async agreeDemand(scene) {
    await settleDemand(scene, 'agreed')
    await step(scene, { details: { dueDate: dayOf(scene) }, set: { due_date: dayOf(scene) } })
  },
  async declineDemand(scene) {
    await settleDemand(scene, 'declined')
    await step(scene)
  },
}

const settleDemand = ({ c, partId, act }: Scene, outcome: 'agreed' | 'declined'): Promise<unknown> =>
  c
    .db('request_demands')
    .where({ part_id: partId, outcome: 'open' })
    .update({ outcome, outcome_reason: act.note ?? null, outcome_at: c.at })

interface Target {
  id: number
  name: string
  country: string
  mayRefuse: boolean
}

async function targetOf({ c, loading, act, moduleId }: Scene): Promise<Target> {
  const id = idOf(loading.authorities, act.to ?? '')
  return c
    .db('authorities as a')
    .join('grants as g', 'g.authority_id', 'a.id')
    .where({ 'a.id': id, 'g.module_id': moduleId })
    .first('a.id', 'a.official_name as name', 'a.country', 'g.may_refuse as mayRefuse')
}

const arrivalAt = ({ id, country, mayRefuse }: Target, at: Date) => ({
  responder_id: id,
  responder_country: country,
  may_refuse: mayRefuse,
  arrived_at: at,
  coordinator_id: null,
  due_date: null,
  accepted_at: null,
})
