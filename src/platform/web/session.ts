import type { Request, RequestHandler } from 'express'
import session from 'express-session'
import type { Knex } from 'knex'
import type { Notice, Visit } from '../../actor.ts'
import type { Clock } from '../clock.ts'
import type { ActingParty } from '../db/change.ts'
import { cookieSecrets, type Keyring, randomToken } from '../secrets.ts'
import { type Done, VisitStore, visitRow } from './visit-store.ts'

/** express-session over our own table. A stranger gets neither a cookie nor a row; plain http has no cookies of the safest kind. */
export function sessions(options: { db: Knex; clock: Clock; keys: Keyring; secure: boolean }): RequestHandler {
  const { db, clock, keys, secure } = options
  return session({
    name: secure ? '__Host-imi' : 'imi',
    secret: cookieSecrets(keys),
    store: new VisitStore(db, clock),
    genid: () => randomToken(32),
    resave: false,
    saveUninitialized: false,
    cookie: { httpOnly: true, sameSite: 'lax', secure, path: '/' },
  })
}

/** Begins a stage of a visit under an id of its own, so that nobody can have prepared it. It is stored when this returns. */
export async function openSession(
  { req, at }: { req: Request; at: Date },
  of: { userId: number; stage: Visit['stage']; resume: string | null },
): Promise<void> {
  await called(done => req.session.regenerate(done))
  req.session.seenAt = at
  req.session.opening = { ...of, address: req.ip ?? '', browser: req.get('user-agent') ?? '' }
  await called(done => req.session.save(done))
}

/** Ends this visit, at whatever stage it is. */
export const closeSession = ({ req }: { req: Request }): Promise<void> => called(done => req.session.destroy(done))

/** express-session speaks in callbacks. */
const called = (act: (done: Done) => unknown): Promise<void> =>
  new Promise((resolve, reject) => {
    act(error => {
      if (error) reject(error as Error)
      else resolve()
    })
  })

/** Who acts during a visit that may not be a full one yet. */
export const visitingParty = ({ userId, actor }: Visit, address: string | undefined): ActingParty => ({
  id: userId,
  authorityId: actor.authorityId,
  name: actor.name,
  address,
})

/** Keeps with this visit what its user had typed in an earlier one. */
export async function keepResume(db: Knex, sid: string, resume: string): Promise<void> {
  await visitRow(db, sid).update({ resume })
}

/** Leaves a message for the next page of this visit. */
export async function leaveNotice(db: Knex, sid: string, notice: Notice): Promise<void> {
  await visitRow(db, sid).update({ notice: JSON.stringify(notice) })
}

/** Takes the message away once it is shown. */
export async function clearNotice(db: Knex, sid: string): Promise<void> {
  await visitRow(db, sid).update({ notice: null })
}
