import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AnAuthority, AUser } from '../support/factories.ts'
import { aRequest, type ASide } from '../support/requests.ts'
import { APPROVING, crossing, type Crossing, suspend, waitingFor } from './crossing.ts'

/** "The list of what waits stands on the page before suspending, changing the role, deactivating" (requests.md). */
let x: Crossing
beforeAll(async () => {
  x = await crossing()
})
afterAll(() => x.close())

const pages = {
  suspension: async ({ id }: AnAuthority) => {
    const grant = await x.w.knex('grants').where({ authority_id: id }).first<{ id: number }>('id')
    return `/grants/${grant.id}/suspension`
  },
  role: async ({ id }: AnAuthority) => {
    const grant = await x.w.knex('grants').where({ authority_id: id }).first<{ id: number }>('id')
    return `/grants/${grant.id}/role`
  },
  deactivation: ({ id }: AnAuthority) => `/authorities/${id}/deactivation`,
}

const textOf = async (office: AUser, page: keyof typeof pages, authority: AnAuthority): Promise<string> =>
  (await (await x.w.signedIn(office)).visit(await pages[page](authority))).text

/** What waits for the coordinators of both sides: a request, a reply, two opinions; and a request with nothing. */
async function muchWaits(): Promise<{ from: ASide; to: ASide }> {
  const { from, to } = await x.sides(APPROVING)
  for (const what of ['request', 'reply', 'opinion', 'nothing'] as const) await waitingFor(x, what, { from, to })
  return { from, to }
}

test('before a coordinator’s module is suspended: what it finishes', async () => {
  const { from, to } = await muchWaits()
  const requester = await textOf(await x.office(from), 'suspension', from.coordinator)
  expect(requester).toContain('What waits in requests')
  expect(requester).toContain('1 request waits for its approval')
  expect(requester).toContain('1 opinion is still to come from it')
  expect(requester).not.toContain('reply waits')
  const responder = await textOf(await x.office(to), 'suspension', to.coordinator)
  expect(responder).toContain('1 reply waits for its approval')
  expect(responder).not.toContain('1 request waits for its approval')
})

describe('before a coordinator is one no more', () => {
  test.each(['role', 'deactivation'] as const)('by its %s: what passes to the national coordinator', async page => {
    const { from, to } = await muchWaits()
    const heirs = [
      await x.office(from, ['approver', 'referee'], { approves_requests: true, takes_part_in_referrals: true }),
      await x.office(to, ['approver', 'referee'], { approves_replies: true, takes_part_in_referrals: true }),
    ] as const
    await suspend(x.w, heirs[0], from.coordinator)
    await suspend(x.w, heirs[1], to.coordinator)
    const requester = await textOf(heirs[0], page, from.coordinator)
    const heir = from.national.officialName
    expect(requester).toMatch(new RegExp(`${heir} takes its place as coordinator in \\d requests`))
    expect(requester).toContain(`1 request waits for the approval of ${heir} instead`)
    expect(requester).toContain(`${heir} is asked for 1 opinion instead`)
    const responder = await textOf(heirs[1], page, to.coordinator)
    expect(responder).toContain(`1 reply waits for the approval of ${to.national.officialName} instead`)
    expect(responder).not.toContain('returned')
  })

  test('where the national coordinator approves nothing: what is returned and falls away', async () => {
    const { from, to } = await muchWaits()
    const none = { approves_requests: false, approves_replies: false, takes_part_in_referrals: false }
    const offices = [await x.office(from, [], none), await x.office(to, [], none)] as const
    await suspend(x.w, offices[0], from.coordinator)
    await suspend(x.w, offices[1], to.coordinator)
    const requester = await textOf(offices[0], 'deactivation', from.coordinator)
    expect(requester).toContain('1 request that waits for its approval is returned to the requesting authority')
    expect(requester).toContain('1 opinion that is still to come falls away')
    const responder = await textOf(offices[1], 'deactivation', to.coordinator)
    expect(responder).toContain('1 reply that waits for its approval is returned to the responding authority')
  })
})

test('before a side is suspended or deactivated: its own open requests', async () => {
  const { from, to } = await x.sides()
  const office = await x.office(from)
  expect(await textOf(office, 'suspension', from.authority)).toContain('No request is open.')
  const at = x.w.clock.now()
  for (const status of ['sent', 'accepted', 'closed'] as const) await aRequest(x.w.knex, { from, to, status, at })
  await aRequest(x.w.knex, { from, to, status: 'awaiting approval', at })
  const before = await textOf(office, 'suspension', from.authority)
  expect(before).toContain('2 open requests that it has sent go on to their end')
  expect(before).toContain('1 of its requests waits for approval and is not sent meanwhile')
  const other = await textOf(await x.office(to), 'suspension', to.authority)
  expect(other).toContain('2 open requests that it has received go on to their end')
  expect(other).not.toContain('waits for approval')
  await suspend(x.w, office, from.authority)
  expect(await textOf(office, 'deactivation', from.authority)).toContain('2 open requests that it has sent')
})
