import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { z } from 'zod'
import type { Keyring } from './platform/secrets.ts'

export interface Config {
  mode: 'demo' | 'training' | 'production'
  host: string
  port: number
  /** Where people reach the product, without a slash at the end. */
  baseUrl: string
  /** Without it the packaged PostgreSQL keeps its data in varDir. */
  databaseUrl?: string
  /** Without it mails are kept in varDir and shown in the mailbox. */
  smtpUrl?: string
  mailFrom: string
  /** An S3-compatible store for files that people attach. Without it they stand in the database. */
  filesUrl?: string | undefined
  /** The scanner that looks at files before they are stored. Without it they are stored as they come. */
  clamdUrl?: string | undefined
  /** What Express calls `trust proxy`: how many proxies stand in front, or their addresses. */
  trustProxy: false | number | string[]
  keys: Keyring
  /** Which rules passwords follow: of the sources, or of NIST. */
  passwordProfile: 'imi' | 'nist'
  varDir: string
  logLevel: 'debug' | 'info' | 'warn' | 'error'
  /** The settings nobody gave and that matter to whoever starts it, as NAME=value: printed at the start, never a secret. */
  assumed: string[]
}

/** The settings are not fit to start with. One sentence for each, saying what to do. */
export class ConfigError extends Error {
  readonly sentences: string[]
  constructor(sentences: string[]) {
    super(sentences.join('\n'))
    this.sentences = sentences
  }
}

type Settings = Record<string, string | undefined>

/**
 * Reads and checks the settings; `.env` in the working directory counts where the environment is silent.
 * In production everything must be given; otherwise the demo's values stand in and a secret is made once.
 * @throws ConfigError
 */
export function readConfig(given: Settings = { ...fromFile('.env'), ...process.env }): Config {
  const settings = Object.fromEntries(Object.entries(given).filter(([, value]) => value?.trim()))
  const parsed = schema.safeParse(settings)
  const missing = settings.IMI_MODE === 'production' ? missingInProduction(settings) : []
  if (!parsed.success || missing.length > 0) {
    throw new ConfigError([...missing, ...(parsed.error?.issues.map(issue => issue.message) ?? [])])
  }
  const { data } = parsed
  const varDir = resolve(data.VAR_DIR)
  const baseUrl = data.BASE_URL ?? `http://localhost:${data.PORT}`
  return {
    mode: data.IMI_MODE,
    host: data.HOST,
    port: data.PORT,
    baseUrl,
    databaseUrl: data.DATABASE_URL,
    smtpUrl: data.SMTP_URL,
    mailFrom: data.MAIL_FROM,
    filesUrl: data.FILES_URL,
    clamdUrl: data.CLAMD_URL,
    trustProxy: data.TRUST_PROXY,
    keys: data.IMI_SECRET ?? ownSecret(varDir),
    passwordProfile: data.PASSWORD_PROFILE,
    varDir,
    logLevel: data.LOG_LEVEL,
    assumed: Object.entries({ IMI_MODE: data.IMI_MODE, BASE_URL: baseUrl, VAR_DIR: varDir })
      .filter(([name]) => !settings[name])
      .map(([name, value]) => `${name}=${value}`),
  }
}

const requiredInProduction = {
  DATABASE_URL: 'Set DATABASE_URL to the PostgreSQL database, for example postgres://imi:password@db.example/imi.',
  SMTP_URL: 'Set SMTP_URL to the mail server, for example smtps://user:password@mail.example:465.',
  MAIL_FROM: 'Set MAIL_FROM to the address that mails come from, for example "IMI <no-reply@imi.example>".',
  IMI_SECRET:
    'Set IMI_SECRET to a key of your own: run `echo "k1:$(openssl rand -base64 32)"` and keep what it prints.',
  BASE_URL: 'Set BASE_URL to the address people type, for example https://imi.example.',
}

function missingInProduction(settings: Settings): string[] {
  return Object.entries(requiredInProduction)
    .filter(([name]) => !settings[name])
    .map(([, sentence]) => sentence)
}

const address = (sentence: string, ...protocols: string[]) =>
  z.string().refine(text => protocols.includes(URL.parse(text)?.protocol ?? ''), sentence)

const filesFormat =
  'Set FILES_URL to s3://key:secret@host/bucket?region=name, or leave it empty to keep files in the database.'

