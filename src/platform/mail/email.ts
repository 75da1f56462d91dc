/** What a slice says when it writes to somebody: to whom, in which language, which text, and what stands in it. */
export interface Email {
  to: string
  /** Copies, such as the functional address of the authority. Never together with a secret. */
  cc?: string[]
  language: string
  /** Name of the text in `locales/<language>/emails.json`, for instance `users/temporary-password`. */
  template: string
  /** What stands in the text: names of authorities and the like, never anything about a person. */
  values: Record<string, string | number>
  /** Page the mail leads to, below BASE_URL; it survives the sign-in page. `{name}` stands for a secret. Without it: the start page. */
  path?: string
  /** Only for the eyes of the person: sealed in the row, blanked once the mail is on its way or given up. */
  secret?: Record<string, string>
  /** The record the mail tells of, so that its page can say what became of the mail. */
  about?: { type: string; id: number }
}

/** `refused`: the server said no for good. `failed`: given up after days of trying. */
export const EMAIL_STATES = ['waiting', 'sent', 'refused', 'failed'] as const
export type EmailState = (typeof EMAIL_STATES)[number]

/** The text of the mail that lists what was collected for somebody during a day (D8). */
export const DIGEST = 'digest/daily'

/** What people choose for mails that tell of waiting work: each at once, or all of a day in one. */
export const NOTIFICATIONS = ['atOnce', 'daily'] as const
export type Notifications = (typeof NOTIFICATIONS)[number]

/** A row of `emails`. */
export interface EmailRow {
  id: number
  message_id: string
  created_at: Date
  to_address: string
  cc: string[]
  language: string
  template: string
  values: Record<string, string | number>
  path: string
  secret: string | null
  about_type: string | null
  about_id: number | null
  state: EmailState
  attempts: number
  next_attempt_at: Date
  /** Who has it already, when the server took it for some and put others off. */
  accepted: string[]
  last_error: string | null
  sent_at: Date | null
  /** The user in whose next digest it is listed, instead of going out alone. */
  digest_of: number | null
  /** The digest that lists it; it shares the fate of that mail. */
  digest_id: number | null
}

/** What a digest says of mails of one kind that lead to the same page: never what stands in them. */
export interface DigestItem {
  template: string
  path: string
  number: number
}

/** A mail ready to be handed over. */
export interface Message {
  id: number
  /** Without the angle brackets; the same at every attempt, so that a doubled mail can be recognised. */
  messageId: string
  from: string
  to: string
  cc: string[]
  /** Who still has to get it: all of them, or those the server put off last time. */
  recipients: string[]
  language: string
  subject: string
  text: string
  html: string
  link: string
}

/**
 * Refuses what must never be queued: an address that could be read as two, a secret with a copy to somebody else, a link
 * that leads away from this installation. A mistake of the code, so it throws and takes the whole change with it.
 */
export function assertSendable(email: Email): void {
  const addresses = [email.to, ...(email.cc ?? [])]
  if (!addresses.every(address => ONE_ADDRESS.test(address)))
    throw new Error(`Not one e-mail address (${email.template})`)
  if (email.secret && email.cc?.length) throw new Error(`A secret has no copy (${email.template})`)
  if (email.path && !/^\/(?![/\\])\S*$/.test(email.path)) throw new Error(`Not a path of this site (${email.template})`)
}

// No spaces, commas, brackets or control characters: nothing that a mail header gives a meaning to.
const ONE_ADDRESS = /^[^\s@,;:<>()[\]\\"\p{Cc}]+@[^\s@,;:<>()[\]\\"\p{Cc}]+$/u
