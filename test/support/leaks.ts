import type { Knex } from 'knex'
import type { Config } from '../../src/config.ts'
import { loadTexts } from '../../src/platform/i18n/i18n.ts'
import type { EmailRow } from '../../src/platform/mail/email.ts'
import { secretOf } from '../../src/platform/mail/queue.ts'
import { render } from '../../src/platform/mail/render.ts'

/** Something that stands where it must not: in which mail (its template) or entry of the history, and of which kind. Never the value. */
export interface Leak {
  where: string
  kind: string
}

interface Looked {
  knex: Knex
  config: Config
}

/**
 * Looks through all that was written to anybody in a world, as it goes out, and through the history of what was done to requests, for
 * what must never stand there: personal data, what was asked and answered, what people wrote to each other, usernames, names of people
 * (H2; requests.md, Mail, Data protection). Names of authorities and modules may. A value that the text of the mail holds
 * by itself, or of three letters, is no finding.
 */
export async function findLeaks({ knex, config }: Looked): Promise<Leak[]> {
  const secrets = await listForbidden(knex)
  const letters = await writeLetters(knex, config)
  const entries = await listEntries(knex)
  return [
    ...findIn(letters, secrets),
    ...findIn(
      entries,
      secrets.filter(({ mailOnly }) => !mailOnly),
    ),
  ]
}

/** Fails where something leaks: says where and what kind of thing. */
export async function assertNothingLeaks(looked: Looked): Promise<void> {
  const leaks = await findLeaks(looked)
  if (leaks.length > 0)
    throw new Error(
      `What must not be written stands in: ${leaks.map(({ where, kind }) => `${where} (${kind})`).join('; ')}`,
    )
}

interface Forbidden {
  kind: string
  text: string
  words: string[]
  mailOnly: boolean
}

/** A text to look through; `blank` is the same without what the database put into it. */
interface Sheet {
  where: string
  text: string
  blank: () => string
}

function findIn(sheets: readonly Sheet[], forbidden: readonly Forbidden[]): Leak[] {
  const words = new Set(sheets.flatMap(({ text }) => wordsOf(text)))
  const suspects = forbidden.filter(one => one.words.every(word => words.has(word)))
  const leaks = suspects.flatMap(({ kind, text }) =>
    sheets
      .filter(sheet => holds(sheet.text, text) && !holds(sheet.blank(), text))
      .map(({ where }): Leak => ({ where, kind })),
  )
  return [...new Map(leaks.map(leak => [JSON.stringify(leak), leak])).values()]
}

const SHORTEST = 4
/** So much of a long text shows that it is there. */
const ENOUGH = 60

/** As people read it, whatever the case, the line ends and the marks around it. */
const plain = (text: string): string =>
  ` ${text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `

const wordsOf = (text: string): string[] => text.trim().split(' ')
const holds = (text: string, part: string): boolean => text.includes(part)

async function listForbidden(knex: Knex): Promise<Forbidden[]> {
  const { rows } = await knex.raw<{ rows: { kind: string; value: string }[] }>(FORBIDDEN)
  return rows.flatMap(({ kind, value }) =>
    piecesOf(kind, value).flatMap(piece => {
      const text = plain(piece)
      const mailOnly = kind === 'username' || kind === 'name of a person'
      return text.length < SHORTEST + 2 ? [] : [{ kind, text, words: wordsOf(text), mailOnly }]
    }),
  )
}

/** A question stands in the set with its blanks: what is between them. Of long texts the beginning, up to the end of a word. */
function piecesOf(kind: string, value: string): string[] {
  if (kind === 'question') return value.split(/\{[^}]*\}/).filter(piece => piece.trim().includes(' '))
  return [value.length > ENOUGH ? value.slice(0, ENOUGH).replace(/\S+$/, '') : value]
}

