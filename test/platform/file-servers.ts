import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { createServer as createNetServer, type AddressInfo, type Server, type Socket } from 'node:net'

/** The test file that every scanner finds, in two pieces, so that no scanner finds it here. */
export const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', '-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('')

export type Mood = 'well' | 'silent' | 'hangs up' | 'too small' | 'nonsense'

export interface FakeClamd {
  url: string
  mood: Mood
  /** How many bytes each file had that it was shown. */
  seen: number[]
  close(): Promise<void>
}

/** Speaks clamd's INSTREAM: pieces with their length in front, an empty one at the end. */
export async function fakeClamd(): Promise<FakeClamd> {
  const sockets = new Set<Socket>()
  const server = createNetServer(socket => {
    sockets.add(socket.on('close', () => sockets.delete(socket)).on('error', () => undefined))
    let held = Buffer.alloc(0)
    socket.on('data', bytes => {
      held = Buffer.concat([held, bytes])
      if (fake.mood === 'hangs up') socket.destroy()
      if (fake.mood === 'too small') socket.end('INSTREAM size limit exceeded. ERROR\0')
      const file = fileIn(held)
      if (!file || fake.mood !== 'well')
        return void (file && fake.mood === 'nonsense' && socket.end('UNKNOWN COMMAND\0'))
      fake.seen.push(file.length)
      socket.end(file.includes(EICAR) ? 'stream: Eicar-Test-Signature FOUND\0' : 'stream: OK\0')
    })
  })
  const port = await listening(server)
  const fake: FakeClamd = {
    url: `tcp://127.0.0.1:${port}`,
    mood: 'well',
    seen: [],
    close: () => closed(server, sockets),
  }
  return fake
}

/** The file, once its end has come. */
function fileIn(held: Buffer): Buffer | undefined {
  const command = 'zINSTREAM\0'
  if (held.length < command.length) return undefined
  if (held.toString('latin1', 0, command.length) !== command) throw new Error('Not INSTREAM')
  const pieces: Buffer[] = []
  for (let at = command.length; at + 4 <= held.length;) {
    const length = held.readUInt32BE(at)
    if (length === 0) return Buffer.concat(pieces)
    pieces.push(held.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return undefined
}

export interface FakeS3 {
  url: string
  objects: Map<string, { bytes: Buffer; at: Date }>
  requests: { method: string; path: string; headers: IncomingMessage['headers'] }[]
  /** What it answers to everything while it is set. */
  refuses: number | undefined
  close(): Promise<void>
}

const PAGE = 2

/** An S3-compatible store: PUT with a digest that must be true, GET, DELETE, and lists in pages of two. */
export async function fakeS3(): Promise<FakeS3> {
  const sockets = new Set<Socket>()
  const server = createServer((req, res) => {
    answer(fake, req, res).catch((error: unknown) => res.writeHead(500).end(String(error)))
  })
  server.on('connection', socket => sockets.add(socket))
  const port = await listening(server)
  const fake: FakeS3 = {
    url: `s3+http://key:se%2Fcret@127.0.0.1:${port}/bucket/papers?region=eu-north-1`,
    objects: new Map(),
    requests: [],
    refuses: undefined,
    close: () => closed(server, sockets),
  }
  return fake
}

async function answer(
  { objects, requests, refuses }: FakeS3,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const { method = '', url = '', headers } = req
  const bytes = await buffer(req)
  requests.push({ method, path: url, headers })
  const { pathname, searchParams } = new URL(url, 'http://s3')
  if (refuses !== undefined) return void res.writeHead(refuses).end('<Error/>')
  if (!headers.authorization?.startsWith('AWS4-HMAC-SHA256 Credential=key/')) return void res.writeHead(403).end()
  const digest = createHash('sha256').update(bytes).digest('hex')
  if (headers['x-amz-content-sha256'] !== digest)
    return void res.writeHead(400).end('<Error>XAmzContentSHA256Mismatch</Error>')
  const key = decodeURIComponent(pathname).replace(/^\/bucket\/?/, '')
  if (method === 'PUT') objects.set(key, { bytes, at: new Date() })
  if (method === 'DELETE') objects.delete(key)
  if (method !== 'GET') return void res.writeHead(method === 'PUT' ? 200 : 204).end()
  if (key === '') return void res.end(listOf(objects, searchParams))
  const object = objects.get(key)
  res.writeHead(object ? 200 : 404).end(object?.bytes ?? '<Error><Code>NoSuchKey</Code></Error>')
}

function listOf(objects: FakeS3['objects'], asked: URLSearchParams): string {
  const after = asked.get('continuation-token')?.replace('after&', '') ?? ''
  const keys = [...objects.keys()].filter(key => key.startsWith(asked.get('prefix') ?? '') && key > after).sort()
  const page = keys.slice(0, PAGE)
  const lines = page.map(
    key => `<Contents><Key>${key}</Key><LastModified>${objects.get(key)?.at.toISOString()}</LastModified></Contents>`,
  )
  const next = keys.length > PAGE ? `<NextContinuationToken>after&amp;${page.at(-1)}</NextContinuationToken>` : ''
  return `<?xml version="1.0"?><ListBucketResult>${lines.join('')}${next}</ListBucketResult>`
}

const listening = async (server: Server): Promise<number> => {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

const closed = async (server: Server, sockets: Set<Socket>): Promise<void> => {
  for (const socket of sockets) socket.destroy()
  await new Promise(resolve => server.close(resolve))
}
