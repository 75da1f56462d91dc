import { parseArgs } from 'node:util'
import { readConfig } from '../src/config.ts'
import { prepareDatabase } from '../src/migrate.ts'
import { connectAsOwner, findServer } from '../src/platform/db/connection.ts'
import { SCALE_PASSWORD, SCALE_SECURITY_CODE, loadScale } from './scale/load.ts'

const { scale } = parseArgs({ options: { scale: { type: 'string' } } }).values
if (!scale || !/^[1-9]\d{1,6}$/.test(scale)) {
  process.stderr.write('Say how many authorities: npm run seed -- --scale 12000\n')
  process.exit(1)
}
const config = readConfig()
if (config.mode === 'production') {
  process.stderr.write('Made-up authorities are not for production. Set IMI_MODE to demo or training.\n')
  process.exit(1)
}
const server = await findServer(config)
try {
  await prepareDatabase(server.url)
  await addEurope(server.url, Number(scale))
} finally {
  await server.release()
}

/** Adds a made-up Europe to what is there. */
async function addEurope(url: string, count: number): Promise<void> {
  const owner = connectAsOwner(url)
  const started = performance.now()
  const seconds = (): string => `${Math.round((performance.now() - started) / 1000)} s`
  const tell = (done: number): void => print(`${done} of ${count} authorities written, ${seconds()}`)
  try {
    await loadScale(owner, { count, keys: config.keys, now: new Date(), tell })
  } finally {
    await owner.destroy()
  }
  print(`A made-up Europe of ${count} authorities is there, ${seconds()}.`)
  print(`Usernames p0000001 and so on, password ${SCALE_PASSWORD}, security code ${SCALE_SECURITY_CODE}.`)
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
