import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { connect as dial, createServer, type AddressInfo, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** `npm start` as README says, in a place of its own. */
interface Running {
  child: ChildProcess
  output(): string
  ended: Promise<number | null>
}

let varDir: string
let port: number
beforeAll(async () => {
  varDir = mkdtempSync(join(tmpdir(), 'imi-start-'))
  port = await freePort()
})
afterAll(() => {
  for (const pid of processesBelow(varDir)) process.kill(pid, 'SIGKILL')
  rmSync(varDir, { recursive: true, force: true })
})

function npmStart(settings: Record<string, string> = {}): Running {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, VAR_DIR: varDir, PORT: String(port), ...settings }
  const child = spawn('npm', ['start'], {
    cwd: join(import.meta.dirname, '../..'),
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (bytes: Buffer) => (output += bytes.toString()))
  child.stderr.on('data', (bytes: Buffer) => (output += bytes.toString()))
  return { child, output: () => output, ended: new Promise(resolve => child.once('exit', resolve)) }
}

async function ready(running: Running): Promise<void> {
  const answers = () =>
    fetch(`http://127.0.0.1:${port}/health/ready`).then(
      answer => answer.status,
      () => running.output(),
    )
  const gone = running.ended.then(() => Promise.reject(new Error(running.output())))
  await Promise.race([gone, expect.poll(answers, { timeout: 60_000, interval: 100 }).toBe(200)])
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port: free } = server.address() as AddressInfo
  await new Promise(resolve => server.close(resolve))
  return free
}

/** Node and PostgreSQL alike: what has the directory in its environment or its command. Linux only. */
function processesBelow(dir: string): number[] {
  if (process.platform !== 'linux') return []
  const has = (file: string) => {
    try {
      return readFileSync(file, 'utf8').includes(dir)
    } catch {
      return false
    }
  }
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .filter(pid => has(`/proc/${pid}/cmdline`) || has(`/proc/${pid}/environ`))
    .map(Number)
}

async function ask(sql: string): Promise<unknown[]> {
  const lines = readFileSync(join(varDir, 'postgres/postmaster.pid'), 'utf8').split('\n')
  const password = readFileSync(join(varDir, 'postgres-password'), 'utf8').trim()
  const client = new pg.Client({ host: '127.0.0.1', port: Number(lines[3]), user: 'imi', password, database: 'imi' })
  await client.connect()
  const { rows } = await client.query<Record<string, unknown>>(sql).finally(() => client.end())
  return rows
}

/** Sends the head of a form and keeps its body back. */
async function halfARequest(): Promise<Socket> {
  const socket = dial(port, '127.0.0.1')
  await new Promise<void>(resolve => socket.once('connect', resolve))
  const head = [
    'POST / HTTP/1.1',
    'Host: localhost',
    'Content-Type: application/x-www-form-urlencoded',
    'Content-Length: 3',
  ]
  socket.write(`${head.join('\r\n')}\r\n\r\n`)
  await new Promise(resolve => setTimeout(resolve, 200))
  return socket
}

test(
  'it starts from nothing, says where, and SIGTERM lets it answer what was asked and leaves nothing',
  { timeout: 180_000 },
  async () => {
    const running = npmStart()
    await ready(running)
    expect(running.output()).toContain('IMI_MODE=demo')
    expect(running.output()).toContain(`http://localhost:${port}`)
    await ask('create table kept as select 7 as answer')

    const slow = await halfARequest()
    let answer = ''
    slow.on('data', (bytes: Buffer) => (answer += bytes.toString()))
    running.child.kill('SIGTERM')
    await expect
      .poll(() => fetch(`http://127.0.0.1:${port}/health/live`).catch(() => 'closed'), { timeout: 5000 })
      .toBe('closed')
    slow.write('a=b')
    await expect.poll(() => answer, { timeout: 5000 }).toMatch(/^HTTP\/1.1 4\d\d /)
    await running.ended
    await expect.poll(() => processesBelow(varDir), { timeout: 10_000 }).toEqual([])
  },
)

test(
  'after a kill it starts again with what was entered; a second one says that the port is taken',
  { timeout: 180_000 },
  async () => {
    const killed = npmStart()
    await ready(killed)
    const web = processesBelow(varDir).find(pid => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('src/main.ts'))
    if (web) process.kill(web, 'SIGKILL')
    else killed.child.kill('SIGKILL')
    await killed.ended

    const running = npmStart()
    await ready(running)
    expect(await ask('select answer from kept')).toEqual([{ answer: 7 }])

    const second = npmStart()
    expect(await second.ended).toBe(1)
    expect(second.output()).toContain(`Port ${port} is taken by another program.`)
    expect(second.output()).not.toContain('    at ')
    await ready(running)

    running.child.kill('SIGINT')
    await running.ended
    await expect.poll(() => processesBelow(varDir), { timeout: 10_000 }).toEqual([])
  },
)

test('it says in a sentence that production lacks its settings, or that the database is away', async () => {
  const bare = npmStart({ IMI_MODE: 'production' })
  expect(await bare.ended).toBe(1)
  expect(bare.output()).toContain('Set DATABASE_URL to')
  const away = npmStart({ DATABASE_URL: `postgres://imi@127.0.0.1:${port}/imi` })
  expect(await away.ended).toBe(1)
  expect(away.output()).toContain('Check DATABASE_URL')
  expect(away.output()).not.toContain('    at ')
})
