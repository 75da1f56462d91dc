import { indexAllWords } from '../../src/authorities/index.ts'
import { world, type World } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import { aRequest, type ARequest, aSide, type ASide } from '../support/requests.ts'

export const CAPTION = 'Requests found'
const DAY = 86_400_000

/** Three authorities with requests among them in all sorts of statuses, for the lists. */
export interface Listing {
  w: World
  swedish: ASide
  danish: ASide
  latvian: ASide
  /** The requests, by the names that the tests use. */
  made: Record<string, ARequest>
  ago(days: number): Date
  name(side: ASide, officialName: string): Promise<void>
  /** Which requests a list shows. */
  found(who: Someone, path: string): Promise<string[]>
  nameOf(number: string): string
}

export async function listing(): Promise<Listing> {
  const w = await world()
  const ago = (days: number): Date => new Date(w.clock.now().getTime() - days * DAY)
  const name = async (side: ASide, officialName: string): Promise<void> => {
    await w.knex('authorities').where({ id: side.authority.id }).update({ official_name: officialName })
  }
  const swedish = await aSide(w.knex, { country: 'SE' })
  const danish = await aSide(w.knex, { country: 'DK' })
  const latvian = await aSide(w.knex, { country: 'LV' })
  await name(swedish, 'Socialstyrelsen')
  await name(danish, 'Sundhedsstyrelsen')
  await name(latvian, 'Ministrija')
  await indexAllWords(w.knex)
  const made: Listing['made'] = {}
  const make = async (title: string, wishes: Parameters<typeof aRequest>[1]): Promise<void> => {
    made[title] = await aRequest(w.knex, wishes)
  }
  await make('draft', { from: swedish, to: danish, status: 'draft', at: ago(1) })
  await make('approval', { from: swedish, to: danish, status: 'awaiting approval', at: ago(1) })
  await make('fresh', { from: swedish, to: danish, at: ago(2) })
  await make('late', { from: swedish, to: danish, at: ago(8), reason: 'Vi undrar om 100 % av timmarna' })
  await make('urgent', { from: swedish, to: latvian, at: ago(3), urgent: true })
  await make('working', { from: danish, to: swedish, status: 'accepted', at: ago(9), dueDate: '2026-12-24' })
  await make('overdue', { from: danish, to: swedish, status: 'partly answered', at: ago(40), dueDate: '2026-11-19' })
  await make('secret', {
    from: latvian,
    to: swedish,
    status: 'reply awaiting approval',
    cameFrom: 'accepted',
    at: ago(10),
    dueDate: '2026-12-01',
  })
  await make('closed', { from: latvian, to: danish, status: 'closed', at: ago(100) })

  function nameOf(text: string): string {
    const [number = ''] = text.split(' ')
    return Object.entries(made).find(([, request]) => request.number === number)?.[0] ?? `? ${text}`
  }

  async function found(who: Someone, path: string): Promise<string[]> {
    const page = await who.visit(path)
    if (/No request|Nothing is late/.test(page.text)) return []
    return page.table(CAPTION).map(row => nameOf(row.Number ?? ''))
  }

  return { w, swedish, danish, latvian, made, ago, name, found, nameOf }
}
