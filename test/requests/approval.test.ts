import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import { aUser } from '../support/factories.ts'
import { type ASide, aSide, MODULE } from '../support/requests.ts'
import { complete, sent } from './drafts.ts'

const APPROVE = 'Approve and send'
const RETURN = 'Return to the authority'

let w: World
let swedes: ASide
let danes: ASide

beforeAll(async () => {
  w = await world()
  swedes = await aSide(w.knex, { country: 'SE', coordination: { approves_requests: true } })
  danes = await aSide(w.knex, { country: 'DK' })
})
afterAll(() => w.close())

/** A request that waits for the coordinator, sent by its handler. */
async function waiting(): Promise<number> {
  const { id } = await complete(w, { from: swedes, to: danes })
  const handler = await w.signedIn(swedes.handler)
  const page = await (await handler.visit(`/requests/${id}/sending`)).submit('Send request')
  expect(page.notice).toContain('waits for the approval')
  return id
}
const mailsTo = async (template: string, id: number): Promise<string[]> =>
  (await w.mails()).filter(one => one.template === template && one.about_id === id).map(one => one.to_address)
const grantsOf = ({ authority }: ASide) => w.knex('grants').where({ authority_id: authority.id })

describe('a request that waits for approval', () => {
  test('is approved by the coordinator and reaches the responder', async () => {
    const id = await waiting()
    expect(await mailsTo('requests/to-approve', id)).toEqual([swedes.approver.email])
    expect(await mailsTo('requests/received', id)).toEqual([])
    await (await w.signedIn(danes.handler)).visit(`/requests/${id}`, { status: 404 })
    const approver = await w.signedIn(swedes.approver)
    const page = await approver.visit(`/requests/${id}/approval`)
    expect(page.text).not.toMatch(/Holm|Fysio|Vi prövar/)
    const after = await page.submit(APPROVE, {}, { to: `/requests/${id}` })
    expect(after.notice).toContain('approved and sent')
    expect(await sent(w, id)).toMatchObject({ status: 'sent', arrived: true })
    expect((await mailsTo('requests/received', id)).sort()).toEqual([danes.handler.email, danes.colleague.email].sort())
    expect((await mailsTo('requests/approved', id)).sort()).toEqual(
      [swedes.handler.email, swedes.colleague.email].sort(),
    )
    await (await w.signedIn(danes.handler)).visit(`/requests/${id}`)
  })

  test('is approved once by twenty at once: one mail to each, one entry', async () => {
    const id = await waiting()
    const people = await Promise.all(
      Array.from({ length: 20 }, () => aUser(w.knex, swedes.coordinator, { roles: { [MODULE]: ['approver'] } })),
    )
    const pages = await Promise.all(
      people.map(async person => (await w.signedIn(person)).visit(`/requests/${id}/approval`)),
    )
    const answers = await Promise.all(
      pages.map(page =>
        page.submit(APPROVE, {}, { follow: false, status: 303 }).then(
          () => 303,
          () => 422,
        ),
      ),
    )
    expect(answers.filter(status => status === 303)).toHaveLength(1)
    expect(await w.knex('audit_events').where({ event: 'request.approve', subject_id: id })).toHaveLength(1)
    expect((await mailsTo('requests/received', id)).sort()).toEqual([danes.handler.email, danes.colleague.email].sort())
    expect(await w.knex('request_steps').where({ part_id: id, step: 'approve' })).toHaveLength(1)
    const late = await (await w.signedIn(people[3]!)).visit(`/requests/${id}/approval`, { status: 409 })
    expect(late.text).toContain('Sent, awaiting acceptance')
  })

  test('cannot be approved when the conditions of sending no longer hold: the page says why', async () => {
    const id = await waiting()
    const approver = await w.signedIn(swedes.approver)
    const page = await approver.visit(`/requests/${id}/approval`)
    await grantsOf(danes).update({ status: 'suspended', suspended_at: w.clock.now() })
    const refused = await page.submit(APPROVE, {}, { status: 422 })
    expect(refused.text).toContain('can no longer be asked')
    expect(refused.buttons).not.toContain(APPROVE)
    const returned = await refused.follow(RETURN)
    expect(returned.url).toBe(`/requests/${id}/return`)
    await grantsOf(danes).update({ status: 'active', suspended_at: null })
    expect((await sent(w, id)).status).toBe('awaiting approval')
  })

  test('is returned with a reason that the authority reads, and nobody else', async () => {
    const id = await waiting()
    const approver = await w.signedIn(swedes.approver)
    const page = await approver.visit(`/requests/${id}/return`)
    const refused = await page.submit(RETURN, {}, { status: 422 })
    expect(refused.errors()).toEqual([{ field: 'reason', message: 'Enter the reason' }])
    await refused.submit(RETURN, { reason: 'Ask Norway first.' }, { to: '/actions' })
    await approver.visit(`/requests/${id}`, { status: 404 })
    expect((await mailsTo('requests/returned', id)).length).toBe(2)
    expect(JSON.stringify(await w.mails())).not.toContain('Norway')
    expect(JSON.stringify(await w.knex('audit_values'))).not.toContain('Norway')
    const draft = await (await w.signedIn(swedes.colleague)).visit(`/requests/${id}/editing`)
    expect(draft.text).toContain('Ask Norway first.')
    expect(draft.text).toContain(swedes.coordinator.officialName)
    await (await w.signedIn(danes.handler)).visit(`/requests/${id}`, { status: 404 })
  })

  test('is taken back by a handler and can be changed and sent again', async () => {
    const id = await waiting()
    const handler = await w.signedIn(swedes.handler)
    await handler.visit(`/requests/${id}/editing`, { status: 409 })
    const before = (await w.mails()).length
    await (
      await handler.visit(`/requests/${id}/taking-back`)
    ).submit('Take back from approval', {}, { to: `/requests/${id}/editing` })
    expect((await w.mails()).length).toBe(before)
    await handler.visit(`/requests/${id}/taking-back`, { status: 409 })
    await (await handler.visit(`/requests/${id}/sending`)).submit('Send request')
    expect((await sent(w, id)).status).toBe('awaiting approval')
  })

  test('is approved, returned and taken back by nobody else', async () => {
    const id = await waiting()
    for (const page of ['approval', 'return'])
      for (const person of [swedes.handler, swedes.referee, swedes.coordinatorBasic])
        await (await w.signedIn(person)).visit(`/requests/${id}/${page}`, { status: 403 })
    for (const person of [swedes.basic, swedes.approver])
      await (await w.signedIn(person)).visit(`/requests/${id}/taking-back`, { status: 403 })
    for (const page of ['approval', 'return', 'taking-back'])
      await (await w.signedIn(danes.approver)).visit(`/requests/${id}/${page}`, { status: 404 })
  })
})
