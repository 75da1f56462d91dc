import { createHash, createHmac } from 'node:crypto'

export interface S3Account {
  accessKey: string
  secretKey: string
  region: string
}

export interface S3Request {
  method: 'GET' | 'PUT' | 'DELETE'
  host: string
  /** The path, not encoded yet. */
  path: string
  query?: Record<string, string>
  /** SHA-256 of the body in hexadecimal digits; left out where there is no body. */
  sha256?: string
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()
const EMPTY = sha256('')

/** What S3 wants encoded: everything but letters, digits and -_.~ */
const encoded = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

/** The address and the headers of a request signed as AWS Signature Version 4 asks for, the digest of its body included. */
export function signed(
  { accessKey, secretKey, region }: S3Account,
  { method, host, path, query = {}, sha256: digest = EMPTY }: S3Request,
  at: Date,
): { path: string; headers: Record<string, string> } {
  const moment = at.toISOString().replace(/[-:]|\.\d{3}/g, '')
  const day = moment.slice(0, 8)
  const where = path.split('/').map(encoded).join('/')
  const asked = Object.keys(query)
    .sort()
    .map(name => `${encoded(name)}=${encoded(query[name] ?? '')}`)
    .join('&')
  const headers = { host, 'x-amz-content-sha256': digest, 'x-amz-date': moment }
  const names = Object.keys(headers).join(';')
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`)
  const canonical = [method, where, asked, lines.join(''), names, digest].join('\n')
  const scope = `${day}/${region}/s3/aws4_request`
  const key = ['s3', 'aws4_request'].reduce(hmac, hmac(hmac(`AWS4${secretKey}`, day), region))
  const signature = hmac(key, ['AWS4-HMAC-SHA256', moment, scope, sha256(canonical)].join('\n')).toString('hex')
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKey}/${scope}, SignedHeaders=${names}, Signature=${signature}`
  return { path: asked ? `${where}?${asked}` : where, headers: { ...headers, authorization } }
}
