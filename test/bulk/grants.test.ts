import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { indexAllWords } from '../../src/authorities/index.ts'
import { ALERTS, DATA_ADMINISTRATOR, type Granting, granting, REQUESTS } from '../grants/granting.ts'
import { type World, world } from '../support/app.ts'
import { countQueries } from '../support/count-queries.ts'
import type { Page } from '../support/page.ts'
import { aDelegation, aGrant, type AnAuthority, anAuthority, aUser, moduleId } from '../support/factories.ts'
import { itemsOf, labelled, worked } from './choosing.ts'

const PREVIEW = 'Preview'
const NAME = 'Professional qualifications – requests'

let w: World
let g: Granting
let alfa: AnAuthority
let beta: AnAuthority
beforeAll(async () => {
  w = await world()
  g = await granting(w)
})
beforeEach(async () => {
  await w.knex('task_items').delete()
  await w.knex('grant_coordinators').delete()
  await w.knex('grants').whereNot({ authority_id: g.nimic.id }).delete()
  await w.knex('authority_access_managers').delete()
  alfa = await g.anAgency({ officialName: 'Alfa' })
  beta = await g.anAgency({ officialName: 'Beta', region: 'SE11', level: 'regional' })
  await indexAllWords(w.knex)
})
afterAll(() => w.close())

const opened = async (who = g.manager, code = REQUESTS) =>
  who.visit(`/bulk-grants/new?module=${await moduleId(w.knex, code)}`)
const offered = (page: Page) => labelled(page, PREVIEW, 'authority')

