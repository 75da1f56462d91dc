import type { Request, RequestHandler } from 'express'
import session from 'express-session'
import type { Knex } from 'knex'
import { findVisit, type Notice, type Visit } from '../../actor.ts'
import type { Clock } from '../clock.ts'
import { hours, minutes } from '../clock.ts'
import type { ActingParty } from '../db/change.ts'
import { cookieSecrets, fingerprint, type Keyring, randomToken } from '../secrets.ts'

export const IDLE_LIMIT = minutes(30)
export const ABSOLUTE_LIMIT = hours(12)
/** How often a running visit is written down: the idle limit is exact to this. */
const TOUCH_EVERY = minutes(1)

declare module 'express-session' {
  interface SessionData {
    userId: number
    stage: Visit['stage']
    address: string
    browser: string
    resume: string | null
    visit?: Visit
  }
}

/** express-session over our own table: hashed ids, and the user with all rights loaded in the same statement. */
export function sessions(options: { db: Knex; clock: Clock; keys: Keyring; secure: boolean }): RequestHandler {
  return session({
    name: options.secure ? '__Host-imi' : 'imi',
    secret: cookieSecrets(options.keys),
    store: new SessionStore(options.db, options.clock),
    genid: () => randomToken(32),
    resave: false,
    saveUninitialized: false,
    cookie: { httpOnly: true, sameSite: 'lax', secure: options.secure, path: '/' },
  })
}

type Done = (error?: unknown) => void

class SessionStore extends session.Store {
  private readonly db: Knex
  private readonly clock: Clock

  constructor(db: Knex, clock: Clock) {
    super()
    this.db = db
    this.clock = clock
  }

  override get(sid: string, done: (error: unknown, session?: session.SessionData | null) => void): void {
    const now = this.clock.now().getTime()
    const limits = { idleSince: new Date(now - IDLE_LIMIT), openedSince: new Date(now - ABSOLUTE_LIMIT) }
    findVisit(this.db, fingerprint(sid), limits).then(visit => {
      done(null, visit ? storedSession(visit) : null)
    }, done)
  }

  override set(sid: string, data: session.SessionData, done?: Done): void {
    const at = this.clock.now()
    const { userId, stage, address, resume } = data
    const row = { user_id: userId, stage, address, browser: data.browser.slice(0, 200), resume }
    const kept = this.db('sessions')
      .insert({ id_hash: fingerprint(sid), created_at: at, seen_at: at, ...row })
      .onConflict('id_hash')
      .merge(['stage', 'seen_at'])
    settle(kept, done)
  }

  override touch(sid: string, data: session.SessionData, done?: Done): void {
    const at = this.clock.now()
    const visit = data.visit
    if (!visit || at.getTime() - visit.seenAt.getTime() < TOUCH_EVERY) {
      done?.()
      return
    }
    settle(this.row(sid).update({ seen_at: at }), done)
  }

  override destroy(sid: string, done?: Done): void {
    settle(this.row(sid).delete(), done)
  }

  private row(sid: string): Knex.QueryBuilder {
    return this.db('sessions').where({ id_hash: fingerprint(sid) })
  }
}

/** express-session speaks in callbacks; it reports what went wrong itself. */
function settle(query: PromiseLike<unknown>, done?: Done): void {
  void query.then(
    () => done?.(),
    (error: unknown) => done?.(error),
  )
}

/** The visit hides from JSON, so that express-session neither hashes nor compares what only the database knows. */
function storedSession(visit: Visit): session.SessionData {
  return {
    cookie: { originalMaxAge: null } as session.Cookie,
    userId: visit.userId,
    stage: visit.stage,
    address: '',
    browser: '',
    resume: null,
    visit: Object.assign(visit, { toJSON: () => undefined }),
  }
}

/** Begins a stage of a visit under an id of its own, so that nobody can have prepared it. */
export async function openSession(
  req: Request,
  of: { userId: number; stage: Visit['stage']; resume: string | null },
): Promise<void> {
  await new Promise<void>((resolve, reject) =>
    req.session.regenerate(error => (error ? reject(asError(error)) : resolve())),
  )
  Object.assign(req.session, of, { address: req.ip ?? '', browser: req.get('user-agent') ?? '' })
  await new Promise<void>((resolve, reject) => req.session.save(error => (error ? reject(asError(error)) : resolve())))
}

/** Ends this visit, at whatever stage it is. */
export const closeSession = (req: Request): Promise<void> =>
  new Promise((resolve, reject) => req.session.destroy(error => (error ? reject(asError(error)) : resolve())))

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)))

/** Who acts during a visit that may not be a full one yet. */
export const visitingParty = ({ userId, actor }: Visit, address: string | undefined): ActingParty => ({
  id: userId,
  authorityId: actor.authorityId,
  name: actor.name,
  address,
})

/** Keeps with this visit what its user had typed in an earlier one. */
export async function keepResume(db: Knex, sid: string, resume: string): Promise<void> {
  await db('sessions')
    .where({ id_hash: fingerprint(sid) })
    .update({ resume })
}

/** Leaves a message for the next page of this visit. */
export async function leaveNotice(db: Knex, sid: string, notice: Notice): Promise<void> {
  await db('sessions')
    .where({ id_hash: fingerprint(sid) })
    .update({ notice: JSON.stringify(notice) })
}

/** Takes the message away once it is shown. */
export async function clearNotice(db: Knex, sid: string): Promise<void> {
  await db('sessions')
    .where({ id_hash: fingerprint(sid) })
    .update({ notice: null })
}
