import { mkdtempSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ConfigError, readConfig } from '../../src/config.ts'

const key = 'A'.repeat(43) + '='
const production = {
  IMI_MODE: 'production',
  DATABASE_URL: 'postgres://imi@db.example/imi',
  SMTP_URL: 'smtp://mail.example',
  MAIL_FROM: 'IMI <no-reply@imi.example>',
  IMI_SECRET: `k2:${key},k1:${key}`,
  BASE_URL: 'https://imi.example/',
}

function refusal(settings: Record<string, string>): string[] {
  try {
    readConfig(settings)
  } catch (error) {
    if (error instanceof ConfigError) return error.sentences
    throw error
  }
  return []
}

test('without any setting the demo runs on this machine, with a secret made once', () => {
  const varDir = mkdtempSync(join(tmpdir(), 'imi-config-'))
  const config = readConfig({ VAR_DIR: varDir })
  expect(config).toMatchObject({ mode: 'demo', host: '127.0.0.1', port: 3000, baseUrl: 'http://localhost:3000' })
  expect(config.assumed).toEqual(['IMI_MODE=demo', 'BASE_URL=http://localhost:3000'])
  expect(config.keys.keys[config.keys.current]).toHaveLength(32)
  expect(statSync(join(varDir, 'secret')).mode & 0o777).toBe(0o600)
  expect(readConfig({ VAR_DIR: varDir }).keys).toEqual(config.keys)
})

test('production takes what it is given', () => {
  const config = readConfig({ ...production, TRUST_PROXY: '10.0.0.1, 10.0.0.2', PORT: '8080' })
  expect(config).toMatchObject({ mode: 'production', port: 8080, baseUrl: 'https://imi.example' })
  expect(config.trustProxy).toEqual(['10.0.0.1', '10.0.0.2'])
  expect(config.keys.current).toBe('k2')
  expect(Object.keys(config.keys.keys)).toEqual(['k2', 'k1'])
})

test.each(['DATABASE_URL', 'SMTP_URL', 'MAIL_FROM', 'IMI_SECRET', 'BASE_URL'])(
  'production refuses to start without %s',
  name => {
    expect(refusal({ ...production, [name]: ' ' })).toEqual([expect.stringContaining(`Set ${name} to`)])
  },
)

test('every wrong setting is named at once, with what to do', () => {
  const wrong = {
    IMI_MODE: 'test',
    PORT: '99999',
    BASE_URL: 'imi.example',
    DATABASE_URL: 'mysql://x',
    IMI_SECRET: 'k1:short',
  }
  expect(refusal(wrong).map(sentence => sentence.split(' ')[1])).toEqual(Object.keys(wrong))
  expect(refusal({ ...production, DATABASE_URL: 'x', SMTP_URL: '' })).toHaveLength(2)
})

test.each(['k1', `k1:${key},k1:${key}`, `k1:${key},`, `k 1:${key}`, `k1:${'A'.repeat(44)}`])(
  'the secret %s is refused',
  secret => {
    expect(refusal({ ...production, IMI_SECRET: secret })).toHaveLength(1)
  },
)

test('an own network in front is given as a number or as addresses', () => {
  expect(readConfig({ ...production, TRUST_PROXY: '1' }).trustProxy).toBe(1)
  expect(readConfig({ ...production, TRUST_PROXY: '0' }).trustProxy).toBe(false)
  expect(refusal({ ...production, TRUST_PROXY: 'yes!' })).toHaveLength(1)
})
