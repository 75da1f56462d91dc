import { connect, type Socket } from 'node:net'

/** Looks at a file: what is wrong with it, or nothing. Throws ScannerAway where there is no verdict. */
export type Scanner = (chunks: AsyncIterable<Buffer>) => Promise<string | undefined>

/** The scanner is down, too slow or cannot read the file: nobody has looked. */
export class ScannerAway extends Error {}

const SILENCE = 30_000
const LONGEST_ANSWER = 4096

/**
 * ClamAV's clamd at `tcp://host:port` or `unix:///path/of/socket`, through INSTREAM: the file goes in pieces with their length in
 * front, an empty piece ends it, and the answer is one sentence.
 */
export function clamd(address: string, { silence = SILENCE } = {}): Scanner {
  const url = new URL(address)
  const target =
    url.protocol === 'unix:'
      ? { path: url.pathname }
      : { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || 3310) }
  return async chunks => {
    const socket = connect(target)
    socket.setTimeout(silence, () => socket.destroy(new Error(`The scanner was silent for ${silence} ms`)))
    const answer = answerOf(socket)
    try {
      await Promise.race([sendAll(socket, chunks).catch(() => answer), answer])
      return verdictOf(await answer)
    } catch (error) {
      throw error instanceof ScannerAway ? error : new ScannerAway('The scanner gave no verdict', { cause: error })
    } finally {
      socket.destroy()
    }
  }
}

/** clamd may answer and hang up before it has everything: then the answer is what counts. */
async function sendAll(socket: Socket, chunks: AsyncIterable<Buffer>): Promise<void> {
  await write(socket, Buffer.from('zINSTREAM\0'))
  for await (const chunk of chunks) {
    if (chunk.length === 0) continue
    const length = Buffer.alloc(4)
    length.writeUInt32BE(chunk.length)
    await write(socket, length)
    await write(socket, chunk)
  }
  await write(socket, Buffer.alloc(4))
}

const write = (socket: Socket, bytes: Buffer): Promise<void> =>
  new Promise((resolve, reject) => {
    socket.write(bytes, error => (error ? reject(error) : resolve()))
  })

function answerOf(socket: Socket): Promise<string> {
  const answer = new Promise<string>((resolve, reject) => {
    let text = ''
    socket.on('data', (bytes: Buffer) => {
      text += bytes.toString('utf8')
      if (text.includes('\0')) resolve(text.slice(0, text.indexOf('\0')))
      else if (text.length > LONGEST_ANSWER) reject(new Error('The answer of the scanner does not end'))
    })
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('The scanner hung up')))
  })
  // Whoever sends learns of it; nobody may be waiting for the answer yet.
  answer.catch(() => undefined)
  return answer
}

function verdictOf(answer: string): string | undefined {
  const [, finding] = /^stream: (.+) FOUND$/s.exec(answer.trim()) ?? []
  if (finding !== undefined) return finding.slice(0, 200)
  if (/^stream: OK$/.test(answer.trim())) return undefined
  throw new ScannerAway(`The scanner answered: ${answer.slice(0, 200)}`)
}
