import { randomUUID } from 'node:crypto'
import { chosen, type Form, type Upload } from './page-form.ts'

export interface Submission {
  method: 'GET' | 'POST'
  /** The address as the form gives it, the query of a GET form included. */
  action: string
  type?: string
  body?: Buffer
}

/** What to send in place of what the form holds, as a hostile user does: a value, several, or null for nothing. */
export type Forged = Record<string, string | string[] | null>

/** What a browser sends when this form's button is pressed. */
export function submission(form: Form, forged: Forged = {}): Submission {
  const entries = forge(entriesOf(form), forged)
  if (form.method === 'get')
    return { method: 'GET', action: `${form.action.replace(/[?#].*$/s, '')}?${urlencoded(entries)}` }
  if (form.enctype === 'multipart/form-data') return { method: 'POST', action: form.action, ...multipart(entries) }
  return {
    method: 'POST',
    action: form.action,
    type: 'application/x-www-form-urlencoded',
    body: Buffer.from(urlencoded(entries)),
  }
}

/** A body for the pairs of a form that is not on any page. */
export function urlencoded(entries: [string, string | Upload][]): string {
  return new URLSearchParams(
    entries.map(([name, value]): [string, string] => [name, typeof value === 'string' ? value : value.name]),
  ).toString()
}

function entriesOf({ controls }: Form): [string, string | Upload][] {
  return controls
    .filter(control => control.name && !control.fixed)
    .flatMap(control => {
      const values: (string | Upload)[] = control.type === 'file' ? files(control.files) : chosen(control).map(lines)
      return values.map((value): [string, string | Upload] => [control.name, value])
    })
}

// A browser sends an empty file for a file field that was left alone.
const files = (chosenFiles: Upload[]) =>
  chosenFiles.length > 0 ? chosenFiles : [{ name: '', type: 'application/octet-stream', content: Buffer.alloc(0) }]

const lines = (text: string) => text.replace(/\r\n|\r|\n/g, '\r\n')

function forge(entries: [string, string | Upload][], forged: Forged): [string, string | Upload][] {
  const added = Object.entries(forged).flatMap(([name, value]) =>
    value === null ? [] : [value].flat().map((each): [string, string] => [name, each]),
  )
  return [...entries.filter(([name]) => !(name in forged)), ...added]
}

function multipart(entries: [string, string | Upload][]): { type: string; body: Buffer } {
  const boundary = `----${randomUUID()}`
  const parts = entries.flatMap(([name, value]) => {
    const file = typeof value === 'string' ? '' : `; filename="${quoted(value.name)}"\r\nContent-Type: ${value.type}`
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"${file}\r\n\r\n`
    return [Buffer.from(head), Buffer.from(typeof value === 'string' ? value : value.content), Buffer.from('\r\n')]
  })
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    body: Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]),
  }
}

const quoted = (text: string) => text.replace(/\r/g, '%0D').replace(/\n/g, '%0A').replace(/"/g, '%22')
