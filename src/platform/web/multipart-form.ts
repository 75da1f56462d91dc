import type { Request } from 'express'
import type { Body } from './form.ts'
import { boundaryOf, BrokenForm, type Part, partsOf } from './multipart.ts'

/** As much text as any other form may hold. */
const MOST_TEXT = 512 * 1024
const MOST_FIELDS = 5000

const MULTIPART = /^multipart\/form-data\b/i

/** A file in a form; what is left unread of its bytes is dropped. */
export type FilePart = Part & { fileName: string }

/**
 * Reads a form that may hold files, while it comes: its texts become the body, as from any other form; each file that was chosen goes to
 * `take` with the fields before it. Leaves a request of another type alone. Throws errors with a status that the error page draws:
 * 413 for too much text, 400 for what is no such form.
 */
export async function readMultipart(
  req: Request,
  take: (file: FilePart, before: Body) => Promise<void>,
): Promise<void> {
  const type = req.get('content-type') ?? ''
  if (!MULTIPART.test(type)) return
  const body = (req.body = Object.create(null) as Body)
  const room = { text: MOST_TEXT, fields: MOST_FIELDS }
  try {
    const boundary = boundaryOf(type)
    if (boundary === undefined) throw new BrokenForm('A form without a boundary')
    for await (const part of partsOf(req, boundary)) {
      if (part.fileName === undefined) add(body, part.field, await textOf(part, room))
      // A browser sends a file without a name for a field that was left alone.
      else if (part.fileName !== '') await take(part as FilePart, body)
    }
  } catch (error) {
    // What still comes is read and dropped, so that the answer arrives.
    req.resume()
    throw req.destroyed && !req.complete ? new BrokenForm('The sender has left', { cause: error }) : error
  }
}

/**
 * Reads the texts of a form that nobody has come to read, since something failed before; its files are dropped. True where there was
 * such a form. What cannot be read is left out.
 */
export async function readLeftTexts(req: Request): Promise<boolean> {
  if (req.body !== undefined || !MULTIPART.test(req.get('content-type') ?? '')) return false
  await readMultipart(req, () => Promise.resolve()).catch(() => undefined)
  return true
}

async function textOf({ field, bytes }: Part, room: { text: number; fields: number }): Promise<string> {
  const chunks: Buffer[] = []
  room.fields -= 1
  room.text -= field.length
  for await (const chunk of bytes) {
    room.text -= chunk.length
    if (room.text >= 0) chunks.push(chunk)
  }
  if (room.text < 0 || room.fields < 0) throw Object.assign(new Error('A form with too much text'), { status: 413 })
  const text = Buffer.concat(chunks).toString('utf8')
  if (`${field}${text}`.includes('\0')) throw new BrokenForm('A NUL in a field')
  return text
}

function add(body: Body, field: string, text: string): void {
  const before = body[field]
  body[field] = before === undefined ? text : [before, text].flat()
}
