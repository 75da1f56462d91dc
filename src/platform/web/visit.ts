import type { RequestHandler } from 'express'
import { offered, preferred } from '../i18n/i18n.ts'
import { cookieOf } from './csrf.ts'

const COOKIE = 'imi-language'

/**
 * Says for each request who visits and which language is read: the working language of who is signed in; for others what they
 * chose with `?language=`, else what their browser prefers.
 */
export const visits: RequestHandler = (req, res, next) => {
  const { visit } = req
  const wish = typeof req.query.language === 'string' ? req.query.language : undefined
  res.locals.visit = visit
  if (visit?.stage === 'full') {
    res.locals.lang = offered(visit.actor.language)
  } else if (wish) {
    res.locals.lang = offered(wish)
    res.cookie(COOKIE, offered(wish), { httpOnly: true, sameSite: 'lax', path: '/' })
  } else {
    const kept = cookieOf(req, COOKIE)
    res.locals.lang = kept ? offered(kept) : preferred(req.get('accept-language'))
  }
  next()
}
