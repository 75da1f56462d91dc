import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chmod, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const root = join(import.meta.dirname, '../..')
const packed = join(root, 'node_modules/@sparticuz/chromium')

/** Where the browser lies and what it needs in its environment to start. */
export interface Unpacked {
  executablePath: string
  env: Record<string, string>
}

/** Whether the package holds a browser for this machine. */
export const isPackedHere = process.platform === 'linux' && process.arch === 'x64'

/**
 * Lays the browser of the package, its libraries and a font below var/, once for each version: 200 MB, two seconds.
 * Two processes may do so at once; the first to finish is kept. Made for vitest's globalSetup.
 */
export async function unpackChromium(): Promise<Unpacked> {
  const { version } = JSON.parse(await readFile(join(packed, 'package.json'), 'utf8')) as { version: string }
  const home = join(root, 'var/chromium', version)
  if (!(await exists(home))) await unpackTo(home)
  return {
    executablePath: join(home, 'chromium'),
    env: { LD_LIBRARY_PATH: join(home, 'al2023/lib'), FONTCONFIG_FILE: join(home, 'fonts/here.conf') },
  }
}

async function unpackTo(home: string): Promise<void> {
  const beside = `${home}.${randomUUID()}`
  await mkdir(beside, { recursive: true })
  try {
    await inflate(beside)
    await writeFile(join(beside, 'fonts/here.conf'), fontsBelow(join(home, 'fonts')))
    await chmod(join(beside, 'chromium'), 0o755)
    await rename(beside, home).catch(async (error: unknown) => {
      if (!(await exists(home))) throw error
    })
  } finally {
    await rm(beside, { recursive: true, force: true })
  }
}

// The package unpacks to TMPDIR only, so a process of its own gets another one.
async function inflate(folder: string): Promise<void> {
  const files = ['chromium.br', 'al2023.tar.br', 'fonts.tar.br'].map(file => join(packed, 'bin', file))
  const script = `
    import { inflate } from '@sparticuz/chromium'
    await Promise.all(${JSON.stringify(files)}.map(inflate))`
  const run = [
    process.execPath,
    ['--input-type=module', '--eval', script],
    { cwd: root, env: { TMPDIR: folder } },
  ] as const
  await promisify(execFile)(...run)
}

// Its own font alone, so that pictures of pages are the same on every machine; the package's list points to /tmp.
const fontsBelow = (folder: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${folder}</dir><cachedir>${folder}/cache</cachedir></fontconfig>
`

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  )
