import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listOpinions } from '../../src/requests/replying/queries.ts'
import type { Someone } from '../support/browser.ts'
import {
  at,
  CLOSE,
  contest,
  declined,
  lastDemand,
  OPINE,
  PROVIDE,
  REFER,
  referred,
  toRequesters,
  toResponders,
} from './demanding.ts'
import { type Exchange, historyOf, mailsAbout } from './replying.ts'

let x: Exchange
let requesting: Someone
let responding: Someone
beforeAll(async () => {
  x = await contest()
  requesting = await x.w.signedIn(x.from.referee)
  responding = await x.w.signedIn(x.to.referee)
})
afterAll(() => x.close())

describe('a referral', () => {
  test('who takes part is fixed, told, and gives its opinion; with the last one it is decided', async () => {
    const request = await declined(x)
    const page = await x.requester.visit(at(request, 'referral'))
    expect(page.details()).toEqual({
      'Coordinator of the requesting authority': x.from.coordinator.officialName,
      'Coordinator of the responding authority': x.to.coordinator.officialName,
    })
    await page.submit(REFER)
    expect(await x.part(request)).toMatchObject({ status: 'in referral' })
    expect((await mailsAbout(x.w, request)).slice(4)).toEqual([
      `requests/referral ${x.from.referee.email}`,
      `requests/referral ${x.to.referee.email}`,
      ...toResponders(x, 'referred'),
    ])
    // Only the requester's side shows its coordinator what the request says.
    const first = await requesting.visit(at(request, 'opinion'))
    expect(first.text).toContain('Årtal saknas')
    expect(first.text).toContain('Não temos')
    const none = await first.submit(OPINE, {}, { status: 422 })
    expect(none.errors().map(({ field }) => field)).toEqual(['mustBeGiven', 'text'])
    await none.submit(OPINE, { mustBeGiven: 'yes', text: 'Direktivet kräver det', language: 'sv' })
    expect(await x.part(request)).toMatchObject({ status: 'in referral' })
    expect((await requesting.visit(at(request, 'opinion'), { status: 403 })).status).toBe(403)

    const second = await responding.visit(at(request, 'opinion'))
    expect(second.text).not.toContain('Årtal saknas')
    expect(second.text).toContain('without seeing the content')
    await second.submit(OPINE, { mustBeGiven: 'no', text: 'Não é necessário', language: 'pt' })
    expect(await x.part(request)).toMatchObject({ status: 'referral decided' })
    expect(await listOpinions(x.w.knex, [request.id])).toMatchObject([
      { referral: 1, forRequester: true, forResponder: false, mustBeGiven: true, text: 'Direktivet kräver det' },
      { referral: 1, forRequester: false, forResponder: true, mustBeGiven: false, language: 'pt' },
    ])
    expect((await mailsAbout(x.w, request)).slice(8)).toEqual([
      ...toRequesters(x, 'opinion'),
      ...toResponders(x, 'opinion'),
      ...toRequesters(x, 'decided'),
      ...toResponders(x, 'decided'),
    ])
    expect((await historyOf(x.w.knex, request)).slice(2)).toEqual([
      'refer: additional declined > in referral (both)',
      'giveOpinion: in referral > in referral (both)',
      'giveOpinion: in referral > referral decided (both)',
    ])
  })

  test('the information is provided after all, by a date ahead; a later referral asks anew', async () => {
    const request = await referred(x)
    const page = await x.responder.visit(at(request, 'providing'))
    expect((await page.submit(PROVIDE, { dueDate: '2026-11-20' }, { status: 422 })).errors()).toEqual([
      { field: 'dueDate', message: 'Enter a date that is later than today' },
    ])
    await page.submit(PROVIDE, { dueDate: '2026-12-15' })
    expect(await x.part(request)).toMatchObject({ status: 'additional accepted', due_date: '2026-12-15' })
    expect((await lastDemand(x, request))?.outcome).toBe('provided')
    expect((await listOpinions(x.w.knex, [request.id])).map(({ fallenAway }) => fallenAway)).toEqual([true, true])

    await x.w.knex('request_parts').where({ id: request.id }).update({ status: 'additional declined' })
    await (await x.requester.visit(at(request, 'referral'))).submit(REFER)
    expect((await listOpinions(x.w.knex, [request.id])).map(({ referral }) => referral)).toEqual([1, 1, 2, 2])
  })

  test('a coordinator of both sides gives one opinion; one that is a side itself gives none', async () => {
    const request = await declined(x)
    const { id: coordinator } = x.from.coordinator
    await x.w.knex('request_parts').where({ id: request.id }).update({ coordinator_id: coordinator })
    const page = await x.requester.visit(at(request, 'referral'))
    expect(page.details()).toEqual({ 'Coordinator of both authorities': x.from.coordinator.officialName })
    await page.submit(REFER)
    expect(await listOpinions(x.w.knex, [request.id])).toMatchObject([{ forRequester: true, forResponder: true }])
    await x.w.knex('request_opinions').where({ part_id: request.id }).delete()
    await x.w
      .knex('request_parts')
      .where({ id: request.id })
      .update({ status: 'additional declined', coordinator_id: x.to.authority.id })
    await x.w.knex('requests').where({ id: request.requestId }).update({ requester_coordinator_id: null })
    expect((await x.requester.visit(at(request, 'referral'))).text).toContain('The request cannot be referred')
  })

  test('where nobody takes part the page says why not and offers to close', async () => {
    const request = await declined(x)
    const set = (takes_part_in_referrals: boolean) =>
      x.w
        .knex('grants')
        .whereIn('authority_id', [x.from.coordinator.id, x.to.coordinator.id])
        .update({ takes_part_in_referrals })
    await set(false)
    const page = await x.requester.visit(at(request, 'referral'))
    await set(true)
    expect(page.text).toContain('neither authority has a coordinator that takes part')
    expect(page.buttons).not.toContain(REFER)
    await (await page.follow(CLOSE)).submit(CLOSE)
    expect(await x.part(request)).toMatchObject({ status: 'closed' })
  })

  test('20 parallel opinions of one coordinator: one counts', async () => {
    const request = await referred(x)
    const pages = await Promise.all(Array.from({ length: 20 }, () => requesting.visit(at(request, 'opinion'))))
    const sent = await Promise.all(
      pages.map((page, i) => {
        const { body, type } = page.prepared(OPINE, { mustBeGiven: i % 2 ? 'yes' : 'no', text: `Opinion ${i}` })
        const headers = { 'content-type': type ?? '' }
        return requesting.request('POST', at(request, 'opinion'), { ...(body && { body }), headers })
      }),
    )
    expect(sent.filter(({ status }) => status === 303)).toHaveLength(1)
    expect(sent.filter(({ status }) => status >= 500)).toEqual([])
    const history = await historyOf(x.w.knex, request)
    expect(history.filter(line => line.startsWith('giveOpinion'))).toHaveLength(1)
  })
})
