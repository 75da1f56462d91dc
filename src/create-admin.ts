import { parseArgs } from 'node:util'
import { loadDemo } from '../seeds/demo/load.ts'
import { emailAddress } from './authorities/index.ts'
import { type Config, readConfig } from './config.ts'
import { prepareDatabase } from './migrate.ts'
import { systemClock } from './platform/clock.ts'
import { connect, connectAsOwner, findServer } from './platform/db/connection.ts'
import { type Outcome, registerAdministrator } from './users/register-administrator.ts'
import type { Person } from './users/register-user.ts'

const USAGE = 'npm run create-admin -- --email name@example.eu --given-name Given --family-name Family'
const OPTIONS = {
  email: { type: 'string' },
  'given-name': { type: 'string' },
  'family-name': { type: 'string' },
} as const

/** What was given on the command line is not enough, or not right. The message says what to do. */
class UsageError extends Error {}

/**
 * `npm run create-admin`: makes the first administrator of the Commission, or lets one in again when none can sign in. The
 * temporary password is printed once and goes nowhere else.
 */
async function run(): Promise<void> {
  const person = readPerson(process.argv.slice(2))
  const config = readConfig()
  const server = await findServer(config)
  try {
    const outcome = await register(server.url, config, person)
    if (outcome.done === 'refused') process.exitCode = 1
    process.stdout.write(`${report(outcome, person, config)}\n`)
  } finally {
    await server.release()
  }
}

function readPerson(given: string[]): Person {
  const values = readOptions(given)
  const missing = Object.keys(OPTIONS).filter(name => !values[name as keyof typeof OPTIONS]?.trim())
  if (missing.length > 0)
    throw new UsageError(
      `Say who it is: ${missing.map(name => `--${name}`).join(', ')} missing. Like this:\n  ${USAGE}`,
    )
  const { email = '', 'given-name': givenName = '', 'family-name': familyName = '' } = values
  if (!emailAddress('').safeParse(email).success) throw new UsageError(`${email} is no e-mail address.`)
  return {
    givenName: givenName.trim(),
    familyName: familyName.trim(),
    email: email.trim(),
    telephone: '',
    language: 'en',
  }
}

function readOptions(given: string[]): Partial<Record<keyof typeof OPTIONS, string>> {
  try {
    return parseArgs({ args: given, options: OPTIONS }).values
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\nWrite it like this:\n  ${USAGE}`)
  }
}

async function register(url: string, config: Config, person: Person): Promise<Outcome> {
  const { keys, mode } = config
  await prepareDatabase(url)
  // As at the start: the demo's people come first, since they come into an empty register only.
  if (mode !== 'production') {
    const owner = connectAsOwner(url)
    await loadDemo(owner, { keys, now: systemClock.now() }).finally(() => owner.destroy())
  }
  const db = connect(url, { poolSize: 2 })
  return registerAdministrator({ db: db.app, clock: systemClock, keys }, person).finally(() => db.close())
}

function report(outcome: Outcome, { givenName, familyName, email }: Person, { baseUrl }: Config): string {
  if (outcome.done === 'refused')
    return `${email} is the address of a user who does not administer IMI. Give another address. Nothing was changed.`
  if (outcome.done === 'nothing') {
    const { username, until } = outcome.administrator
    const how = until ? ` with a temporary password until ${until.toISOString().slice(0, 10)}` : ''
    return `The IMI administrator ${username} of the European Commission can sign in${how}. Nothing was changed.`
  }
  const done = outcome.done === 'registered' ? 'is registered as' : 'has a new temporary password as'
  return [
    `${givenName} ${familyName} ${done} IMI administrator of the European Commission.`,
    `  username            ${outcome.username}`,
    `  temporary password  ${outcome.password}`,
    `It is shown only now. Sign in at ${baseUrl} within 14 days and choose a password and a security code.`,
  ].join('\n')
}

await run().catch((error: unknown) => {
  const { code = '', message } = error as { code?: string; message: string }
  const away = ['ECONNREFUSED', 'ENOTFOUND', '28P01', '3D000'].includes(code)
  const advice = away ? '. Check DATABASE_URL and that PostgreSQL runs.' : ''
  process.stderr.write(`${message || code}${advice}\n`)
  process.exitCode = 1
})
