import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findActor } from '../../src/actor.ts'
import { days, hours } from '../../src/platform/clock.ts'
import { makeLog } from '../../src/platform/log.ts'
import { runTask, type TaskOffice } from '../../src/platform/jobs/tasks.ts'
import { taskWorks } from '../../src/tasks.ts'
import { world, type World } from '../support/app.ts'
import { aCountry, codeTo, type Country, fileOf, row, SUBMIT } from './inviting.ts'

/** 5,000 with MANY=5000, in less than two minutes; fewer here, by the same code. */
const MANY = Number(process.env.MANY ?? 1000)

let w: World
let country: Country
let office: TaskOffice
beforeAll(async () => {
  w = await world()
  country = await aCountry(w)
  const { config, clock, db } = w
  office = { db: db.app, keys: config.keys, clock, log: makeLog('error'), works: taskWorks, findActor }
})
afterAll(() => w.close())

const READ = 'Read the file'
const imported = async (count: number, domain: string) =>
  (await country.manager.visit('/invitations/import')).submit(READ, { text: fileOf(count, domain) })
const countOf = async (status: string, domain: string): Promise<number> =>
  Number((await w.knex('invitations').where({ status }).whereILike('email', `%@${domain}`).count('* as n'))[0]?.n)
const mailsTo = async (template: string) => (await w.mails()).filter(mail => mail.template === template)

describe('more than a hundred', () => {
  test('101 are held, confirmed by the inviter, released by the Commission, and sent', async () => {
    const { manager, commission, nimic } = country
    const held = await (await imported(101, 'big.test')).submit('Submit 101 invitations')
    expect(held.text).toContain('The submission is held')
    expect(await countOf('held', 'big.test')).toBe(101)
    expect(await mailsTo('invitations/invitation')).toHaveLength(0)
    const path = held.url
    // Not confirmed yet: the Commission sees it and cannot release it.
    const early = await commission.visit(`${path}/release`)
    expect(early.text).toContain('has not confirmed this submission yet')
    expect(early.buttons).not.toContain('Release invitations')

    const confirmed = await (
      await held.follow('Confirm the held submission')
    ).submit('These invitations are meant: confirm')
    expect(confirmed.text).toContain('waits for the decision')
    expect((await mailsTo('invitations/confirmed'))[0]?.values).toMatchObject({
      count: 101,
      inviter: 'Samordningsverket',
    })

    const list = await commission.visit('/held-invitations')
    expect(list.table(0)[0]).toMatchObject({ Invitations: '101' })
    w.clock.advance(days(1))
    const commissionNow = await w.signedIn(await w.knex('users').where({ imi_administrator: true }).first())
    const release = await commissionNow.visit(`${path}/release`)
    const task = await release.submit('Release invitations', {}, { to: /^\/tasks\/\d+$/ })
    const [released] = await mailsTo('invitations/released')
    expect(released).toMatchObject({ to_address: nimic.email, path })
    await w.knex('invitations').where({ email: 'office7@big.test' }).update({ status: 'withdrawn' })
    await runTask(office, Number(task.url.split('/').pop()))
    expect(await mailsTo('invitations/invitation')).toHaveLength(100)
    const one = await w.knex('invitations').where({ email: 'office8@big.test' }).first()
    expect(one.status).toBe('sent')
    expect(one.expires_at.getTime()).toBe(w.clock.now().getTime() + days(30))
    expect((await manager.visit('/', { status: 200 })).status).toBe(200)
  })

  test('a hundred in parts within a day: what goes beyond is held as a whole', async () => {
    w.clock.advance(days(2))
    const manager = await w.signedIn(country.user)
    const file = async (count: number, domain: string) =>
      (await manager.visit('/invitations/import'))
        .submit(READ, { text: fileOf(count, domain) })
        .then(page => page.submit(`Submit ${count} invitations`))
    await file(60, 'parta.test')
    expect(await countOf('sent', 'parta.test')).toBe(60)
    await file(41, 'partb.test')
    expect(await countOf('held', 'partb.test')).toBe(41)
    w.clock.advance(hours(25))
    const later = await w.signedIn(country.user)
    const page = await (await later.visit('/invitations/new')).submit(SUBMIT, row(1, 'x@partc.test', 'Quorum'))
    expect(page.details()).toMatchObject({ Submitted: '1' })
    expect(await countOf('sent', 'partc.test')).toBe(1)
  })

  test('refused by the Commission, both sides read why, and the rows can be corrected', async () => {
    const { nimic } = country
    const submission = await w.knex('invitation_submissions').where({ state: 'held' }).first()
    const path = `/invitation-submissions/${submission.id}`
    const manager = await w.signedIn(country.user)
    await (await manager.visit(`${path}/confirmation`)).submit('These invitations are meant: confirm')
    const commission = await w.signedIn(await w.knex('users').where({ imi_administrator: true }).first())
    const [page, late] = [await commission.visit(`${path}/refusal`), await commission.visit(`${path}/release`)]
    expect((await page.submit('Refuse the submission', {}, { status: 422 })).errors()).toHaveLength(1)
    const refused = await page.submit('Refuse the submission', { reason: 'These are schools' })
    expect(refused.text).toContain('These are schools')
    expect((await manager.visit(path)).text).toContain('These are schools')
    expect((await mailsTo('invitations/refused'))[0]).toMatchObject({ to_address: nimic.email, values: {} })
    expect(await countOf('refused', 'partb.test')).toBe(41)
    await commission.visit(`${path}/correction`, { status: 403 })
    await late.submit('Release invitations', {}, { status: 422 })
    for (const step of ['release', 'refusal']) {
      const again = await commission.visit(`${path}/${step}`)
      expect(again.text).toMatch(/This submission was refused by .*2026/)
      expect(again.buttons).toEqual(['Sign out'])
    }
    expect((await manager.visit(`${path}/confirmation`)).text).toContain('was refused by')
  })

  test('many at once: the page answers, they go out one by one and each once', { timeout: 180_000 }, async () => {
    w.clock.advance(days(3))
    const manager = await w.signedIn(country.user)
    const before = process.memoryUsage().rss
    const preview = await (
      await manager.visit('/invitations/import')
    ).submit(READ, {
      file: { name: 'all.csv', type: 'text/csv', content: Buffer.from(fileOf(MANY, 'all.test')) },
    })
    expect(preview.details()['Can be submitted']).toBe(`${MANY.toLocaleString('en')} invitations`)
    const held = await preview.submit(`Submit ${MANY.toLocaleString('en')} invitations`)
    await (await manager.visit(`${held.url}/confirmation`)).submit('These invitations are meant: confirm')
    const commission = await w.signedIn(await w.knex('users').where({ imi_administrator: true }).first())
    const started = performance.now()
    const task = await (await commission.visit(`${held.url}/release`)).submit('Release invitations')
    expect(performance.now() - started).toBeLessThan(10_000)
    const id = Number(task.url.split('/').pop())
    await Promise.all([runTask(office, id), runTask(office, id)])
    expect(performance.now() - started).toBeLessThan(120_000)
    const mails = (await mailsTo('invitations/invitation')).filter(mail => mail.to_address.endsWith('@all.test'))
    expect(new Set(mails.map(mail => mail.to_address)).size).toBe(MANY)
    expect(mails).toHaveLength(MANY)
    expect((process.memoryUsage().rss - before) / 2 ** 20).toBeLessThan(400)
    await (
      await w.stranger().visit('/register')
    ).submit('Go on', { code: await codeTo(w, `office${MANY - 1}@all.test`) }, { to: '/register/authority' })
  })
})
