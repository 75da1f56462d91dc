import { parseArgs } from 'node:util'
import { type Config, readConfig } from '../src/config.ts'
import { prepareDatabase } from '../src/migrate.ts'
import { connectAsOwner, findServer } from '../src/platform/db/connection.ts'
import { loadDemo } from './demo/load.ts'
import { loadScale } from './scale/load.ts'

/*
 * npm run seed: fills an empty register with the demo's small Europe, as the first start does. With --scale 12000 it adds a
 * made-up Europe of that many authorities, for measuring; their people are p0000001 and so on, with the demo's password and code.
 */
const { scale } = parseArgs({ options: { scale: { type: 'string' } } }).values
const config = readConfig()
if (scale !== undefined && !/^[1-9]\d{1,6}$/.test(scale)) refuse('Say how many: npm run seed -- --scale 12000')
if (config.mode === 'production') refuse('Made-up data are not for production. Set IMI_MODE to demo or training.')

const server = await findServer(config)
try {
  await prepareDatabase(server.url)
  await seed(server.url, config)
} finally {
  await server.release()
}

async function seed(url: string, { keys }: Config): Promise<void> {
  const owner = connectAsOwner(url)
  const now = new Date()
  const seconds = (): number => Math.round((Date.now() - now.getTime()) / 1000)
  try {
    print((await loadDemo(owner, { keys, now })) ? 'The demo is there.' : 'The register is not empty, so it stays.')
    if (scale === undefined) return
    const tell = (done: number): void => print(`${done} of ${scale} authorities written, ${seconds()} s`)
    await loadScale(owner, { count: Number(scale), keys, now, tell })
    print(`A made-up Europe of ${scale} authorities is there, ${seconds()} s.`)
  } finally {
    await owner.destroy()
  }
}

function refuse(sentence: string): never {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
