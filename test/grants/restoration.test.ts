import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type World, world } from '../support/app.ts'
import { acting, lastEvent, mailsSince, managerFor, outsiders, refusedTo } from './acting.ts'
import { type Granting, granting, REQUESTS } from './granting.ts'

const RESTORE = 'Give access again'

let w: World
let g: Granting
beforeAll(async () => {
  w = await world()
  g = await granting(w)
})
afterAll(() => w.close())

describe('giving access to a suspended module again', () => {
  test('as it was; told and recorded', async () => {
    const a = await acting(w, g, { status: 'suspended', settings: { may_refuse: true } })
    await w.knex('grants').where({ id: a.id }).update({ suspension_reason: 'Moved' })
    const before = (await w.mails()).length
    const tab = await g.manager.visit(`/authorities/${a.agency.id}/modules`)
    const done = await (await tab.follow({ href: a.at('restoration') })).submit(RESTORE)
    expect(done.notice).toContain('has access to Professional qualifications – requests again')
    expect(done.text).not.toContain('Suspended since')
    expect(await a.row()).toMatchObject({
      status: 'active',
      suspended_at: null,
      suspension_reason: '',
      may_refuse: true,
    })
    expect(await mailsSince(w, before)).toMatchObject([{ template: 'grants/restored', cc: [a.agency.email] }])
    expect(await lastEvent(w, a.id)).toMatchObject({
      event: 'grant.restored',
      details: { before: { status: 'suspended', reason: 'Moved' }, after: { status: 'active' } },
    })
  })

  test('one that is active is not offered it', async () => {
    const a = await acting(w, g)
    const page = await g.manager.visit(a.at('restoration'))
    expect(page.text).toContain('This module is not suspended')
    expect(page.buttons).not.toContain(RESTORE)
  })

  test('two at once: the second is told', async () => {
    const a = await acting(w, g, { status: 'suspended' })
    const theirs = await (await managerFor(w, REQUESTS)).visit(a.at('restoration'))
    await (await g.manager.visit(a.at('restoration'))).submit(RESTORE)
    const late = await theirs.submit(RESTORE, {}, { status: 422 })
    expect(late.errors()[0]?.message).toContain('not suspended')
  })

  test('a deactivated authority is reactivated first', async () => {
    const a = await acting(w, g, { status: 'suspended' })
    const page = await g.manager.visit(a.at('restoration'))
    await w.knex('authorities').where({ id: a.agency.id }).update({ status: 'deactivated', deactivated_at: new Date() })
    const refused = await page.submit(RESTORE, {}, { status: 422 })
    expect(refused.errors()[0]?.message).toContain('Reactivate the authority first')
    const tab = await g.manager.visit(`/authorities/${a.agency.id}/modules`)
    expect(tab.links.map(({ href }) => href)).not.toContain(a.at('restoration'))
  })
})

describe('who may not', () => {
  test.each(Object.keys(outsiders))('%s', async who => {
    const a = await acting(w, g, { status: 'suspended' })
    await refusedTo(await outsiders[who]!(w, g, a.agency), a, 'restoration')
  })

  test('the authority’s own administrator', async () => {
    const a = await acting(w, g, { status: 'suspended' })
    await refusedTo(a.administrator, a, 'restoration')
  })
})
