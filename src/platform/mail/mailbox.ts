import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Message } from './email.ts'

/** A mail as the mailbox of a machine without a mail server shows it. */
export interface KeptMail {
  id: number
  at: string
  to: string
  cc: string[]
  language: string
  subject: string
  text: string
  link: string
}

/** Writes a mail to `mail/<id>.eml`, for any mail program, and what the mailbox page shows of it beside it. */
export async function keepInMailbox(varDir: string, message: Message, raw: Buffer): Promise<void> {
  const { id, to, cc, language, subject, text, link } = message
  const shown: KeptMail = { id, at: new Date().toISOString(), to, cc, language, subject, text, link }
  const folder = join(varDir, 'mail')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await write(join(folder, `${id}.eml`), raw)
  await write(join(folder, `${id}.json`), JSON.stringify(shown))
}

/** The newest mails first, at most 200. */
export async function listMailbox(varDir: string): Promise<KeptMail[]> {
  const files = await readdir(join(varDir, 'mail')).catch(absent([]))
  const numbers = files.flatMap(file => /^(\d+)\.json$/.exec(file)?.[1] ?? []).map(Number)
  const newest = numbers.sort((one, other) => other - one).slice(0, 200)
  const mails = await Promise.all(newest.map(id => findKeptMail(varDir, id)))
  return mails.filter(mail => mail !== undefined)
}

/** One mail of the mailbox, or undefined. */
export async function findKeptMail(varDir: string, id: number): Promise<KeptMail | undefined> {
  const text = await readFile(join(varDir, 'mail', `${id}.json`), 'utf8').catch(absent(undefined))
  return text === undefined ? undefined : (JSON.parse(text) as KeptMail)
}

/** A temporary password stands in these files: nobody else may read them, and no reader meets half of one. */
async function write(path: string, content: Buffer | string): Promise<void> {
  await writeFile(`${path}.new`, content, { mode: 0o600 })
  await rename(`${path}.new`, path)
}

function absent<T>(instead: T): (error: unknown) => T {
  return error => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return instead
    throw error
  }
}
