import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ejs from 'ejs'
import type { i18n } from 'i18next'
import { offered } from '../i18n/i18n.ts'
import type { DigestItem, EmailRow, Message } from './email.ts'

const VIEWS = join(import.meta.dirname, '../../../views')

export interface Stationery {
  texts: i18n
  baseUrl: string
  mailFrom: string
}

/** A paragraph; one that a person wrote is in that person's language. */
interface Line {
  text: string
  lang: string
}

interface Letter {
  lang: string
  subject: string
  lines: Line[]
  /** What a digest lists: kinds of things, and where each waits. */
  items: { text: string; link: string }[]
  linkLabel: string
  link: string
  automatic: string
}

/**
 * A queued mail as it goes out: in the recipient's language, English where that is not complete (H2). It greets nobody by
 * name. Throws when a text or a value of it is missing.
 */
export function render(
  row: EmailRow,
  secret: Record<string, string>,
  { texts, baseUrl, mailFrom }: Stationery,
  items: readonly DigestItem[] = [],
): Message {
  const lang = offered(row.language)
  const values = { ...row.values, ...secret, lng: lang }
  const text = (key: string, more: Record<string, string | number> = {}): string => {
    if (!texts.exists(`emails:${key}`)) throw new Error(`No text for emails:${key}`)
    return texts.t(`emails:${key}`, { ...values, ...more })
  }
  const named = ({ template, number }: DigestItem): string => {
    const kind = text(`${template}.subject`)
    return number > 1 ? text('digest.several', { kind, number }) : kind
  }
  const letter: Letter = {
    lang,
    subject: text(`${row.template}.subject`),
    lines: bodyKeys(texts, row.template).map(key => lineOf(text(key), row.values, lang)),
    items: items.map(item => ({ text: named(item), link: baseUrl + item.path })),
    linkLabel: text(`${row.template}.link`),
    link: baseUrl + filled(row.path, secret),
    automatic: text('layout.automatic'),
  }
  return {
    id: row.id,
    messageId: `${row.message_id}@${domainOf(mailFrom)}`,
    from: mailFrom,
    to: row.to_address,
    cc: row.cc,
    recipients: [row.to_address, ...row.cc].filter(address => !row.accepted.includes(address)),
    language: lang,
    subject: letter.subject,
    text: plain(letter),
    html: html(letter),
    link: letter.link,
  }
}

/** A text that a person wrote stands in the values as `written`, beside the language that it is `writtenIn`. */
const lineOf = (text: string, { written, writtenIn }: EmailRow['values'], lang: string): Line => ({
  text,
  lang: text === written && typeof writtenIn === 'string' ? writtenIn : lang,
})

/** A link may carry a part of the secret, `{token}`: the row keeps it sealed, and no longer than a password. */
const filled = (path: string, secret: Record<string, string>): string =>
  path.replace(/\{(\w+)\}/g, (whole, name: string) => (secret[name] ? encodeURIComponent(secret[name]) : whole))

/** The paragraphs of a template: body.1, body.2 and so on. */
function bodyKeys(texts: i18n, template: string): string[] {
  const keys: string[] = []
  while (texts.exists(`emails:${template}.body.${keys.length + 1}`)) keys.push(`${template}.body.${keys.length + 1}`)
  return keys
}

const domainOf = (address: string): string => address.replace(/^.*@/, '').replace(/>$/, '')

const plain = layout('txt', String)
const html = layout('html')

function layout(kind: 'txt' | 'html', escape?: (text: string) => string): (letter: Letter) => string {
  const filename = join(VIEWS, `emails/layout.${kind}.ejs`)
  const draw = ejs.compile(readFileSync(filename, 'utf8'), { filename, root: VIEWS, ...(escape && { escape }) })
  return letter => draw(letter)
}
