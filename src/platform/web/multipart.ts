import type { Readable } from 'node:stream'

/** One field or file of a form, as it comes: its bytes are read before the next part is asked for. */
export interface Part {
  field: string
  /** What the sender calls the file; undefined for a field that holds text. */
  fileName: string | undefined
  bytes: AsyncIterable<Buffer>
}

/** What came is no such form, or stops in the middle. */
export class BrokenForm extends Error {
  readonly status = 400
}

const BREAK = Buffer.from('\r\n')
const HEAD_END = Buffer.from('\r\n\r\n')
const LONGEST_HEAD = 16 * 1024

/** The boundary that the header Content-Type of such a form names, if it does. */
export function boundaryOf(contentType: string | undefined): string | undefined {
  const [, quoted, bare] =
    /^multipart\/form-data\s*;.*?\bboundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/is.exec(contentType ?? '') ?? []
  return quoted ?? bare
}

/**
 * The parts of a multipart form (RFC 7578) in their order, while it comes: nothing is kept but the chunk at hand, and nothing more
 * is read from the sender than is asked for. What is left unread of a part is dropped. Throws BrokenForm.
 */
export async function* partsOf(incoming: Readable, boundary: string): AsyncGenerator<Part> {
  const source = sourceOf(incoming)
  const mark = Buffer.from(`\r\n--${boundary}`, 'latin1')
  // The first boundary stands at the very start or after a line break, like the others.
  source.putBack(BREAK)
  await source.skip(mark)
  while (!(await isLast(source))) {
    const head = await headOf(source)
    const part = { over: false }
    yield { ...named(head), bytes: bytesOf(source, mark, part) }
    if (!part.over) await source.skip(mark)
  }
  await source.skipAll()
}

async function* bytesOf(source: Source, mark: Buffer, part: { over: boolean }): AsyncGenerator<Buffer> {
  yield* source.until(mark)
  part.over = true
}

/** After a boundary: the end, or the line break before the next part's head. */
async function isLast(source: Source): Promise<boolean> {
  if ((await source.peek(2)).toString('latin1') === '--') return true
  const line = await source.take(BREAK, 256)
  if (line.toString('latin1').trim() !== '') throw new BrokenForm('A boundary is followed by something else')
  return false
}

const headOf = async (source: Source): Promise<string> => {
  source.putBack(BREAK)
  return (await source.take(HEAD_END, LONGEST_HEAD)).toString('utf8')
}

function named(head: string): Pick<Part, 'field' | 'fileName'> {
  const disposition = /(?:^|\r\n)content-disposition:\s*form-data\s*;([^\r\n]*)/i.exec(head)?.[1]
  const field = disposition === undefined ? undefined : parameter(disposition, 'name')
  if (disposition === undefined || field === undefined) throw new BrokenForm('A part without a name')
  return { field, fileName: parameter(disposition, 'filename') }
}

/** As browsers write it: quotes and line breaks stand as %22, %0D and %0A, everything else as it is. */
function parameter(disposition: string, name: string): string | undefined {
  const value = new RegExp(`(?:^|;)\\s*${name}="([^"]*)"`, 'i').exec(disposition)?.[1]
  return value?.replace(/%(22|0D|0A)/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}

interface Source {
  putBack(bytes: Buffer): void
  /** The next bytes, which stay. */
  peek(length: number): Promise<Buffer>
  /** The bytes before the mark, which is taken away, in pieces. */
  until(mark: Buffer): AsyncGenerator<Buffer>
  /** The bytes before the mark, which is taken away, at once. */
  take(mark: Buffer, most: number): Promise<Buffer>
  skip(mark: Buffer): Promise<void>
  skipAll(): Promise<void>
}

function sourceOf(incoming: Readable): Source {
  const pieces = incoming.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer, undefined>
  let rest: Buffer = Buffer.alloc(0)

  async function next(): Promise<Buffer> {
    const { done, value } = await pieces.next()
    if (done) throw new BrokenForm('The form ends in the middle')
    return value
  }

  async function more(): Promise<void> {
    rest = Buffer.concat([rest, await next()])
  }

  async function* until(mark: Buffer): AsyncGenerator<Buffer> {
    for (;;) {
      const end = rest.indexOf(mark)
      // What may be the beginning of the mark waits for what follows.
      const ready = end >= 0 ? end : Math.max(0, rest.length - mark.length + 1)
      const piece = rest.subarray(0, ready)
      rest = rest.subarray(end >= 0 ? end + mark.length : ready)
      if (piece.length > 0) yield piece
      if (end >= 0) return
      const tail = rest
      rest = await next()
      // Only where the mark lies across both are they joined: to copy a whole file would double what it costs.
      const across = Buffer.concat([tail, rest.subarray(0, mark.length - 1)])
      if (across.includes(mark) || rest.length < mark.length) rest = Buffer.concat([tail, rest])
      else yield tail
    }
  }

  return {
    putBack: bytes => void (rest = Buffer.concat([bytes, rest])),
    until,
    async peek(length) {
      while (rest.length < length) await more()
      return rest.subarray(0, length)
    },
    async take(mark, most) {
      for (;;) {
        const end = rest.indexOf(mark)
        if (end > most || (end < 0 && rest.length > most)) throw new BrokenForm('The head of a part is too long')
        const taken = rest.subarray(0, Math.max(0, end))
        rest = end < 0 ? rest : rest.subarray(end + mark.length)
        if (end >= 0) return taken
        await more()
      }
    },
    async skip(mark) {
      for await (const _ of until(mark));
    },
    async skipAll() {
      while (!(await pieces.next()).done);
    },
  }
}
