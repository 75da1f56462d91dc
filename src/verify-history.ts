import { readConfig } from './config.ts'
import { connect, findServer } from './platform/db/connection.ts'
import { type Break, type Findings, verifyHistory } from './platform/db/verify-history.ts'

/** `npm run verify-history`: says whether anything in the history was changed or taken away since it was sealed. */
async function run(): Promise<void> {
  const config = readConfig()
  const server = await findServer(config)
  const db = connect(server.url, { poolSize: 2 })
  try {
    const findings = await verifyHistory(db.app, config.keys)
    if (findings.breaks.length > 0) process.exitCode = 1
    process.stdout.write(`${report(findings)}\n`)
  } finally {
    await db.close()
    await server.release()
  }
}

function report({ seals, events, erased, breaks, unsealed }: Findings): string {
  const { first, since } = unsealed
  const tail = since ? `, the oldest is ${first} of ${since.toISOString()}` : ''
  return [
    `${events} entries are sealed, in ${seals} seals; the values of ${erased} of them were erased.`,
    `${unsealed.events} entries are not sealed yet${tail}.`,
    ...(breaks.length > 0 ? ['The history is broken:', ...breaks.map(sentence)] : ['Nothing is broken.']),
  ].join('\n')
}

const sentence = (one: Break): string =>
  `  seal ${one.seal}${'event' in one ? `, entry ${one.event}` : ''}: ${one.what}`

await run().catch((error: unknown) => {
  process.stderr.write(`${(error as Error).message}\n`)
  process.exitCode = 1
})
