import type { CookieOptions, Request, RequestHandler, Response } from 'express'
import type { Knex } from 'knex'
import { findVisit, type Notice, type Visit } from '../../actor.ts'
import type { Clock } from '../clock.ts'
import { hours, minutes } from '../clock.ts'
import type { ActingParty } from '../db/change.ts'
import { fingerprint, randomToken } from '../secrets.ts'
import { cookieOf } from './csrf.ts'

export const IDLE_LIMIT = minutes(30)
export const ABSOLUTE_LIMIT = hours(12)
/** How often a running visit is written down: the idle limit is exact to this. */
const TOUCH_EVERY = minutes(1)

declare module 'express-serve-static-core' {
  interface Request {
    /** The number of the visit, which only the browser knows; empty where nobody is known. */
    sessionID: string
    visit: Visit | undefined
  }
}

/**
 * Says whose visit a request belongs to. The browser holds a number nobody can guess, the table its digest, and one statement finds
 * the visit with the user and all rights. On a page without much else, what express-session did beside that was a tenth of the work.
 */
export function sessions({ db, clock, secure }: { db: Knex; clock: Clock; secure: boolean }): RequestHandler {
  const { name } = cookieFor(secure)
  return async (req, _res, next) => {
    req.sessionID = ''
    const id = cookieOf(req, name)
    if (id) {
      const at = clock.now()
      const now = at.getTime()
      const limits = { idleSince: new Date(now - IDLE_LIMIT), openedSince: new Date(now - ABSOLUTE_LIMIT) }
      req.visit = await findVisit(db, fingerprint(id), limits)
      if (req.visit) req.sessionID = id
      if (req.visit && now - req.visit.seenAt.getTime() >= TOUCH_EVERY) await row(db, id).update({ seen_at: at })
    }
    next()
  }
}

/** Plain http has no cookies that are safe from other sites of the domain. */
const cookieFor = (secure: boolean): { name: string; options: CookieOptions } => ({
  name: secure ? '__Host-imi' : 'imi',
  options: { httpOnly: true, sameSite: 'lax', secure, path: '/' },
})

const row = (db: Knex, id: string): Knex.QueryBuilder => db('sessions').where({ id_hash: fingerprint(id) })

interface Visitor {
  req: Request
  res: Response
  db: Knex
  at: Date
  kernel: { config: { baseUrl: string } }
}

/** Begins a stage of a visit under an id of its own, so that nobody can have prepared it. */
export async function openSession(
  { req, res, db, at, kernel }: Visitor,
  of: { userId: number; stage: Visit['stage']; resume: string | null },
): Promise<void> {
  await closeSession({ req, db })
  req.sessionID = randomToken(32)
  await db('sessions').insert({
    id_hash: fingerprint(req.sessionID),
    user_id: of.userId,
    stage: of.stage,
    created_at: at,
    seen_at: at,
    address: req.ip ?? '',
    browser: (req.get('user-agent') ?? '').slice(0, 200),
    resume: of.resume,
  })
  const { name, options } = cookieFor(kernel.config.baseUrl.startsWith('https:'))
  res.cookie(name, req.sessionID, options)
}

/** Ends this visit, at whatever stage it is. */
export async function closeSession({ req, db }: Pick<Visitor, 'req' | 'db'>): Promise<void> {
  if (req.sessionID) await row(db, req.sessionID).delete()
}

/** Who acts during a visit that may not be a full one yet. */
export const visitingParty = ({ userId, actor }: Visit, address: string | undefined): ActingParty => ({
  id: userId,
  authorityId: actor.authorityId,
  name: actor.name,
  address,
})

/** Keeps with this visit what its user had typed in an earlier one. */
export async function keepResume(db: Knex, sid: string, resume: string): Promise<void> {
  await row(db, sid).update({ resume })
}

/** Leaves a message for the next page of this visit. */
export async function leaveNotice(db: Knex, sid: string, notice: Notice): Promise<void> {
  await row(db, sid).update({ notice: JSON.stringify(notice) })
}

/** Takes the message away once it is shown. */
export async function clearNotice(db: Knex, sid: string): Promise<void> {
  await row(db, sid).update({ notice: null })
}
