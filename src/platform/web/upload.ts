import type { Request } from 'express'
import type { Body } from './form.ts'

/** A file as it came; its name is what the sender calls it and is shown, never used. */
export interface UploadedFile {
  name: string
  bytes: Buffer
}

/** More than any list that a page takes: 5,000 lines in UTF-16 are half of it. */
export const UPLOAD_LIMIT = 6 * 1024 * 1024

const kept = new WeakMap<Request, Map<string, UploadedFile>>()

/**
 * Reads a form that may hold files: its texts become the body, as from any other form; its files stay in memory for this request.
 * Throws errors with a status that the error page draws: 413 for too much, 400 for what is no such form.
 */
export async function readUpload(req: Request): Promise<void> {
  const type = req.get('content-type') ?? ''
  if (!/^multipart\/form-data\b/i.test(type)) return
  const form = await formFrom(await bytesOf(req), type)
  const body = Object.create(null) as Body
  const files = new Map<string, UploadedFile>()
  for (const [name, value] of form) {
    if (typeof value !== 'string') {
      if (value.size > 0) files.set(name, { name: value.name, bytes: Buffer.from(await value.arrayBuffer()) })
      continue
    }
    if (`${name}${value}`.includes('\0')) throw refusal(400)
    const before = body[name]
    body[name] = before === undefined ? value : [before, value].flat()
  }
  req.body = body
  kept.set(req, files)
}

/** The file sent in this field, if there is one and it is not empty. */
export const uploadedFile = (req: Request, name: string): UploadedFile | undefined => kept.get(req)?.get(name)

async function formFrom(bytes: Buffer<ArrayBuffer>, type: string): Promise<FormData> {
  try {
    return await new Response(bytes, { headers: { 'content-type': type } }).formData()
  } catch {
    throw refusal(400)
  }
}

/** Stops keeping what comes as soon as it is too much; the rest is read and dropped, so that the answer arrives. */
function bytesOf(req: Request): Promise<Buffer<ArrayBuffer>> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    req.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= UPLOAD_LIMIT) chunks.push(chunk)
      else reject(refusal(413))
    })
    req.on('end', () => resolve(Buffer.concat(chunks)))
    req.on('error', reject)
    req.on('aborted', () => reject(refusal(400)))
  })
}

const refusal = (status: number): Error => Object.assign(new Error('An upload was refused'), { status })
