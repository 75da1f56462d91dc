import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anAuthority, aUser } from '../support/factories.ts'
import { world, type World } from '../support/app.ts'
import { type ASide, aRequest, aSide } from '../support/requests.ts'

let w: World
let swedes: ASide
let danes: ASide

beforeAll(async () => {
  w = await world()
  swedes = await aSide(w.knex, { country: 'SE' })
  danes = await aSide(w.knex, { country: 'DK', settings: { coordinator_sees_details: true } })
})
afterAll(() => w.close())

interface Line {
  step: string
  by: ASide
  user?: { id: number }
  seenBy?: 'both' | 'requester' | 'responder'
  from?: string
  to?: string
  note?: string
  details?: object
}

let minutes = 0
async function happened(partId: number, { step, by, user, seenBy = 'both', from, to, note = '', details }: Line) {
  minutes += 1
  await w.knex('request_steps').insert({
    part_id: partId,
    at: new Date(Date.parse('2026-11-02T09:00:00Z') + minutes * 60_000),
    step,
    from_status: from ?? 'accepted',
    to_status: to ?? 'accepted',
    user_id: user?.id ?? null,
    authority_id: by.authority.id,
    note,
    note_language: note ? 'da' : null,
    details: JSON.stringify(details ?? {}),
    seen_by: seenBy,
  })
}

const historyFor = async (user: { id: number }, id: number) =>
  (await (await w.signedIn(user)).visit(`/requests/${id}/history`)).text

describe('the history of a request', () => {
  test('names the people of the own side and the authority of the other', async () => {
    const { id } = await aRequest(w.knex, { from: swedes, to: danes, status: 'accepted' })
    await happened(id, {
      step: 'accept',
      by: danes,
      user: danes.handler,
      from: 'sent',
      note: 'Vi kan ikke før',
      details: { dueDate: '2026-12-24' },
    })
    const theirs = await historyFor(swedes.handler, id)
    expect(theirs).toContain('Request accepted')
    expect(theirs).toContain('Agreed date for the answer: 24 December 2026')
    expect(theirs).toContain(danes.authority.officialName)
    expect(theirs).not.toContain(danes.handler.name)
    expect(theirs).toContain(swedes.handler.name)
    expect(theirs).toContain('Vi kan ikke før')
    const own = await historyFor(danes.handler, id)
    expect(own).toContain(danes.handler.name)
    expect(own).not.toContain(swedes.handler.name)
  })

  test('tells those with the overview what happened and not what was said', async () => {
    const { id } = await aRequest(w.knex, { from: swedes, to: danes, status: 'refused' })
    await happened(id, { step: 'refuse', by: danes, user: danes.handler, from: 'sent', to: 'refused', note: 'Nej tak' })
    for (const person of [swedes.basic, swedes.coordinatorBasic, danes.administrator, danes.approver]) {
      const text = await historyFor(person, id)
      expect(text).toContain('Request refused')
      expect(text).not.toContain('Nej tak')
    }
  })

  test("shows each side its own business and not the other's", async () => {
    const { id } = await aRequest(w.knex, { from: swedes, to: danes, status: 'accepted' })
    await happened(id, {
      step: 'return',
      by: swedes,
      seenBy: 'requester',
      from: 'awaiting approval',
      to: 'draft',
      note: 'Skriv mer',
    })
    await happened(id, { step: 'replyFully', by: danes, seenBy: 'responder', to: 'reply awaiting approval' })
    await happened(id, {
      step: 'returnReply',
      by: danes,
      seenBy: 'responder',
      from: 'reply awaiting approval',
      note: 'Ikke nok',
    })
    const requesting = await historyFor(swedes.handler, id)
    expect(requesting).toContain('Request returned')
    expect(requesting).toContain('Skriv mer')
    for (const hidden of ['Full reply', 'Reply returned', 'Ikke nok', 'Reply awaiting approval'])
      expect(requesting).not.toContain(hidden)
    const responding = await historyFor(danes.handler, id)
    for (const shown of ['Full reply', 'Reply returned', 'Ikke nok', 'Reply awaiting approval'])
      expect(responding).toContain(shown)
    expect(responding).not.toContain('Request returned')
    const basic = await historyFor(danes.basic, id)
    expect(basic).not.toContain('Reply returned')
    expect(await historyFor(swedes.coordinatorBasic, id)).toContain('Request returned')
  })

  test('shows what was said before approval to nobody but the requester and its coordinators', async () => {
    const { id } = await aRequest(w.knex, { from: swedes, to: danes, status: 'sent' })
    await happened(id, { step: 'changeCoordinator', by: swedes, from: 'awaiting approval', to: 'awaiting approval' })
    const observer = await anAuthority(w.knex, { country: 'SE' })
    await w
      .knex('linked_authorities')
      .insert({ authority_id: swedes.authority.id, observer_id: observer.id, since: w.clock.now() })
    expect(await historyFor(swedes.basic, id)).toContain('Coordinator replaced')
    for (const person of [danes.handler, danes.basic, await aUser(w.knex, observer)])
      expect(await historyFor(person, id)).not.toContain('Coordinator replaced')
  })

  test('shows the new responder nothing of what the former one did for itself', async () => {
    const { id } = await aRequest(w.knex, { from: swedes, to: danes, status: 'sent' })
    const others = await aSide(w.knex, { country: 'DE' })
    await happened(id, { step: 'allocate', by: others, seenBy: 'responder' })
    await happened(id, { step: 'forward', by: others, to: 'sent', details: { to: danes.authority.officialName } })
    await happened(id, { step: 'allocate', by: danes, user: danes.allocator, seenBy: 'responder' })
    const text = await historyFor(danes.handler, id)
    expect(text.match(/Allocated/g)).toHaveLength(1)
    expect(text).toContain(`To: ${danes.authority.officialName}`)
  })

  test('reads an approved reply as the reply for the requester, as the approval for the responder', async () => {
    const { id } = await aRequest(w.knex, { from: swedes, to: danes, status: 'answered' })
    await happened(id, {
      step: 'approveReply',
      by: danes,
      seenBy: 'responder',
      from: 'reply awaiting approval',
      to: 'answered',
    })
    await happened(id, { step: 'replyFully', by: danes, seenBy: 'requester', to: 'answered' })
    const requesting = await historyFor(swedes.basic, id)
    expect(requesting).toContain('Full reply')
    expect(requesting).not.toContain('Reply approved')
    const responding = await historyFor(danes.basic, id)
    expect(responding).toContain('Reply approved')
    expect(responding).not.toContain('Full reply')
  })
})
