import { looksLikeText } from './text.ts'
import type { Spooled } from './spool.ts'
import { zipEntries } from './zip.ts'

/** What may be attached, and under which endings it is served; a file is what its bytes say, whatever its name says. */
export const FILE_TYPES = {
  pdf: { contentType: 'application/pdf', endings: ['pdf'] },
  png: { contentType: 'image/png', endings: ['png'] },
  jpeg: { contentType: 'image/jpeg', endings: ['jpg', 'jpeg'] },
  tiff: { contentType: 'image/tiff', endings: ['tif', 'tiff'] },
  docx: { contentType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', endings: ['docx'] },
  xlsx: { contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', endings: ['xlsx'] },
  odt: { contentType: 'application/vnd.oasis.opendocument.text', endings: ['odt'] },
  ods: { contentType: 'application/vnd.oasis.opendocument.spreadsheet', endings: ['ods'] },
  text: { contentType: 'text/plain; charset=utf-8', endings: ['txt'] },
} as const

export type FileType = keyof typeof FILE_TYPES

type Readable = Pick<Spooled, 'size' | 'at' | 'chunks'>

const SIGNATURES: readonly [FileType, ...string[]][] = [
  ['pdf', '255044462d'],
  ['png', '89504e470d0a1a0a'],
  ['jpeg', 'ffd8ff'],
  ['tiff', '49492a00', '4d4d002a'],
]

/** What a file is by its content; undefined for everything that may not be attached: programs, web pages, scripts, archives. */
export async function typeOf(file: Readable): Promise<FileType | undefined> {
  const head = (await file.at(0, 16)).toString('hex')
  const signed = SIGNATURES.find(([, ...starts]) => starts.some(start => head.startsWith(start)))
  if (signed) return signed[0]
  if (head.startsWith('504b0304')) return officeType(file)
  return (await looksLikeText(file.chunks())) ? 'text' : undefined
}

/** An office document is an archive with certain entries; one that brings macros is none that we take. */
async function officeType(file: Readable): Promise<FileType | undefined> {
  const entries = await zipEntries(file)
  if (!entries || entries.some(name => /(^|\/)(vbaproject\.bin|basic\/.*|scripts\/.*)$/i.test(name))) return undefined
  const has = (name: string) => entries.includes(name)
  if (has('[Content_Types].xml') && has('word/document.xml')) return 'docx'
  if (has('[Content_Types].xml') && has('xl/workbook.xml')) return 'xlsx'
  return has('content.xml') ? openDocumentType(file) : undefined
}

/** OpenDocument says what it is in its first entry, which is not packed: always at the same place. */
async function openDocumentType(file: Readable): Promise<FileType | undefined> {
  const start = (await file.at(0, 120)).toString('latin1')
  const said = /^PK\x03\x04.{22}(?:\x08\x00)(?:..)mimetype(.*)$/s.exec(start)?.[1] ?? ''
  return (['ods', 'odt'] as const).find(type => said.startsWith(`${FILE_TYPES[type].contentType}PK`))
}
