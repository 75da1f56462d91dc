import type { Request } from 'express'
import session from 'express-session'
import type { Knex } from 'knex'
import { findVisit, type Visit } from '../../actor.ts'
import { type Clock, hours, minutes } from '../clock.ts'
import { Busy } from '../errors.ts'
import { fingerprint } from '../secrets.ts'

export const IDLE_LIMIT = minutes(30)
export const ABSOLUTE_LIMIT = hours(12)
/** How often a running visit is written down: the idle limit is exact to this. */
const TOUCH_EVERY = minutes(1)

/** How a stage of a visit begins: for whom, and from where. */
interface Opening {
  userId: number
  stage: Visit['stage']
  resume: string | null
  address: string
  browser: string
}

declare module 'express-session' {
  /** All that express-session serialises and compares for each request. What the row knows beside it stands in `req.visit`. */
  interface SessionData {
    seenAt: Date
    /** Only while it is opened, until it is stored. */
    opening?: Opening | undefined
  }
}

declare module 'express-serve-static-core' {
  interface Request {
    /** Whose visit this is; nobody's for a stranger. */
    visit: Visit | undefined
  }
}

type Stored = session.SessionData & { visit: Visit }
/** express-session speaks in callbacks. */
export type Done = (error?: unknown) => void

/** Ids are stored as digests; one statement finds the visit with its user and all their rights. */
export class VisitStore extends session.Store {
  private readonly db: Knex
  private readonly clock: Clock

  constructor(db: Knex, clock: Clock) {
    super()
    this.db = db
    this.clock = clock
  }

  override get(sid: string, done: (error: unknown, found?: session.SessionData | null) => void): void {
    const now = this.clock.now().getTime()
    const limits = { idleSince: new Date(now - IDLE_LIMIT), openedSince: new Date(now - ABSOLUTE_LIMIT) }
    const found = findVisit(this.db, fingerprint(sid), limits)
    found.then(
      visit => done(null, visit ? stored(visit) : null),
      (error: unknown) => done(told(error)),
    )
  }

  /** What was found goes on with the request, so that it is not taken for a part of what could be saved. */
  override createSession(req: Request, found: session.SessionData): session.Session & session.SessionData {
    req.visit = (found as Stored).visit
    return super.createSession(req, found)
  }

  /** A visit is written when it is opened; express-session asks once more at the end of that request. */
  override set(sid: string, data: session.SessionData, done: Done = () => undefined): void {
    const { opening, seenAt } = data
    if (!opening) return done()
    const { userId, browser, ...rest } = opening
    const row = { ...rest, user_id: userId, browser: browser.slice(0, 200), created_at: seenAt, seen_at: seenAt }
    const written = this.db('sessions').insert({ id_hash: fingerprint(sid), ...row })
    written.then(() => {
      data.opening = undefined
      done()
    }, done)
  }

  override touch(sid: string, { seenAt }: session.SessionData, done: Done = () => undefined): void {
    const at = this.clock.now()
    // Answered at once, express-session sends the page in one piece.
    if (at.getTime() - seenAt.getTime() < TOUCH_EVERY) return done()
    visitRow(this.db, sid)
      .update({ seen_at: at })
      .then(() => done(), done)
  }

  override destroy(sid: string, done: Done = () => undefined): void {
    visitRow(this.db, sid)
      .delete()
      .then(() => done(), done)
  }
}

/** express-session takes ENOENT for a visit that is not there; from us it is a database whose socket is not there. */
const told = (error: unknown): unknown =>
  (error as { code?: unknown }).code === 'ENOENT' ? new Busy('The database is away', { cause: error }) : error

/** Not enumerable, the visit is neither hashed nor copied. */
function stored(visit: Visit): session.SessionData {
  const data = { cookie: { originalMaxAge: null } as session.Cookie, seenAt: visit.seenAt }
  return Object.defineProperty(data, 'visit', { value: visit })
}

/** The row of a visit, by the number that only its browser knows. */
export const visitRow = (db: Knex, id: string): Knex.QueryBuilder => db('sessions').where({ id_hash: fingerprint(id) })
