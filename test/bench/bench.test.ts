import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { freshDatabase } from '../support/database.ts'

test('the measurement runs and prints a line for each page', async () => {
  const db = await freshDatabase()
  try {
    const script = join(import.meta.dirname, 'bench.ts')
    const { stdout } = await promisify(execFile)(process.execPath, [script, '--quick', '--database', db.url])
    const lines = stdout.trim().split('\n')
    expect(lines[1]).toMatch(/^page +app +bare +ratio +p50 ms +p95 ms +queries +bytes$/)
    expect(lines.slice(2).map(line => line.slice(0, 22).trim())).toEqual([
      'sign-in (password)',
      'home',
      'managed authorities',
      'search, common word',
      'search, rare word',
      'search, country',
      'authority',
      'requests, coordinated',
      'requests, urgent list',
      'my actions',
      'edit',
      'edit, save',
    ])
    for (const line of lines.slice(2))
      expect(line).toMatch(/ +[1-9]\d* +[1-9]\d* +\d\.\d\d +\d+\.\d +\d+\.\d +\d+ +\d+$/)
  } finally {
    await db.close()
  }
}, 60_000)