describe('granting a module to many', () => {
  test('module, authorities and defaults, preview, work, result; each is told by mail and has its entry in the history', async () => {
    const user = await aUser(w.knex, alfa, { administrator: true })
    const choose = await g.manager.visit('/bulk-grants/new')
    expect(choose.h1).toBe('Grant a module to many')
    const form = await choose.submit('Continue', { module: NAME })
    expect(form.values(PREVIEW)).toMatchObject({
      mine: 'yes',
      takesPartInReferrals: 'yes',
      coordinator: '',
      role: null,
    })
    expect(offered(form)).toEqual(['Alfa', 'Beta'])
    const before = (await w.mails()).length
    const preview = await form.submit(PREVIEW, { role: 'Authority', authority: ['Alfa', 'Beta'], usesAllocation: true })
    expect(preview.text).toContain('2 authorities will get the module.')
    expect(await w.knex('task_items')).toEqual([])
    const task = await preview.submit('Grant the module to 2 authorities')
    expect(task.url).toMatch(/^\/tasks\/\d+$/)
    await worked(w, task, 2)
    const done = await g.manager.visit(task.url)
    expect(done.text).toContain('The work is finished.')
    expect(done.table('What was done').map(({ What }) => What)).toEqual(['Alfa', 'Beta'])
    for (const agency of [alfa, beta]) {
      const [grant] = await g.grantsOf(agency)
      expect(grant).toMatchObject({ role: 'authority', uses_allocation: true, may_refuse: false })
      expect(await w.knex('grant_coordinators').where({ grant_id: grant.id }).pluck('coordinator_id')).toEqual([
        g.nimic.id,
      ])
      expect(await w.knex('audit_events').where({ event: 'grant.given', subject_id: grant.id })).toHaveLength(1)
    }
    const mails = (await w.mails()).slice(before)
    expect(mails.map(({ template, to_address }) => [template, to_address])).toEqual([['grants/given', user.email]])
    expect(await w.knex('audit_events').where({ event: 'bulkGrant.started' })).toHaveLength(1)
  })

  test('what will fail is named with its reason before, and as result after', async () => {
    await aGrant(w.knex, alfa, REQUESTS, { coordinators: [g.nimic] })
    await g.anAgency({ officialName: 'Delta', status: 'deactivated' })
    await indexAllWords(w.knex)
    const form = await opened()
    const preview = await form.submit(PREVIEW, { role: 'Authority', authority: ['Alfa', 'Beta', 'Delta'] })
    expect(preview.text).toContain('1 authority will get the module.')
    expect(preview.table('Authorities that cannot get the module')).toEqual([
      { Authority: 'Alfa', Reason: 'The authority already has this module' },
      { Authority: 'Delta', Reason: 'The authority is not active' },
    ])
    await worked(w, await preview.submit('Grant the module to 1 authority'))
    expect(await itemsOf(w)).toEqual([
      { label: 'Alfa', state: 'failed', reason: 'bulk:reason.granted' },
      { label: 'Beta', state: 'done', reason: null },
      { label: 'Delta', state: 'failed', reason: 'bulk:reason.notActive' },
    ])
  })

  test('all that were found are taken with one box; filters keep what was typed and ticked', async () => {
    const first = await opened()
    const searched = await first.submit('Search', { authority: ['Alfa'], level: 'Regional', role: 'Authority' })
    expect(searched.text).not.toContain('Nothing has been saved yet')
    expect(offered(searched)).toEqual(['Alfa', 'Beta'])
    expect(searched.values(PREVIEW)).toMatchObject({
      authority: [String(alfa.id)],
      role: 'authority',
      level: 'regional',
    })
    expect(searched.text).toContain('All that were found (1)')
    const preview = await searched.submit(PREVIEW, { all: true })
    expect(preview.text).toContain('2 authorities will get the module.')
  })

  test('the preview leads back to the form as it was', async () => {
    const preview = await (
      await opened()
    ).submit(PREVIEW, { role: 'Coordinator', authority: ['Beta'], mayRefuse: true })
    const back = await preview.submit('Change')
    expect(back.values(PREVIEW)).toMatchObject({ role: 'coordinator', authority: [String(beta.id)], mayRefuse: 'yes' })
  })

  test('where several coordinators could be linked, the one of the region is, and none where none is the only one', async () => {
    await w
      .knex('grants')
      .where({ authority_id: g.nimic.id })
      .update({ status: 'suspended', suspended_at: w.clock.now() })
    const coordinators = [await anAuthority(w.knex, { region: 'SE11' }), await anAuthority(w.knex)]
    for (const one of coordinators) await aGrant(w.knex, one, REQUESTS, { role: 'coordinator' })
    const preview = await (await opened()).submit(PREVIEW, { role: 'Authority', authority: ['Alfa', 'Beta'] })
    expect(preview.table('Authorities that cannot get the module').map(({ Authority }) => Authority)).toEqual(['Alfa'])
    await worked(w, await preview.submit('Grant the module to 1 authority'))
    const [grant] = await g.grantsOf(beta)
    expect(await w.knex('grant_coordinators').where({ grant_id: grant.id }).pluck('coordinator_id')).toEqual([
      coordinators[0]?.id,
    ])
    await w.knex('grants').where({ authority_id: g.nimic.id }).update({ status: 'active', suspended_at: null })
  })

  test('the keywords of the module are ticked once for all, shown before, and lead to each of them afterwards', async () => {
    const form = await opened()
    expect(labelled(form, PREVIEW, 'keywords')).toContain('Midwife')
    const wishes = { role: 'Authority', authority: ['Alfa', 'Beta'], keywords: ['Midwife', 'Dentist'] }
    const preview = await form.submit(PREVIEW, wishes)
    expect(preview.details().Keywords).toBe('Dentist Midwife')
    expect((await preview.submit('Change')).values(PREVIEW).keywords).toHaveLength(2)
    await worked(w, await preview.submit('Grant the module to 2 authorities'))
    for (const agency of [alfa, beta]) {
      const [grant] = await g.grantsOf(agency)
      expect(await w.knex('grant_keywords').where({ grant_id: grant.id })).toHaveLength(2)
    }
    const found = await g.manager.visit('/authorities?q=midwife')
    expect(found.text).toContain('Beta')
  })

  test('a keyword of another legislative area is refused before anything happens', async () => {
    const { id } = await w
      .knex('keywords')
      .join('modules as m', 'm.legislative_area_id', 'keywords.legislative_area_id')
      .where('m.code', 'patients-rights-requests')
      .first('keywords.id')
    const wishes = { role: 'Authority', authority: ['Alfa'] }
    const page = await (await opened()).submit(PREVIEW, wishes, { status: 422, forged: { keywords: String(id) } })
    expect(page.errors().map(({ message }) => message)).toEqual(['Select only keywords that belong to this module'])
  })

  test('all mistakes are named at once', async () => {
    const page = await (await opened()).submit(PREVIEW, { approvesRequests: true }, { status: 422 })
    expect(page.errors().map(({ message }) => message)).toEqual([
      'Select the role of the authority in this module',
      'Select at least one authority',
    ])
  })

  test('who manages for other modules is not offered this one; what lies outside fails', async () => {
    const delegate = await anAuthority(w.knex)
    await aDelegation(w.knex, delegate, { modules: [REQUESTS], region: 'SE11' })
    const someone = await w.signedIn(await aUser(w.knex, delegate, DATA_ADMINISTRATOR))
    const choose = await someone.visit('/bulk-grants/new')
    expect(labelled(choose, 'Continue', 'module')).toEqual([NAME])
    expect((await opened(someone, ALERTS)).buttons).toContain('Continue')
    const all = await (await opened(someone)).submit('Search', { mine: 'No', q: 'Alfa' })
    const preview = await all.submit(PREVIEW, { role: 'Authority', authority: ['Alfa'] })
    expect(preview.table('Authorities that cannot get the module')[0]?.Reason).toContain('outside your delegation')
    expect(preview.buttons).not.toContain('Grant the module to 0 authorities')
  })

  test('who loses the delegation before the work is done grants nothing', async () => {
    const omega = await g.anAgency({ officialName: 'Omega' })
    await indexAllWords(w.knex)
    const delegate = await anAuthority(w.knex)
    await aDelegation(w.knex, delegate)
    const someone = await w.signedIn(await aUser(w.knex, delegate, DATA_ADMINISTRATOR))
    const all = await (await opened(someone)).submit('Search', { mine: 'No', q: 'Omega' })
    const preview = await all.submit(PREVIEW, { role: 'Authority', all: true })
    const task = await preview.submit('Grant the module to 1 authority')
    await w.knex('delegations').where({ authority_id: delegate.id }).delete()
    await worked(w, task)
    expect(await itemsOf(w)).toMatchObject([{ state: 'failed', reason: 'bulk:reason.outside' }])
    expect(await w.knex('grants').where({ authority_id: omega.id })).toEqual([])
  })

  test('a basic user does not get there', async () => {
    const someone = await w.signedIn(await aUser(w.knex, alfa, { administrator: true }))
    await someone.visit('/bulk-grants/new', { status: 403 })
  })

  test('the page and the preview cost the same with one authority and with 30', async () => {
    const ask = async () => {
      const form = await opened()
      await form.submit(PREVIEW, { role: 'Authority', all: true })
    }
    const few = await countQueries(w, ask)
    for (let i = 0; i < 30; i += 1) await g.anAgency()
    await indexAllWords(w.knex)
    expect(await countQueries(w, ask)).toBe(few)
  })
})
