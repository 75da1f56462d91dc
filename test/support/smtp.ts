import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { readMail, type ReadMail } from './mime.ts'

export interface Received extends ReadMail {
  envelope: { from: string; to: string[] }
  /** Everything that went over the line, undecoded. */
  raw: string
}

/** How the server ails; nothing given: it is well. */
export interface Ailment {
  /** Milliseconds before it says hello to who connects. */
  slowToGreet?: number
  /** Milliseconds before it says that it has taken a mail. */
  slowToTake?: number
  /** Addresses that it refuses for good, with 550. */
  refuses?: string[]
  /** So many of the next mails it puts off with 451; Infinity: all. */
  busy?: number
}

export interface Smtp {
  /** For SMTP_URL; the same while it is down. */
  url: string
  received: Received[]
  /** How many clients have connected, in vain or not. */
  connections(): number
  /** From now on it ails like this, and no longer as before. */
  ails(ailment: Ailment): void
  /** Connections are refused from now on, and those that are open end. */
  down(): Promise<void>
  up(): Promise<void>
  /** The mails, once there are so many. Fails after 10 seconds unless told otherwise. */
  waitFor(count: number, milliseconds?: number): Promise<Received[]>
  /** Forgets what came. */
  clear(): void
  close(): Promise<void>
}

/** A real mail server on a free port of this machine that keeps what it is sent. `down: true` starts it refusing connections. */
export async function smtp({ down: startsDown = false, ...first }: Ailment & { down?: boolean } = {}): Promise<Smtp> {
  const received: Received[] = []
  const waiting = new Set<() => void>()
  const state = { ailment: first, connections: 0 }
  const take = (mail: Received) => {
    received.push(mail)
    for (const look of waiting) look()
  }
  let server: SMTPServer | undefined = smtpServer(state, take)
  const port = await listen(server, 0)
  const down = async () => {
    const running = server
    server = undefined
    if (running) await new Promise<void>(resolve => running.close(resolve))
  }
  const up = async () => {
    if (server) return
    server = smtpServer(state, take)
    await listen(server, port)
  }
  if (startsDown) await down()
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    connections: () => state.connections,
    ails: ailment => void (state.ailment = { ...ailment }),
    down,
    up,
    waitFor: (count, milliseconds = 10_000) => arrival(received, waiting, count, milliseconds),
    clear: () => void (received.length = 0),
    close: down,
  }
}

interface State {
  ailment: Ailment
  connections: number
}

function smtpServer(state: State, take: (mail: Received) => void): SMTPServer {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 1,
    onConnect(_session, done) {
      state.connections += 1
      after(state.ailment.slowToGreet, done)
    },
    onRcptTo({ address }, _session, done) {
      const known = !state.ailment.refuses?.includes(address)
      done(known ? null : refusal(550, 'No such mailbox'))
    },
    onData(stream, { envelope }, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        if (putsOff(state.ailment)) return done(refusal(451, 'Try again later'))
        const raw = Buffer.concat(parts)
        const from = envelope.mailFrom ? envelope.mailFrom.address : ''
        const to = envelope.rcptTo.map(({ address }) => address)
        take({ ...readMail(raw), raw: raw.toString('utf8'), envelope: { from, to } })
        after(state.ailment.slowToTake, done)
      })
    },
  })
  // A client that hangs up half way is what these tests are about, and no fault of the server.
  server.on('error', () => {})
  return server
}

function putsOff(ailment: Ailment): boolean {
  if (!ailment.busy) return false
  ailment.busy -= 1
  return true
}

function after(milliseconds: number | undefined, done: (error: null) => void): void {
  if (milliseconds) setTimeout(done, milliseconds, null).unref()
  else done(null)
}

const refusal = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode })

function listen(server: SMTPServer, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const { server: socket } = server
    socket.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve((socket.address() as AddressInfo).port))
  })
}

function arrival(received: Received[], waiting: Set<() => void>, count: number, limit: number): Promise<Received[]> {
  return new Promise((resolve, reject) => {
    const came = () => received.map(({ subject, envelope }) => `'${subject}' to ${envelope.to.join(', ')}`).join('; ')
    const timer = setTimeout(() => {
      waiting.delete(look)
      reject(new Error(`${received.length} mails came within ${limit} ms, not ${count}: ${came() || 'none'}`))
    }, limit)
    const look = () => {
      if (received.length < count) return
      clearTimeout(timer)
      waiting.delete(look)
      resolve([...received])
    }
    waiting.add(look)
    look()
  })
}
