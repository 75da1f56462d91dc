import { afterAll, beforeAll, expect, test } from 'vitest'
import { findModule, listKeywords, listModules, nameIn, rolesIn } from '../../src/modules/index.ts'
import { type World, world } from '../support/app.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w.close())

test.each([
  ['requests', 'authority', false, ['handler']],
  ['requests', 'authority', true, ['handler', 'allocator']],
  ['requests', 'coordinator', false, ['handler', 'approver', 'referee']],
  ['requests', 'coordinator', true, ['handler', 'allocator', 'approver', 'referee']],
  ['alerts', 'authority', false, ['alert handler']],
  ['alerts', 'coordinator', false, ['alert handler']],
] as const)('%s, %s, allocation %s: people can be %j', (workflow, role, usesAllocation, roles) => {
  expect(rolesIn(workflow, { role, usesAllocation })).toEqual(roles)
})

test('a name is in the reader’s language, else in English', () => {
  const names = { en: 'Services', sv: 'Tjänster' }
  expect(['sv', 'en', 'lv'].map(lang => nameIn(names, lang))).toEqual(['Tjänster', 'Services', 'Services'])
})

test('each module belongs to a legislative area with keywords of its own', async () => {
  const modules = await listModules(w.db.app)
  expect(modules.map(module => module.code)).toContain('services-alerts')
  for (const module of modules) {
    expect(await findModule(w.db.app, module.id)).toEqual(module)
    expect((await listKeywords(w.db.app, module.areaId)).length).toBeGreaterThan(0)
    expect(nameIn(module.names, 'en')).toContain(nameIn(module.areaNames, 'en'))
  }
  expect(await findModule(w.db.app, 2_147_483_647)).toBeUndefined()
})
