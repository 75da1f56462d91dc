import type { Request, Response } from 'express'
import type { Knex } from 'knex'
import type { Visit } from '../../actor.ts'
import type { Config } from '../../config.ts'
import type { Action, Actor, Subject } from '../../policy.ts'
import { can } from '../../policy.ts'
import type { ActingParty, Change, ChangeContext } from '../db/change.ts'
import { change } from '../db/change.ts'
import type { Forbidden } from '../errors.ts'
import type { Files } from '../files/files.ts'
import type { Translate } from '../i18n/i18n.ts'
import { offeredLanguages, preferred } from '../i18n/i18n.ts'
import { languageName } from '../i18n/names.ts'
import type { Log } from '../log.ts'
import type { Assets } from './assets.ts'
import type { Csrf } from './csrf.ts'
import { onceKey } from './once.ts'
import { clearNotice } from './session.ts'
import { IDLE_LIMIT } from './visit-store.ts'
import type { Views } from './views.ts'

/** A text of the page: a locale key, or one with its values. */
export type Text = string | readonly [key: string, values: Record<string, string | number>]

export interface Crumb {
  label: string
  href?: string
  lang?: string
}

export interface MenuEntry {
  href: string
  label: string
  current: boolean
  children?: MenuEntry[]
}

/** What every request works with; made once at start. */
export interface Kernel extends ChangeContext {
  config: Config
  log: Log
  views: Views
  assets: Assets
  /** Where files that people attach are kept, and who looks at them first. */
  files: Files
  csrf: Csrf
  translator(lang: string): Translate
  menu(actor: Actor, t: Translate, path: string, waiting?: number): MenuEntry[]
  /** Draws the page that says which right is missing and who could give it. */
  explain(ctx: Ctx<unknown>, refused: Forbidden): Promise<void>
}

/** One request on its way to an answer. */
export interface Ctx<T = undefined> {
  req: Request
  res: Response
  kernel: Kernel
  db: Knex
  at: Date
  lang: string
  t: Translate
  visit: Visit | undefined
  /** The signed-in user. Throws where nobody is: only routes open to everyone have to ask `visit`. */
  actor: Actor
  subject: T
  party: ActingParty
  may(action: Action, subject?: Subject): boolean
  /** One unit of work by this person. */
  change<R>(work: (c: Change) => Promise<R>): Promise<R>
  say(text: Text): string
}

/** What a page is drawn from: its title, the way to it, and what its view is given. */
export interface PageOptions {
  title: Text
  trail?: Crumb[]
  status?: number
  mistaken?: boolean
  /** How many things wait for the reader, where the page has asked: the menu says it. */
  waiting?: number
}

/** Draws a view inside the one shell and sends it. */
export function sendPage(ctx: Ctx<unknown>, view: string, options: PageOptions, fields: object): void {
  const { res, kernel } = ctx
  const title = ctx.say(options.title)
  const base = {
    t: ctx.t,
    lang: ctx.lang,
    csrf: kernel.csrf.token(ctx.req, res),
    once: visitorOf(ctx) && { toString: () => onceKey(kernel.keys, ctx.actor.id) },
    path: ctx.req.path,
  }
  const body = kernel.views.draw(view, base, { title, may: ctx.may, ...fields })
  const shell = shellOf(ctx, options.mistaken ? ctx.t('layout:errorTitle', { title }) : title, options)
  res
    .status(options.status ?? 200)
    .type('html')
    .set('Cache-Control', 'no-store')
    .end(kernel.views.draw('layout', base, { ...shell, body }))
}

function shellOf(ctx: Ctx<unknown>, title: string, { trail = [], waiting }: PageOptions): object {
  const { kernel, t } = ctx
  const actor = visitorOf(ctx)
  return {
    title,
    mode: kernel.config.mode,
    signedIn: actor
      ? { name: actor.name, authority: actor.authorityName, authorityLang: actor.authorityLanguage, href: '/profile' }
      : null,
    menu: actor ? kernel.menu(actor, t, ctx.req.path, waiting) : [],
    breadcrumbs: actor && trail.length > 0 ? [{ href: '/', label: t('layout:home') }, ...trail] : trail,
    notice: noticeOf(ctx),
    languages: actor
      ? []
      : offeredLanguages.map(code => ({
          code,
          name: languageName(code, code),
          current: code === ctx.lang,
          href: `?language=${code}`,
        })),
    helpHref: actor ? '/help/people' : '/help/access',
    idleSeconds: actor ? IDLE_LIMIT / 1000 : null,
    mailboxHref: kernel.config.mode !== 'production' && !kernel.config.smtpUrl ? '/dev/mailbox' : undefined,
    asset: kernel.assets.url,
  }
}

const visitorOf = (ctx: Ctx<unknown>): Actor | undefined => (ctx.visit?.stage === 'full' ? ctx.visit.actor : undefined)

function noticeOf(ctx: Ctx<unknown>): { kind: string; text: string } | null {
  const notice = ctx.visit?.notice
  if (!notice) return null
  clearNotice(ctx.db, ctx.req.sessionID).catch((error: unknown) => {
    ctx.kernel.log.error('a shown notice could not be cleared', { error: String(error) })
  })
  return { kind: notice.kind, text: ctx.t(notice.key, notice.values) }
}

/** Puts together what a request works with. */
export function contextOf(kernel: Kernel, req: Request, res: Response): Ctx {
  const { visit, lang = preferred(req.get('accept-language')) } = res.locals as { lang?: string; visit?: Visit }
  const t = kernel.translator(lang)
  const ctx: Ctx = {
    req,
    res,
    kernel,
    db: kernel.db,
    at: kernel.clock.now(),
    lang,
    t,
    visit,
    subject: undefined,
    get actor() {
      if (visit?.stage !== 'full') throw new Error('Nobody is signed in on this page')
      return visit.actor
    },
    get party() {
      const { id, authorityId, name } = this.actor
      return { id, authorityId, name, address: req.ip }
    },
    may: (action, subject) => visit?.stage === 'full' && can(visit.actor, action, subject),
    change: work => change(kernel, ctx.party, work),
    say: text => (typeof text === 'string' ? t(text) : t(text[0], text[1])),
  }
  return ctx
}
