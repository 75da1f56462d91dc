/** A mail as its reader sees it. */
export interface ReadMail {
  /** By name in small letters, unfolded and decoded; what stands there several times, one below the other. */
  headers: Record<string, string>
  from: string
  to: string[]
  cc: string[]
  subject: string
  text: string
  html: string
  attachments: { name: string; type: string; content: Buffer }[]
}

interface Part {
  headers: Record<string, string>
  type: string
  content: Buffer
}

/** Reads a mail from its bytes: headers, text, HTML, attachments. */
export function readMail(raw: Buffer): ReadMail {
  const [head, ...parts] = partsOf(raw)
  const headers = head?.headers ?? {}
  const shown = (type: string) => parts.find(part => part.type.startsWith(type) && !isAttachment(part))
  return {
    headers,
    from: addresses(headers.from)[0] ?? '',
    to: addresses(headers.to),
    cc: addresses(headers.cc),
    subject: headers.subject ?? '',
    text: textOf(shown('text/plain')),
    html: textOf(shown('text/html')),
    attachments: parts.filter(isAttachment).map(({ headers, type, content }) => ({
      name: parameter(headers['content-disposition'], 'filename'),
      type: type.replace(/;.*/s, ''),
      content,
    })),
  }
}

// The mail itself first, then the parts that hold something.
function partsOf(raw: Buffer): Part[] {
  const source = raw.toString('latin1')
  const gap = /\r?\n\r?\n/.exec(source)
  const headers = headersOf(gap ? source.slice(0, gap.index) : source)
  const body = gap ? source.slice(gap.index + gap[0].length) : ''
  const type = headers['content-type'] ?? 'text/plain'
  const whole = { headers, type, content: transferred(body, headers['content-transfer-encoding']) }
  const boundary = parameter(type, 'boundary')
  if (!boundary) return [whole, whole]
  const pieces = `\r\n${body}`.split(`\n--${boundary}`).slice(1, -1)
  const inner = pieces.map(piece => piece.replace(/^[ \t]*\r?\n/, '').replace(/\r$/, ''))
  return [whole, ...inner.flatMap(piece => partsOf(Buffer.from(piece, 'latin1')).slice(1))]
}

function headersOf(source: string): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const line of source.replace(/\r?\n(?=[ \t])/g, '').split(/\r?\n/)) {
    const [, name = '', value = ''] = /^([^:]+):\s*(.*)$/.exec(line) ?? []
    const key = name.toLowerCase()
    if (key) headers[key] = [headers[key], decodeWords(value)].filter(Boolean).join('\n')
  }
  return headers
}

function decodeWords(value: string): string {
  const together = value.replace(/\?=\s+=\?/g, '?==?')
  return together.replace(/=\?([^?]+)\?([QB])\?([^?]*)\?=/gi, (_whole, charset: string, way: string, text: string) =>
    decode(/b/i.test(way) ? Buffer.from(text, 'base64') : quotedPrintable(text.replaceAll('_', ' ')), charset),
  )
}

function transferred(body: string, encoding = '7bit'): Buffer {
  if (/base64/i.test(encoding)) return Buffer.from(body, 'base64')
  return /quoted/i.test(encoding) ? quotedPrintable(body) : Buffer.from(body, 'latin1')
}

function quotedPrintable(text: string): Buffer {
  const joined = text.replace(/=[ \t]*\r?\n/g, '')
  return Buffer.from(
    joined.replace(/=([0-9A-F]{2})/gi, (_whole, code: string) => String.fromCharCode(parseInt(code, 16))),
    'latin1',
  )
}

const textOf = (part?: Part) => (part ? decode(part.content, parameter(part.type, 'charset') || 'utf-8') : '')

const decode = (bytes: Buffer, charset: string) => new TextDecoder(charset.replace(/\*.*/, '')).decode(bytes)

const isAttachment = ({ headers }: Part) => headers['content-disposition']?.startsWith('attachment') ?? false

const parameter = (header = '', name: string) => new RegExp(`${name}="?([^";]+)`, 'i').exec(header)?.[1] ?? ''

const addresses = (header = '') => header.match(/[^\s<>,;:"]+@[^\s<>,;:"]+/g) ?? []
