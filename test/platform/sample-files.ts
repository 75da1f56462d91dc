import { crc32 } from 'node:zlib'

/** The smallest bytes of each kind that may be attached, and of kinds that may not. */
export const pdf = Buffer.from('%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n')
export const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
export const jpeg = Buffer.from('ffd8ffe000104a46494600010100', 'hex')
export const tiff = Buffer.from('49492a000800000000', 'hex')
export const bigEndianTiff = Buffer.from('4d4d002a0000000800', 'hex')

/** A zip archive of these entries, none of them packed. */
export function zip(entries: Record<string, string>): Buffer {
  const files: Buffer[] = []
  const list: Buffer[] = []
  let at = 0
  for (const [name, content] of Object.entries(entries)) {
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50)
    head.writeUInt16LE(20, 4)
    head.writeUInt32LE(crc32(content), 14)
    head.writeUInt32LE(content.length, 18)
    head.writeUInt32LE(content.length, 22)
    head.writeUInt16LE(name.length, 26)
    const file = Buffer.concat([head, Buffer.from(name + content)])
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50)
    head.copy(entry, 6, 4, 30)
    entry.writeUInt32LE(at, 42)
    list.push(entry, Buffer.from(name))
    files.push(file)
    at += file.length
  }
  const contents = Buffer.concat(list)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50)
  end.writeUInt16LE(Object.keys(entries).length, 8)
  end.writeUInt16LE(Object.keys(entries).length, 10)
  end.writeUInt32LE(contents.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...files, contents, end])
}

export const docx = zip({ '[Content_Types].xml': '<Types/>', 'word/document.xml': '<w/>' })
export const xlsx = zip({ '[Content_Types].xml': '<Types/>', 'xl/workbook.xml': '<x/>' })
export const docm = zip({ '[Content_Types].xml': '<Types/>', 'word/document.xml': '<w/>', 'word/vbaProject.bin': 'x' })
const openDocument = (type: string, more: Record<string, string> = {}) =>
  zip({ mimetype: `application/vnd.oasis.opendocument.${type}`, 'content.xml': '<o/>', ...more })
export const odt = openDocument('text')
export const ods = openDocument('spreadsheet')
export const odtTemplate = openDocument('text-template')
export const odtWithMacros = openDocument('text', { 'Basic/Standard/Module1.xml': '<m/>' })
