import type { Knex } from 'knex'
import type { EmailState } from '../platform/mail/email.ts'
import { type Page, paginate } from '../platform/web/list.ts'
import { type Actor, can, ownStandings, type Standing } from '../policy.ts'
import { standingsColumn } from '../reach.ts'
import type { Circular, CircularText } from './circular.ts'

const COLUMNS = {
  id: 'c.id',
  sentAt: 'c.sent_at',
  language: 'c.language',
  subject: 'c.subject',
  body: 'c.body',
  toContact: 'c.to_contact',
  toAdministrators: 'c.to_administrators',
  authorities: 'c.authorities',
} as const

/** A circular of the actor's own authority; what others wrote is nobody's business. */
export async function findCircular(db: Knex, actor: Actor, id: number): Promise<Circular | undefined> {
  if (!actor.manages) return undefined
  const [row] = await circulars(db, actor).where('c.id', id)
  return row && { ...row, standings: ownStandings(actor) }
}

interface Search extends Record<string, unknown> {
  after: string
  before: string
}

/** What the actor's authority has sent, the latest first. */
export const listCirculars = (db: Knex, actor: Actor, search: Search): Promise<Page<Omit<Circular, 'standings'>>> =>
  paginate(circulars(db, actor), {
    sort: [{ column: 'c.id', field: 'id', type: 'integer', descending: true }],
    search,
    path: '/circulars',
  })

const circulars = (db: Knex, actor: Actor) =>
  db('circulars as c')
    .leftJoin('users as u', 'u.id', 'c.user_id')
    .where('c.authority_id', actor.authorityId)
    .select<Omit<Circular, 'standings'>[]>(
      COLUMNS,
      db.raw(`u.given_name || ' ' || u.family_name as sender`),
      db.raw('case when c.user_id = ? then c.task_id end as "taskId"', [actor.id]),
    )

/** The text of a circular with its addressees. */
export async function readText(db: Knex, id: number): Promise<CircularText> {
  const { language, subject, body, toContact, toAdministrators } = COLUMNS
  const columns = { language, subject, body, toContact, toAdministrators }
  return (await db('circulars as c').where('c.id', id).first<CircularText>(columns)) as CircularText
}

/** One recipient and what became of the mail; the address of a person only where the actor may see the authority's users. */
export interface Delivery {
  id: number
  authorityId: number
  authorityName: string
  authorityLanguage: string
  person: boolean
  address: string | null
  state: EmailState
  at: Date
  error: string | null
}

interface DeliveryRow extends Delivery {
  standings: Standing[]
}

/** The recipients of a circular in the order in which they were written to. */
export async function listDeliveries(
  db: Knex,
  actor: Actor,
  circular: number,
  search: Search,
): Promise<Page<Delivery>> {
  const query = db('circular_recipients as r')
    .join('authorities as a', 'a.id', 'r.authority_id')
    .joinRaw(`join emails e on e.about_type = 'circular recipient' and e.about_id = r.id`)
    .where('r.circular_id', circular)
    .select(
      {
        id: 'r.id',
        authorityId: 'a.id',
        authorityName: 'a.official_name',
        authorityLanguage: 'a.official_language',
        address: 'e.to_address',
        state: 'e.state',
        error: 'e.last_error',
      },
      db.raw('r.user_id is not null as person'),
      db.raw('coalesce(e.sent_at, e.created_at) as at'),
      standingsColumn(db, actor),
    )
  const page = await paginate<DeliveryRow>(query, {
    sort: [{ column: 'r.id', field: 'id', type: 'integer' }],
    search,
    path: `/circulars/${circular}`,
  })
  return { ...page, rows: page.rows.map(row => shownTo(actor, row)) }
}

function shownTo(actor: Actor, { standings, ...row }: DeliveryRow): Delivery {
  return row.person && !can(actor, 'user.see', { standings }) ? { ...row, address: null } : row
}

/** How many of its mails are in which state. */
export async function countDeliveries(db: Knex, circular: number): Promise<Record<EmailState, number>> {
  const rows = await db('circular_recipients as r')
    .joinRaw(`join emails e on e.about_type = 'circular recipient' and e.about_id = r.id`)
    .where('r.circular_id', circular)
    .groupBy('e.state')
    .select<{ state: EmailState; count: string }[]>('e.state', db.raw('count(*) as count'))
  const counts = { waiting: 0, sent: 0, refused: 0, failed: 0 }
  for (const { state, count } of rows) counts[state] = Number(count)
  return counts
}
