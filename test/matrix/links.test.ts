import { afterAll, beforeAll, expect, test } from 'vitest'
import { exists, personNames, type PersonName, targetNames } from './expected.ts'
import { type Matrix, matrixWorld, type Signed } from './world.ts'

/** "A menu never offers what would be refused", and neither does any other page: what is offered is opened. */

let m: Matrix
beforeAll(async () => {
  m = await matrixWorld()
})
afterAll(() => m.w.close())

test.each(personNames)('%s is offered no page that would be refused', async name => {
  const target = targetNames.find(each => exists(name, each)) ?? 'one'
  const person = await m.someone(name, target)
  expect(await refusedOffers(person, await beginnings(name))).toEqual([])
})

/** Home, where the menu leads, every target's page, and what the lists of a whole country lead to. */
async function beginnings(name: PersonName): Promise<string[]> {
  const there = targetNames.filter(target => exists(name, target))
  return ['/', '/managed-authorities?mine=no', ...there.map(target => `/authorities/${m.authority(target)}`)]
}

async function refusedOffers({ request }: Signed, beginnings: string[]): Promise<string[]> {
  const seen = new Set(beginnings)
  const refused: string[] = []
  const waiting: { path: string; from: string }[] = beginnings.map(path => ({ path, from: '' }))
  while (waiting.length > 0) {
    const found = await Promise.all(
      waiting.splice(0, 6).map(async at => ({ ...at, answer: await request('GET', at.path) })),
    )
    for (const { path, from, answer } of found) {
      if (from !== '' && answer.status >= 400) refused.push(`${path}, offered on ${from}: ${answer.status}`)
      if (answer.status !== 200) continue
      for (const href of offeredOn(answer.text).filter(each => !seen.has(each))) {
        seen.add(href)
        waiting.push({ path: href, from: path })
      }
    }
  }
  return refused
}

/** The links of a page within the site, without files, and without those that leave the visit. */
function offeredOn(html: string): string[] {
  return [...html.matchAll(/<a\s[^>]*href="(\/[^"#]*)/g)]
    .map(([, href]) => (href ?? '').replaceAll('&amp;', '&'))
    .filter(href => !href.startsWith('/static') && !href.startsWith('/session'))
}
