import http, { type ClientRequest, type IncomingMessage } from 'node:http'
import https from 'node:https'
import type { Knex } from 'knex'
import { Busy } from '../errors.ts'
import { type S3Account, signed, type S3Request } from './s3-signing.ts'
import { type Contents, LostFile, type Storage } from './storage.ts'

const SILENCE = 30_000

interface Bucket extends S3Account {
  plain: boolean
  host: string
  /** `/bucket/` and, where the setting names one, a folder in it. */
  path: string
  name: string
  folder: string
}

/**
 * Files in an S3-compatible store: `s3://key:secret@host/bucket/folder?region=eu-north-1`, or `s3+http://` on a network of one's own.
 * The store verifies each file's digest. What a transaction that was rolled back, or a removal, leaves there goes at night.
 */
export function inS3(address: string): Storage {
  const bucket = bucketOf(new URL(address))
  return {
    place: 's3',
    put: (_db, key, contents) => put(bucket, key, contents),
    read: (_db, key) => read(bucket, key),
    orphans: (db, before) => orphans(bucket, db, before),
    remove: keys => remove(bucket, keys),
  }
}

function bucketOf(url: URL): Bucket {
  const [name = '', ...folders] = url.pathname.split('/').filter(Boolean).map(decodeURIComponent)
  const folder = folders.map(part => `${part}/`).join('')
  return {
    plain: url.protocol === 's3+http:',
    host: url.host,
    name,
    folder,
    path: `/${name}/${folder}`,
    accessKey: decodeURIComponent(url.username),
    secretKey: decodeURIComponent(url.password),
    region: url.searchParams.get('region') ?? 'us-east-1',
  }
}

async function put(bucket: Bucket, key: string, { size, sha256, chunks }: Contents): Promise<void> {
  const answer = await ask(bucket, { method: 'PUT', path: bucket.path + key, sha256 }, { size, chunks })
  await textOf(answer)
}

async function* read(bucket: Bucket, key: string): AsyncGenerator<Buffer> {
  yield* (await ask(bucket, { method: 'GET', path: bucket.path + key })) as AsyncIterable<Buffer>
}

/** Page by page through the store: what is older than `before` and has no row. */
async function orphans(bucket: Bucket, db: Knex, before: Date): Promise<string[]> {
  const found: string[] = []
  let next: string | undefined
  do {
    const query = { 'list-type': '2', prefix: bucket.folder, ...(next !== undefined && { 'continuation-token': next }) }
    const page = await textOf(await ask(bucket, { method: 'GET', path: `/${bucket.name}`, query }))
    const old = objectsIn(page).filter(({ at, key }) => at < before && isOurs(key, bucket))
    const keys = old.map(({ key }) => key.slice(bucket.folder.length))
    const known = new Set(await db('stored_files').whereIn('key', keys).pluck<string[]>('key'))
    found.push(...keys.filter(key => !known.has(key)))
    next = unescaped(/<NextContinuationToken>([^<]*)</.exec(page)?.[1])
  } while (next)
  return found
}

async function remove(bucket: Bucket, keys: readonly string[]): Promise<void> {
  for (const key of keys) await textOf(await ask(bucket, { method: 'DELETE', path: bucket.path + key }))
}

const objectsIn = (page: string): { key: string; at: Date }[] =>
  [...page.matchAll(/<Contents>.*?<\/Contents>/gs)].map(([object]) => ({
    key: unescaped(/<Key>([^<]*)</.exec(object)?.[1]) ?? '',
    at: new Date(/<LastModified>([^<]*)</.exec(object)?.[1] ?? Number.NaN),
  }))

const unescaped = (text: string | undefined): string | undefined =>
  text?.replace(/&(amp|lt|gt|quot|#39|apos);/g, (_, name: string) => ENTITIES[name] ?? '')
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", '#39': "'" }

/** Whatever else lies in the bucket is not ours to remove. */
const isOurs = (key: string, { folder }: Bucket): boolean =>
  key.startsWith(folder) && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(key.slice(folder.length))

type Body = Pick<Contents, 'size' | 'chunks'>

/** One signed request. Throws LostFile for 404, Busy where the store is away, slow or refuses. */
async function ask(bucket: Bucket, asked: Omit<S3Request, 'host'>, body?: Body): Promise<IncomingMessage> {
  const { path, headers } = signed(bucket, { ...asked, host: bucket.host }, new Date())
  const { hostname, port } = new URL(`http://${bucket.host}`)
  const length = body ? { 'content-length': String(body.size) } : {}
  const options = {
    method: asked.method,
    hostname,
    port,
    path,
    headers: { ...headers, ...length },
    agent: false as const,
  }
  const request = (bucket.plain ? http : https).request(options)
  request.setTimeout(SILENCE, () => request.destroy(new Error('The file store was silent')))
  const answering = new Promise<IncomingMessage>((resolve, reject) => {
    request.on('response', resolve).on('error', reject)
  })
  try {
    // A store that refuses may answer before it has read everything.
    const sending = sendAll(request, body).catch(() => answering)
    const answer = await Promise.race([answering, sending.then(() => answering)])
    if ((answer.statusCode ?? 0) < 300) return answer
    const text = (await textOf(answer)).slice(0, 300)
    throw answer.statusCode === 404
      ? new LostFile(`Not in the file store: ${path}`)
      : new Error(`${answer.statusCode} ${text}`)
  } catch (error) {
    request.destroy()
    throw error instanceof LostFile ? error : new Busy('The file store did not do what was asked', { cause: error })
  }
}

async function sendAll(request: ClientRequest, body: Body | undefined): Promise<void> {
  for await (const chunk of body?.chunks() ?? [])
    await new Promise<void>((resolve, reject) => {
      request.write(chunk, error => (error ? reject(error) : resolve()))
    })
  request.end()
}

async function textOf(answer: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of answer) text += String(chunk)
  return text
}
