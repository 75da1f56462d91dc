import { afterAll, beforeAll, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import { aDelegation, anAuthority, type AnAuthority, aUser } from '../support/factories.ts'
import type { Someone } from '../support/browser.ts'
import { aCountry, codeTo, type Country, register, row, SUBMIT } from './inviting.ts'

let w: World
let country: Country
let inviter: AnAuthority
let inviting: Someone
beforeAll(async () => {
  w = await world()
  country = await aCountry(w)
  inviter = await anAuthority(w.knex, { managers: [country.nimic] })
  await aDelegation(w.knex, inviter)
  inviting = await w.signedIn(await aUser(w.knex, inviter, { administrator: true, dataAdministrator: 'all' }))
})
afterAll(() => w.close())

async function registered(name: string): Promise<number> {
  const email = `${name.toLowerCase()}@decided.test`
  await (await inviting.visit('/invitations/new')).submit(SUBMIT, row(1, email, name))
  await register(w, await codeTo(w, email), name)
  return (await w.knex('invitations').where({ email }).first<{ id: number }>('id')).id
}

const told = async () =>
  (await w.mails())
    .filter(({ template }) => template.endsWith('-by-another'))
    .map(({ to_address, template, path }) => ({ to_address, template, path }))

test('the inviter is told when the national coordinator validates in its stead', async () => {
  const id = await registered('Almby')
  await (await country.manager.visit(`/registrations/${id}`)).submit('Validate')
  expect(await told()).toEqual([
    { to_address: inviter.email, template: 'invitations/validated-by-another', path: `/invitations/${id}` },
  ])
  await inviting.visit(`/invitations/${id}`)
})

test('or rejects; and of what it decides itself it is not told', async () => {
  const before = (await told()).length
  const id = await registered('Bergby')
  await (await country.manager.visit(`/registrations/${id}/rejection`)).submit('Reject', { reason: 'Not an authority' })
  expect((await told()).slice(before)).toEqual([
    { to_address: inviter.email, template: 'invitations/rejected-by-another', path: `/invitations/${id}` },
  ])
  const own = await registered('Celby')
  await (await inviting.visit(`/registrations/${own}`)).submit('Validate')
  expect(await told()).toHaveLength(before + 1)
})