/** Every mail as it goes out, those that read the same once. */
async function writeLetters(knex: Knex, config: Config): Promise<Sheet[]> {
  const { rows } = await knex.raw<{ rows: { name: string }[] }>(ALLOWED)
  const allowed = new Set(rows.map(({ name }) => name))
  const office = { texts: (texts ??= loadTexts({ strict: true })), baseUrl: config.baseUrl, mailFrom: config.mailFrom }
  const written = (row: EmailRow, secret: Record<string, string>): string => {
    try {
      const { subject, text, html } = render(row, secret, office)
      return plain([subject, text, unmarked(html), ...Object.values(row.values), row.path].join('\n'))
    } catch {
      // A text that only a test knows.
      return plain([...Object.values(row.values), ...Object.values(secret), row.path].join('\n'))
    }
  }
  const letters = new Map<string, Sheet>()
  for (const row of await knex<EmailRow>('emails').orderBy('id')) {
    const mail = { ...row, values: blanked(row.values, allowed), path: row.path.replace(/\d+/g, '0') }
    const secret = unsealed(config, row)
    const key = JSON.stringify([mail.template, mail.language, mail.values, mail.path, secret])
    if (letters.has(key)) continue
    const blank = { ...mail, values: mapped(mail.values, () => ''), path: '/' }
    const without = mapped(secret, () => '')
    letters.set(key, { where: row.template, text: written(mail, secret), blank: () => written(blank, without) })
  }
  return [...letters.values()]
}

let texts: ReturnType<typeof loadTexts> | undefined

const mapped = <V>(values: Record<string, V>, to: (value: V) => V | string): Record<string, V | string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, to(value)]))

/** Without names that everybody may read, and without numbers. */
const blanked = (values: EmailRow['values'], allowed: ReadonlySet<string>): EmailRow['values'] =>
  mapped(values, value => (typeof value === 'number' || allowed.has(value) ? '' : value))

function unsealed({ keys }: Config, row: EmailRow): Record<string, string> {
  try {
    return secretOf(keys, row)
  } catch {
    // Sealed with a key that only a test knows.
    return {}
  }
}

const unmarked = (html: string): string =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#34;|&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')

async function listEntries(knex: Knex): Promise<Sheet[]> {
  const { rows } = await knex.raw<{ rows: { event: string; details: string }[] }>(ENTRIES)
  return rows.map(({ event, details }) => ({ where: event, text: plain(details), blank: () => '' }))
}

const ENTRIES = `
  select distinct e.event, string_agg(d.value, ' ') as details
  from audit_events e join audit_values v on v.event_id = e.id
  cross join lateral (select value from jsonb_each_text(v.details - '{number,before,after,to}'::text[])) d
  where e.event like 'request.%' group by e.id, e.event`

// The numbers of requests lead to them; names of authorities and modules stand in most mails.
const ALLOWED = `
  select official_name as name from authorities union select name from authority_names union select official_name from tombstones
  union select t.value from modules m cross join jsonb_each_text(m.names) t union select number from requests
  union select r.number || '-' || p.part from requests r join request_parts p on p.request_id = r.id`

const FORBIDDEN = `
  select kind, value from (
    select 'personal data' as kind, value from request_personal
    union select 'file name', name from request_attachment_names
    union select 'subject data', s.value from requests cross join jsonb_each_text(subject) s
    union select 'reason', unnest(array[reason, urgent_reason]) from requests
    union select 'question', t.value from request_questions q join requests r on r.id = q.request_id
      join questions o on o.question_set_id = r.question_set_id and o.code = q.code cross join jsonb_each_text(o.text) t
    union select 'variable', v.value from request_questions cross join jsonb_each_text(variables) v
    union select 'answer', unnest(array[value, comment]) from request_draft_answers
    union select 'answer', unnest(array[value, comment]) from request_reply_answers
    union select 'answer', general_comments from request_drafts
    union select 'answer', unnest(array[general_comments, reason]) from request_replies
    union select 'comment', text from request_comments
    union select 'reason', unnest(array[reason, outcome_reason]) from request_demands
    union select 'reason', later_reason from request_parts
    union select 'opinion', text from request_opinions
    union select 'note', note from request_steps
    union select 'remark', unnest(array[file_number, remark]) from request_side_notes
    union select 'username', username from users
    union select 'name of a person', given_name || ' ' || family_name from users) f
  where value <> ''`
