import { connect, type Socket } from 'node:net'

/** What a load of requests came to. */
export interface Load {
  perSecond: number
  /** Milliseconds of each answered request, the shortest first. */
  times: number[]
}

export interface Target {
  port: number
  /** The n-th request, whole, as it goes over the wire, and on which connection. */
  request: (n: number, connection?: number) => string
  connections?: number
  /** The status of every answer; another one is a fault of the measurement. */
  status: number
}

export const CONNECTIONS = 16

/**
 * Keeps as many connections busy for a while, one request at a time on each. Knows of HTTP only what our two servers speak, so
 * that it leaves them the machine. @throws Error when an answer has another status
 */
export async function load(target: Target, { ms = 1000 } = {}): Promise<Load> {
  const ends = performance.now() + ms
  const started = performance.now()
  const times: number[] = []
  let number = 0
  const next = (connection: number) => () =>
    performance.now() < ends ? target.request(number++, connection) : undefined
  const length = target.connections ?? CONNECTIONS
  await Promise.all(Array.from({ length }, (_, i) => keepBusy(target, next(i), time => times.push(time))))
  const seconds = (performance.now() - started) / 1000
  return { perSecond: times.length / seconds, times: times.sort((one, other) => one - other) }
}

function keepBusy(target: Target, next: () => string | undefined, took: (ms: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(target.port, '127.0.0.1')
    let sent = 0
    const send = (): void => {
      const request = next()
      sent = performance.now()
      if (request === undefined) socket.end(resolve)
      else socket.write(request)
    }
    onAnswers(socket, answer => {
      took(performance.now() - sent)
      if (answer.status === target.status) return send()
      socket.destroy()
      reject(new Error(`${answer.status} instead of ${target.status}:\n${answer.text.slice(0, 2000)}`))
    })
    socket.setNoDelay(true)
    socket.on('connect', send)
    socket.on('error', reject)
  })
}

function onAnswers(socket: Socket, answered: (answer: { status: number; text: string }) => void): void {
  let parts: Buffer[] = []
  let isWhole: ((bytes: Buffer[]) => boolean) | undefined
  socket.on('data', part => {
    parts.push(part)
    isWhole ??= endOf(Buffer.concat(parts))
    if (!isWhole?.(parts)) return
    const text = Buffer.concat(parts).toString('latin1')
    parts = []
    isWhole = undefined
    answered({ status: Number(text.slice(9, 12)), text })
  })
}

const HEAD_END = '\r\n\r\n'
const LAST_CHUNK = Buffer.from('\r\n0\r\n\r\n')

/** How to see that an answer is whole, as soon as its head is here: it says its length, or comes in chunks. */
function endOf(bytes: Buffer): ((parts: Buffer[]) => boolean) | undefined {
  const end = bytes.indexOf(HEAD_END)
  if (end < 0) return undefined
  const head = bytes.toString('latin1', 0, end)
  if (/\r\ntransfer-encoding: chunked/i.test(head))
    return parts => Buffer.concat(parts.slice(-2)).subarray(-LAST_CHUNK.length).equals(LAST_CHUNK)
  const length = end + HEAD_END.length + Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0)
  return parts => parts.reduce((sum, part) => sum + part.length, 0) >= length
}
