import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { questionSets } from '../../seeds/reference/question-sets/all.ts'
import { listModules } from '../../src/modules/index.ts'
import { type World, world } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import { countQueries } from '../support/count-queries.ts'
import { aGrant, type AnAuthority, aNationalCoordinator, anAuthority, aUser } from '../support/factories.ts'

let w: World
let agency: AnAuthority
let basic: Someone
let moduleIds: Record<string, number>
beforeAll(async () => {
  w = await world()
  moduleIds = Object.fromEntries((await listModules(w.db.app)).map(({ code, id }) => [code, id]))
  const nimic = await aNationalCoordinator(w.knex, 'SE')
  agency = await anAuthority(w.knex, { officialName: 'Socialstyrelsen', managers: [nimic] })
  await aGrant(w.knex, agency, 'professional-qualifications-requests', { coordinators: [nimic] })
  await aGrant(w.knex, agency, 'services-alerts', { coordinators: [nimic] })
  basic = await w.signedIn(await aUser(w.knex, agency))
})
afterAll(() => w.close())

const address = (module: string) => `/modules/${moduleIds[module]}/questions`

describe('the questions that can be asked', () => {
  test('are linked from the authority’s modules of requests', async () => {
    const tab = await basic.visit(`/authorities/${agency.id}/modules`)
    const links = tab.links.filter(({ href }) => href.endsWith('/questions'))
    expect(links.map(({ href }) => href)).toEqual([address('professional-qualifications-requests')])
    const page = await basic.visit(links[0]!.href)
    expect(page.h1).toBe('Professional qualifications – requests: questions that can be asked')
  })

  test.each(questionSets)('$module: are shown to every signed-in user, under their headings', async set => {
    const page = await basic.visit(address(set.module))
    expect(page.headings).toEqual(expect.arrayContaining(set.headings.map(({ text }) => text.en)))
    for (const { label } of set.subject) expect(page.text).toContain(label.en)
    for (const { text } of set.questions) expect(page.text).toContain(text.en!.split('{')[0]!.trim())
  })

  test('say what is filled in, how it is answered and when a sub-question is asked', async () => {
    const { text } = await basic.visit(address('professional-qualifications-requests'))
    expect(text).toContain('1 Is the profession of [profession] regulated in your country? Yes or no')
    expect(text).toContain(
      '11a Which kind of doctor? Asked if the answer to question 11 is: doctor One of these doctor with',
    )
    expect(text).toContain(
      '11c For which speciality was it recognised? Asked if the answer to question 11b is: automatic Free text',
    )
    expect(text).toContain('Family name Text required, personal data')
    expect(text).toContain('Profession Text required, shown before acceptance')
    expect(text).toContain('question set version 1')
  })

  test('are in the reader’s language', async () => {
    const swedish = await w.signedIn(await aUser(w.knex, agency, { language: 'sv' }))
    const page = await swedish.visit(address('services-requests'))
    expect(page.h1).toBe('Tjänster – förfrågningar: frågor som kan ställas')
    expect(page.text).toContain('Är [tjänsteleverantörens namn] etablerad i ert land? Ja eller nej')
    expect(page.text).toContain('Ställs om svaret på fråga 4 är: ja Datum')
  })

  test('are not there for a module without requests, or one that does not exist', async () => {
    for (const id of [moduleIds['services-alerts'], 9999, 'x', '2147483648'])
      expect((await basic.request('GET', `/modules/${id}/questions`)).status).toBe(404)
  })

  test('cost few statements', async () => {
    const visit = () => basic.visit(address('posting-of-workers-requests'))
    await visit()
    expect(await countQueries(w, visit)).toBeLessThanOrEqual(5)
  })
})
