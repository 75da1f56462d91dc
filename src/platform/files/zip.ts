import type { Spooled } from './spool.ts'

const END = Buffer.from('504b0506', 'hex')
const END_SIZE = 22
const LONGEST_COMMENT = 65_535
const ENTRY = 0x02014b50
const ENTRY_SIZE = 46
/** An office document has some hundreds of entries; a list beyond this is no document. */
const LARGEST_LIST = 1024 * 1024

/** The names in the list of contents at the end of a zip archive; undefined when there is no such list, or not a whole one. */
export async function zipEntries(file: Pick<Spooled, 'size' | 'at'>): Promise<string[] | undefined> {
  const tailAt = Math.max(0, file.size - END_SIZE - LONGEST_COMMENT)
  const tail = await file.at(tailAt, file.size - tailAt)
  const end = tail.lastIndexOf(END)
  if (end < 0 || end + END_SIZE > tail.length) return undefined
  const count = tail.readUInt16LE(end + 10)
  const size = tail.readUInt32LE(end + 12)
  const start = tail.readUInt32LE(end + 16)
  if (size > LARGEST_LIST || start + size > file.size) return undefined
  const names = namesIn(await file.at(start, size))
  return names?.length === count ? names : undefined
}

function namesIn(list: Buffer): string[] | undefined {
  const names: string[] = []
  for (let at = 0; at < list.length;) {
    if (at + ENTRY_SIZE > list.length || list.readUInt32LE(at) !== ENTRY) return undefined
    const [name = 0, extra = 0, comment = 0] = [28, 30, 32].map(offset => list.readUInt16LE(at + offset))
    names.push(list.toString('utf8', at + ENTRY_SIZE, at + ENTRY_SIZE + name))
    at += ENTRY_SIZE + name + extra + comment
  }
  return names
}
