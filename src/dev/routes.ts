import type { Config } from '../config.ts'
import { NotFound } from '../platform/errors.ts'
import { moment, zoneOf } from '../platform/i18n/names.ts'
import { findKeptMail, type KeptMail, listMailbox } from '../platform/mail/mailbox.ts'
import { keepsMail } from '../platform/mail/transport.ts'
import { type Ctx, sendPage } from '../platform/web/page.ts'
import { get, pathId, type Route } from '../platform/web/route.ts'

/** The mailbox, where no mail leaves the machine; it is not there in production or beside a real mail server. */
export function devRoutes(config: Pick<Config, 'mode' | 'smtpUrl'>): Route[] {
  if (!keepsMail(config)) return []
  return [
    get('/dev/mailbox', EVERYONE, showMailbox),
    get('/dev/mailbox/:id', EVERYONE, showMail),
    get('/dev/components', EVERYONE, ctx => {
      sendPage(ctx, 'dev/components', { title: 'components:sample.title' }, {})
    }),
  ]
}

const EVERYONE = { open: 'to everyone' } as const

async function showMailbox(ctx: Ctx): Promise<void> {
  const mails = await listMailbox(ctx.kernel.config.varDir)
  const rows = mails.map(mail => [
    { text: mail.subject, href: `/dev/mailbox/${mail.id}`, lang: mail.language },
    { text: mail.to },
    { text: sentAt(ctx, mail) },
  ])
  sendPage(ctx, 'dev/mailbox', { title: 'dev:mailbox.title' }, { rows })
}

async function showMail(ctx: Ctx): Promise<void> {
  const id = pathId(ctx.req.params.id)
  const mail = id === undefined ? undefined : await findKeptMail(ctx.kernel.config.varDir, id)
  if (!mail) throw new NotFound()
  const trail = [
    { label: ctx.t('dev:mailbox.title'), href: '/dev/mailbox' },
    { label: mail.subject, lang: mail.language },
  ]
  const details = [
    { label: ctx.t('dev:mailbox.to'), value: mail.to },
    ...(mail.cc.length > 0 ? [{ label: ctx.t('dev:mail.copy'), values: mail.cc }] : []),
    { label: ctx.t('dev:mailbox.at'), value: sentAt(ctx, mail) },
  ]
  const paragraphs = mail.text.trim().split(/\n{2,}/)
  sendPage(
    ctx,
    'dev/mailbox-mail',
    { title: ['dev:mail.title', { subject: mail.subject }], trail },
    { mail, details, paragraphs },
  )
}

const sentAt = (ctx: Ctx, mail: KeptMail): string => moment(ctx.lang, zoneOf('EU'), new Date(mail.at))
