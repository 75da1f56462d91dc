import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express'
import { Busy, Forbidden, NotFound } from '../errors.ts'
import { hadAttachments } from './attachments.ts'
import { type Body, redisplayable } from './form.ts'
import { readLeftTexts } from './multipart-form.ts'
import { contextOf, type Kernel, sendPage } from './page.ts'

/** Refuses what no field of ours can hold: a NUL anywhere in path, query or body. */
export const refuseNul: RequestHandler = (req, _res, next) => {
  const texts = [decoded(req.originalUrl), JSON.stringify(req.body ?? '')]
  if (texts.some(text => text.includes('\0') || text.includes('\\u0000'))) {
    next(Object.assign(new Error('A NUL in the request'), { status: 400 }))
    return
  }
  next()
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url)
  } catch {
    return url
  }
}

/** No page at this address: the same page as for a record that is not there. */
export const notFound: RequestHandler = (_req, _res, next) => {
  next(new NotFound())
}

/** Turns every error into a page in the reader's language. Only what nobody foresaw is 500, and is logged. */
export function errorPages(kernel: Kernel): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    if (res.headersSent) {
      next(error)
      return
    }
    answer(kernel, error, req, res).catch((second: unknown) => {
      kernel.log.error('an error page could not be drawn', { error: String(second) })
      res.status(500).type('text').end('Open IMI: internal error')
    })
  }
}

async function answer(kernel: Kernel, error: unknown, req: Request, res: Response): Promise<void> {
  const ctx = contextOf(kernel, req, res)
  if (error instanceof Forbidden && ctx.visit?.stage === 'full') {
    await kernel.explain(ctx, error)
    return
  }
  const status = statusOf(error)
  if (status === 500) kernel.log.error('unforeseen error', { path: req.path, error: stackOf(error) })
  if (status === 503) {
    kernel.log.warn('not available', { path: req.path, error: String(error) })
    res.set('Retry-After', '10')
    const left = await readLeftTexts(req)
    // A browser that sends a form by GET puts its fields in place of the query.
    const given = (req.method === 'POST' ? (req.body ?? {}) : req.query) as Body
    const fields = Object.entries(redisplayable(given)).flatMap(([name, value]) =>
      [value ?? []].flat().map(one => [name, one]),
    )
    // Files cannot be sent again from here: the form is shown, so that they can be selected once more.
    if (left || hadAttachments(req)) fields.push(['_redraw', '1'])
    const csrf = String((req.body as Body | undefined)?._csrf ?? '')
    const once = String((req.body as Body | undefined)?._once ?? '')
    const again = {
      method: req.method === 'POST' ? 'post' : 'get',
      action: req.originalUrl,
      fields,
      token: csrf,
      key: once,
    }
    sendPage(ctx, 'errors/unavailable', { title: 'errors:unavailable.title', status }, again)
    return
  }
  const page = pages[status] ?? badRequest
  sendPage(ctx, `errors/${page.view}`, { title: page.title, status }, {})
}

const badRequest = { view: 'bad-request', title: 'errors:badRequest.title' }
const pages: Record<number, { view: string; title: string }> = {
  404: { view: 'not-found', title: 'errors:notFound.title' },
  500: { view: 'unforeseen', title: 'errors:unforeseen.title' },
}

const AWAY = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EPIPE',
  'ENOENT',
  '57P01',
  '57P02',
  '57P03',
  '53300',
])

function statusOf(error: unknown): number {
  if (error instanceof NotFound) return 404
  if (error instanceof Busy) return 503
  const { code, status, name, message } = error as { code?: string; status?: number; name?: string; message?: string }
  if (typeof code === 'string' && /^22...$/.test(code)) return 400
  if (typeof code === 'string' && AWAY.has(code)) return 503
  if (name === 'KnexTimeoutError' || /Connection terminated|timeout exceeded/.test(message ?? '')) return 503
  if (status !== undefined && status >= 400 && status < 500) return status
  return 500
}

const stackOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error))
