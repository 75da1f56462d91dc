import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

export interface Stubborn {
  url: string
  /** The recipients of each mail that it took. */
  taken: string[][]
  stop(): Promise<void>
}

/** A mail server that answers in words of its own, where `test/support/smtp.ts` only knows the usual ones. */
export async function stubbornServer(answers: SMTPServerOptions): Promise<Stubborn> {
  const taken: string[][] = []
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 1,
    onData(stream, { envelope }, done) {
      stream.resume().on('end', () => {
        taken.push(envelope.rcptTo.map(recipient => recipient.address))
        done()
      })
    },
    ...answers,
  })
  server.on('error', () => undefined)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    taken,
    stop: () => new Promise(resolve => server.close(() => resolve())),
  }
}

/** An answer that says no, with its number. */
export function saysNo(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode })
}
