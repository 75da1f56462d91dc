import { fork } from 'node:child_process'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Start } from './bare-server.ts'

export interface Running {
  port: number
  pid: number
  stop(): Promise<void>
}

/** The product as it is started in production, in a process of its own, with its log going nowhere. */
export async function startApp(settings: Record<string, string>): Promise<Running> {
  const port = await freePort()
  const child = fork(join(import.meta.dirname, '../../src/main.ts'), {
    env: { PATH: process.env.PATH, ...settings, PORT: String(port), BASE_URL: `http://127.0.0.1:${port}` },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
  const stop = (): Promise<void> => (child.kill('SIGTERM'), ended)
  const deadline = Date.now() + 240_000
  while (!(await isReady(port))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop()
      throw new Error('The application did not start.')
    }
    await pause(100)
  }
  return { port, pid: child.pid ?? 0, stop }
}

/** The bare server, in a process of its own. */
export async function startBare(start: Start): Promise<Running> {
  const child = fork(join(import.meta.dirname, 'bare-server.ts'), { serialization: 'advanced' })
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (answer: number) => resolve(answer))
    child.once('exit', () => reject(new Error('The bare server did not start.')))
    child.send(start)
  })
  return { port, pid: child.pid ?? 0, stop: () => (child.disconnect(), ended) }
}

async function isReady(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/health/ready`).then(
    answer => answer.ok,
    () => false,
  )
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise(resolve => server.close(resolve))
  return port
}
