import type { Request } from 'express'
import { Busy } from '../errors.ts'
import { LARGEST_FILE, type Received, receiveFile, type ReceivedFile, type RefusedFile } from '../files/receive.ts'
import { FILE_TYPES } from '../files/type.ts'
import { quarantineFile } from '../files/stored-file.ts'
import type { Body, Mistake } from './form.ts'
import { BrokenForm } from './multipart.ts'
import { readMultipart } from './multipart-form.ts'
import type { Ctx } from './page.ts'

/** How much may be attached in one sending. */
export interface AttachmentLimits {
  /** Bytes of one file. */
  most: number
  count: number
}

/** 10 MiB each, 20 in all. [requests.md, What a request holds] */
export const ATTACHMENT_LIMITS: AttachmentLimits = { most: LARGEST_FILE, count: 20 }

/** What the component file-field says and offers beside a field for attachments. */
export const attachmentField = ({ count, most } = ATTACHMENT_LIMITS) => ({
  count,
  megabytes: Math.floor(most / 1024 / 1024),
  accept: Object.values(FILE_TYPES)
    .flatMap(({ endings }) => endings.map(ending => `.${ending}`))
    .join(),
})

/** Forms with files that a process takes in at the same time: beyond it people are asked to try again. */
const AT_ONCE = 16
let busy = 0

interface Came {
  received: Received[]
  mistakes: Mistake[]
}

const kept = new WeakMap<Request, Came>()

/**
 * Reads a form with attachments while it comes, without holding it in memory: its texts become the body; each file that may be
 * attached waits in the inbox, each other one becomes a mistake at its field, and the form goes on. Until `mayKeep` has seen the
 * fields that come before the files, no byte of a file is kept. `closeAttachments` must follow, whatever happens.
 */
export async function readAttachments(
  ctx: Ctx<unknown>,
  limits: AttachmentLimits,
  mayKeep: (body: Body) => boolean,
): Promise<void> {
  const came: Came = { received: [], mistakes: [] }
  kept.set(ctx.req, came)
  let full = false
  let early = false
  let taking = false
  try {
    await readMultipart(ctx.req, async ({ field, fileName, bytes }, body) => {
      if (full) return
      if (!mayKeep(body)) return void (early = true)
      if (!taking && busy >= AT_ONCE) return void (full = true)
      if (!taking) busy += 1
      taking = true
      if (came.received.length >= limits.count) return tooMany(came, field, limits)
      const { files } = ctx.kernel
      came.received.push(await receiveFile(files, { field, name: fileName, chunks: bytes, most: limits.most }))
    })
    if (early && mayKeep(ctx.req.body as Body)) throw new BrokenForm('The token came after the files')
    if (full) throw new Busy('Many files are coming in already')
    await quarantine(ctx, came)
  } finally {
    if (taking) busy -= 1
  }
}

/**
 * The files that came with this form and may be stored (`storeFile`), in their order; those of one field, if one is named. Throws where
 * another file of the form was refused: `form` has said so before, an act without a form asks `attachmentMistakes` first.
 */
export function attachedFiles(req: Request, field?: string): ReceivedFile[] {
  const { received, mistakes } = kept.get(req) ?? { received: [], mistakes: [] }
  if (attachmentMistakes(req).length > 0) throw new Error(`A refused file is not attached: ${mistakes.length}`)
  return received.flatMap(({ result }) => (result.ok && (!field || result.file.field === field) ? [result.file] : []))
}

/** Why files of this form may not be attached, each at its field and with its name; `form` names them with all other mistakes. */
export function attachmentMistakes(req: Request): Mistake[] {
  const { received, mistakes } = kept.get(req) ?? { received: [], mistakes: [] }
  return [...received.flatMap(({ result }) => (result.ok ? [] : [result.refused.mistake])), ...mistakes]
}

/** Whether files were sent: a page that repeats the form by itself would leave them out. */
export const hadAttachments = (req: Request): boolean => (kept.get(req)?.received.length ?? 0) > 0

/** Empties the inbox of what came with this form; what was stored is stored. */
export async function closeAttachments(req: Request): Promise<void> {
  const { received = [] } = kept.get(req) ?? {}
  await Promise.all(received.map(({ close }) => close()))
}

function tooMany({ mistakes }: Came, field: string, { count }: AttachmentLimits): void {
  if (mistakes.length === 0) mistakes.push({ field, key: 'files:tooMany', values: { count } })
}

/** What the scanner refused is kept apart, and the history says so, though the form itself does nothing. */
async function quarantine(ctx: Ctx<unknown>, { received }: Came): Promise<void> {
  const infected = received.flatMap(({ result }) => (result.ok ? [] : (result.refused.infected ?? [])))
  if (infected.length === 0) return
  await ctx.change(async c => {
    for (const { file, finding } of infected) await quarantineFile(c, file, finding)
  })
}

export type { ReceivedFile, RefusedFile }
