import { NotFound } from '../platform/errors.ts'
import { moment, zoneOf } from '../platform/i18n/names.ts'
import { findKeptMail, type KeptMail, listMailbox } from '../platform/mail/mailbox.ts'
import { type Ctx, sendPage } from '../platform/web/page.ts'
import { get, pathId, type Route } from '../platform/web/route.ts'

/** Pages of the demo and the training environment, where no mail leaves the machine. Production has none of them. */
export function devRoutes(mode: 'demo' | 'training' | 'production'): Route[] {
  return mode === 'production'
    ? []
    : [get('/dev/mailbox', EVERYONE, showMailbox), get('/dev/mailbox/:id', EVERYONE, showMail)]
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
  const paragraphs = mail.text.trim().split(/\n{2,}/)
  sendPage(
    ctx,
    'dev/mailbox-mail',
    { title: ['dev:mail.title', { subject: mail.subject }], trail },
    { mail, paragraphs, at: sentAt(ctx, mail) },
  )
}

const sentAt = (ctx: Ctx, mail: KeptMail): string => moment(ctx.lang, zoneOf('EU'), new Date(mail.at))
