import nodemailer, { type SendMailOptions } from 'nodemailer'
import type { Message } from './email.ts'
import { keepInMailbox } from './mailbox.ts'

export interface Refusal {
  address: string
  reason: string
  /** The mailbox does not exist or does not want it; trying again would not help. */
  forGood: boolean
}

export interface Receipt {
  accepted: string[]
  refused: Refusal[]
}

export type Transport = (message: Message) => Promise<Receipt>

interface MailSettings {
  mode: 'demo' | 'training' | 'production'
  smtpUrl?: string | undefined
}

/** Real mail through `SMTP_URL`; production without one is refused. */
export function mailTransport(config: MailSettings & { varDir: string }): Transport {
  if (keepsMail(config)) return mailboxTransport(config.varDir)
  if (!config.smtpUrl) throw new Error('SMTP_URL is missing: production needs a mail server')
  return smtpTransport(config.smtpUrl)
}

/**
 * Whether mails are kept in `var/mail` for the mailbox page instead of being sent: without a mail server, and always in
 * the training environment, whose mail never leaves it (J3).
 */
export const keepsMail = ({ mode, smtpUrl }: MailSettings): boolean =>
  mode === 'training' || (mode === 'demo' && !smtpUrl)

/** Hands mails to a server; resolves when it took or refused them, throws when nothing can be said about them yet. */
export function smtpTransport(url: string, timeout = 10_000): Transport {
  const limits = { connectionTimeout: timeout, greetingTimeout: timeout, socketTimeout: timeout, dnsTimeout: timeout }
  const server = nodemailer.createTransport({ url, ...limits, disableFileAccess: true, disableUrlAccess: true })
  return async message => {
    try {
      const info: Answer = await server.sendMail(mime(message))
      return receipt(message, info.rejectedErrors ?? [])
    } catch (error) {
      const answer = error as Answer
      if (answer.rejectedErrors?.length === message.recipients.length) return receipt(message, answer.rejectedErrors)
      if (!speaksOfMail(answer)) throw error
      // The server took the recipients and then refused the message itself.
      return receipt(
        message,
        message.recipients.map(recipient => ({ ...answer, recipient })),
      )
    }
  }
}

/** Keeps mails as files of this machine, readable for its owner only. */
export function mailboxTransport(varDir: string): Transport {
  const writer = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'unix' })
  return async message => {
    const { message: raw } = await writer.sendMail(mime(message))
    await keepInMailbox(varDir, message, raw as Buffer)
    return { accepted: message.recipients, refused: [] }
  }
}

interface Answer {
  recipient?: string
  response?: string
  responseCode?: number
  command?: string
  rejectedErrors?: Answer[]
}

function receipt(message: Message, refusals: Answer[]): Receipt {
  const refused = refusals.map(refusal => ({
    address: refusal.recipient ?? '',
    reason: refusal.response ?? '',
    forGood: isForGood(refusal),
  }))
  return { accepted: message.recipients.filter(address => refused.every(one => one.address !== address)), refused }
}

/** 550 to 559 speak of the mailbox or the mail; other numbers of the conversation, which may go better next time. */
const isForGood = ({ responseCode = 0 }: Answer): boolean => responseCode >= 550 && responseCode <= 559

const speaksOfMail = (answer: Answer): boolean => answer.command === 'DATA' && isForGood(answer)

function mime(message: Message): SendMailOptions {
  const { messageId, from, to, cc, recipients, language, subject, text, html } = message
  return {
    messageId: `<${messageId}>`,
    from,
    // As objects: an address is never read as a list of addresses.
    to: { name: '', address: to },
    cc: cc.map(address => ({ name: '', address })),
    envelope: { from, to: recipients },
    subject,
    text,
    html,
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'Content-Language': language,
    },
  }
}
