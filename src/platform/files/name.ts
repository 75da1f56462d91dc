import { FILE_TYPES, type FileType } from './type.ts'

const LONGEST = 120
/** Names that old systems take for devices. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)$/i
/** Controls, surrogates without a partner, and what turns the direction of writing, so that `fdp.exe` reads `exe.pdf`. */
const UNSEEN = /[\p{Cc}\p{Cs}\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\u061c\ufff9-\ufffb]/gu

/**
 * What the sender calls a file, fit to be shown: no path, no control or invisible characters, nothing a file system would trip over,
 * at most 120 characters with its ending. Empty when nothing is left.
 */
export function readableName(name: string): string {
  const plain = name
    .toWellFormed()
    .normalize('NFC')
    .replace(/^.*[/\\]/su, '')
    .replace(UNSEEN, '')
    .replace(/[<>:"|?*%;]/g, '_')
    .replace(/\s+/gu, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
  if ([...plain].length <= LONGEST) return plain
  const ending = /\.[^. ]{1,8}$/u.exec(plain)?.[0] ?? ''
  return (
    [...plain]
      .slice(0, LONGEST - ending.length)
      .join('')
      .trimEnd() + ending
  )
}

/** The name under which a file of this type is shown, stored and served: the ending follows the content, whatever the sender wrote. */
export function fileName(name: string, type: FileType): string {
  const { endings } = FILE_TYPES[type]
  const readable = readableName(name)
  const fits = endings.some(ending => readable.toLowerCase().endsWith(`.${ending}`))
  const stem = fits ? readable.slice(0, readable.lastIndexOf('.')) : readable
  const safe = stem === '' || DEVICE.test(stem.split('.', 1)[0] ?? '') ? `file${stem && `_${stem}`}` : stem
  return fits ? `${safe}${readable.slice(readable.lastIndexOf('.'))}` : `${safe}.${endings[0]}`
}

/** The header that makes a browser save a file under this name and never show it (RFC 6266, RFC 8187). */
export function attachmentHeader(name: string): string {
  const readable = readableName(name) || 'file'
  const ascii = readable.replace(/[^\x20-\x7e]/gu, '_').replace(/["\\]/g, '_')
  const encoded = encodeURIComponent(readable).replace(
    /['()*!]/g,
    sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`
}
