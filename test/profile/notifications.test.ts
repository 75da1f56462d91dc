import { afterAll, beforeAll, expect, test } from 'vitest'
import { queue } from '../../src/platform/mail/queue.ts'
import { historyOf } from '../sessions/support.ts'
import { type World, world } from '../support/app.ts'
import { type AnAuthority, anAuthority, aUser, type AUser } from '../support/factories.ts'

let w: World
let authority: AnAuthority
beforeAll(async () => {
  w = await world()
  authority = await anAuthority(w.knex)
})
afterAll(() => w.close())

const suspended = (user: AUser): Promise<number> =>
  w.db.app.transaction(trx =>
    queue(trx, w.config.keys, w.clock.now(), {
      to: user.email.toUpperCase(),
      language: 'en',
      template: 'grants/suspended',
      values: { authority: 'A', module: 'M', changedBy: 'K' },
      path: '/grants/7',
    }),
  )

test('mails come at once until somebody chooses one a day; the history has both', async () => {
  const user = await aUser(w.knex, authority)
  const someone = await w.signedIn(user)
  const profile = await someone.visit('/profile')
  expect(profile.details()['Notifications by e-mail']).toContain('At once')
  const page = await someone.visit('/profile/edit')
  expect(page.values('Save')).toMatchObject({ notifications: 'atOnce' })
  const done = await page.submit('Save', { notifications: 'Once a day' })
  expect(done.details()['Notifications by e-mail']).toContain('Once a day')
  expect((await historyOf(w, user.id)).at(-1)).toMatchObject({
    event: 'profile.edited',
    details: { before: { notifications: 'atOnce' }, after: { notifications: 'daily' } },
  })
})

test('with the choice of at once, what was collected goes out as one mail; other changes send nothing', async () => {
  const user = await aUser(w.knex, authority)
  const someone = await w.signedIn(user)
  await (await someone.visit('/profile/edit')).submit('Save', { notifications: 'Once a day' })
  const ids = [await suspended(user), await suspended(user)]
  const collected = () => w.knex('emails').whereIn('id', ids).orderBy('id').pluck('digest_id')
  await (await someone.visit('/profile/edit')).submit('Save', { familyName: 'Lind' })
  expect(await collected()).toEqual([null, null])
  await (await someone.visit('/profile/edit')).submit('Save', { notifications: 'At once' })
  const digest = (await w.mails()).at(-1)
  expect(digest).toMatchObject({ template: 'digest/daily', to_address: user.email, state: 'waiting', path: '/actions' })
  expect(await collected()).toEqual([digest?.id, digest?.id])
  const alone = await suspended(user)
  expect((await w.mails()).find(({ id }) => id === alone)).toMatchObject({ digest_of: null })
})

test('another choice than these two is a mistake', async () => {
  const page = await (await w.signedIn(await aUser(w.knex, authority))).visit('/profile/edit')
  const refused = await page.submit('Save', {}, { status: 422, forged: { notifications: 'never' } })
  expect(refused.errors()).toEqual([{ field: 'notifications', message: 'Select when you want to be told by e-mail.' }])
})
