import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import { aCountry, type Country, fileOf } from './inviting.ts'

let w: World
let country: Country
let path: string
beforeAll(async () => {
  w = await world()
  country = await aCountry(w)
  const preview = await (
    await country.manager.visit('/invitations/import')
  ).submit('Read the file', { text: fileOf(101) })
  path = (await preview.submit('Submit 101 invitations')).url
})
afterAll(() => w.close())

const withdraw = async (email: string) => {
  const { id } = await w.knex('invitations').where({ email }).first('id')
  await (await country.manager.visit(`/invitations/${id}/withdrawal`)).submit('Withdraw invitation')
}
const withdrawAll = () => w.knex('invitations').where({ status: 'held' }).update({ status: 'withdrawn' })

describe('a held submission of which something was withdrawn', () => {
  test('counts what is left, wherever it is counted', async () => {
    const { manager, commission } = country
    await withdraw('office7@many.test')
    expect((await manager.visit(path)).details()).toMatchObject({ Submitted: '101', Withdrawn: '1', Held: '100' })
    expect((await manager.visit('/actions')).text).toContain('Confirm 100 held invitations')
    const confirmation = await manager.visit(`${path}/confirmation`)
    expect(confirmation.text).toContain('100 invitations are held')
    await confirmation.submit('These invitations are meant: confirm')
    await withdraw('office8@many.test')
    expect((await commission.visit('/held-invitations')).table(0)[0]).toMatchObject({ Invitations: '99' })
    expect((await commission.visit('/actions')).text).toContain('Release or refuse 99 held invitations')
    expect((await commission.visit(`${path}/release`)).text).toContain('99 invitations are sent')
  })

  test('withdrawn as a whole, it waits for nobody and cannot be decided of', async () => {
    const { manager, commission } = country
    const [release, refusal] = [await commission.visit(`${path}/release`), await commission.visit(`${path}/refusal`)]
    await withdrawAll()
    const NOTHING = 'All invitations of this submission have been withdrawn'
    for (const form of [
      await release.submit('Release invitations', {}, { status: 422 }),
      await refusal.submit('Refuse the submission', { reason: 'Too many' }, { status: 422 }),
    ])
      expect(form.text).toContain(NOTHING)
    expect(await w.knex('invitation_submissions').first('state')).toEqual({ state: 'confirmed' })
    for (const page of [path, `${path}/release`, `${path}/refusal`])
      expect((await commission.visit(page)).text).toContain(NOTHING)
    expect((await manager.visit(path)).text).toContain(NOTHING)
    expect((await commission.visit('/held-invitations')).text).toContain('Nothing is held')
    expect((await commission.visit('/actions')).text).not.toContain('held invitation')
  })
})