const schema = z.object({
  IMI_MODE: z.enum(['demo', 'training', 'production'], 'Set IMI_MODE to demo, training or production.').default('demo'),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce
    .number('Set PORT to a number from 1 to 65535.')
    .int('Set PORT to a number from 1 to 65535.')
    .min(1, 'Set PORT to a number from 1 to 65535.')
    .max(65535, 'Set PORT to a number from 1 to 65535.')
    .default(3000),
  BASE_URL: address('Set BASE_URL to an address that begins with http:// or https://.', 'http:', 'https:')
    .refine(text => (URL.parse(text)?.pathname ?? '/') === '/', 'Set BASE_URL to an address without a path.')
    .transform(text => URL.parse(text)?.origin ?? text)
    .optional(),
  DATABASE_URL: address(
    'Set DATABASE_URL to an address that begins with postgres://.',
    'postgres:',
    'postgresql:',
  ).optional(),
  SMTP_URL: address('Set SMTP_URL to an address that begins with smtp:// or smtps://.', 'smtp:', 'smtps:').optional(),
  MAIL_FROM: z
    .string()
    .regex(/^[^\r\n]*[^\s@]+@[^\s@]+$/, 'Set MAIL_FROM to an e-mail address.')
    .default('IMI <no-reply@imi.example>'),
  FILES_URL: address(filesFormat, 's3:', 's3+http:')
    .refine(text => {
      const { username, password, pathname } = URL.parse(text) ?? {}
      return Boolean(username && password && pathname && pathname !== '/')
    }, filesFormat)
    .optional(),
  CLAMD_URL: address(
    'Set CLAMD_URL to the address of clamd, tcp://host:3310 or unix:///path/of/socket.',
    'tcp:',
    'unix:',
  ).optional(),
  TRUST_PROXY: z
    .string()
    .regex(/^(\d+|[0-9a-z.:/, ]+)$/i, 'Set TRUST_PROXY to a number of proxies or to their addresses with commas.')
    .transform(text => (/^\d+$/.test(text) ? Number(text) || false : text.split(',').map(part => part.trim())))
    .default(false),
  IMI_SECRET: z
    .string()
    .transform((text, context) => {
      const keys = parseKeyring(text)
      if (!keys) context.addIssue({ code: 'custom', message: secretFormat })
      return keys ?? z.NEVER
    })
    .optional(),
  PASSWORD_PROFILE: z.enum(['imi', 'nist'], 'Set PASSWORD_PROFILE to imi or nist.').default('imi'),
  VAR_DIR: z.string().default('./var'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error'], 'Set LOG_LEVEL to debug, info, warn or error.').default('info'),
})

const secretFormat =
  'Set IMI_SECRET to one or more keys "id:base64 of 32 bytes" with commas between them, the current one first.'

/** `id:base64,id:base64`, the current key first; undefined when it is anything else. */
function parseKeyring(text: string): Keyring | undefined {
  const pairs = text.split(',').map(part => /^([A-Za-z0-9_-]{1,16}):([A-Za-z0-9+/]{43}=)$/.exec(part.trim()))
  const entries = pairs.flatMap(pair =>
    pair?.[1] && pair[2] ? [[pair[1], Buffer.from(pair[2], 'base64')] as const] : [],
  )
  const keys = Object.fromEntries(entries)
  const current = entries[0]?.[0]
  return current && Object.keys(keys).length === pairs.length ? { current, keys } : undefined
}

/** The secret of a machine without settings: made at the first start, for this system user's eyes only. */
function ownSecret(varDir: string): Keyring {
  const file = join(varDir, 'secret')
  if (!existsSync(file)) {
    mkdirSync(varDir, { recursive: true })
    const draft = `${file}.${process.pid}`
    writeFileSync(draft, `k1:${randomBytes(32).toString('base64')}\n`, { mode: 0o600 })
    try {
      linkSync(draft, file) // never over the one of a process that was quicker
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    } finally {
      rmSync(draft)
    }
  }
  const keys = parseKeyring(readFileSync(file, 'utf8').trim())
  if (!keys) throw new ConfigError([`Delete ${file}: it holds no key. Then start again.`])
  return keys
}

function fromFile(file: string): Settings {
  return existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {}
}
