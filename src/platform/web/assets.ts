import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { extname, join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { RequestHandler } from 'express'

const PUBLIC = join(import.meta.dirname, '../../../public')
const require = createRequire(import.meta.url)

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
}

interface Asset {
  type: string
  hash: string
  bodies: Record<'br' | 'gzip' | 'identity', Buffer>
}

export interface Assets {
  /** The address of a file in `public`, with its digest, so that it may be kept for a year. */
  url(name: string): string
  serve: RequestHandler
}

/** Reads and compresses the few static files once, at start. */
export function loadAssets(): Assets {
  const assets = new Map<string, Asset>()
  assets.set('designsystemet.css', asset('.css', readFileSync(require.resolve('@digdir/designsystemet-css'))))
  assets.set('theme.css', asset('.css', readFileSync(require.resolve('@digdir/designsystemet-css/theme.css'))))
  for (const file of readdirSync(PUBLIC, { recursive: true, withFileTypes: true })) {
    const type = extname(file.name)
    if (file.isFile() && TYPES[type]) assets.set(file.name, asset(type, readFileSync(join(file.parentPath, file.name))))
  }

  return {
    url(name) {
      const found = assets.get(name)
      if (!found) throw new Error(`No file ${name} in public`)
      return `/static/${name}?v=${found.hash}`
    },
    serve(req, res, next) {
      const found = assets.get(req.path.slice(1))
      if (!found || (req.method !== 'GET' && req.method !== 'HEAD')) {
        next()
        return
      }
      const encoding = req.acceptsEncodings('br', 'gzip', 'identity') || 'identity'
      res.set({
        'Content-Type': found.type,
        'Cache-Control': 'public, max-age=31536000, immutable',
        'X-Content-Type-Options': 'nosniff',
        Vary: 'Accept-Encoding',
      })
      if (encoding !== 'identity') res.set('Content-Encoding', encoding)
      res.end(req.method === 'HEAD' ? undefined : found.bodies[encoding as keyof Asset['bodies']])
    },
  }
}

function asset(type: string, identity: Buffer): Asset {
  const hash = createHash('sha256').update(identity).digest('base64url').slice(0, 12)
  const bodies = { identity, gzip: gzipSync(identity, { level: 9 }), br: brotliCompressSync(identity) }
  return { type: TYPES[type] ?? 'application/octet-stream', hash, bodies }
}
