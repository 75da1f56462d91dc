import { setTimeout as wait } from 'node:timers/promises'
import { connectAsOwner } from '../../src/platform/db/connection.ts'

const INSUFFICIENT_PRIVILEGE = '42501'

interface Template {
  name: string
  /** What it begins with; empty where nothing is named. */
  from?: string
  fill(url: string): Promise<void>
}

/** A database to be copied from, made by whoever asks first; everybody else waits for it. */
export async function madeOnce(server: string, { name, from = 'template1', fill }: Template): Promise<string> {
  const owner = connectAsOwner(server)
  try {
    await owner.transaction(async trx => {
      await trx.raw(`select pg_advisory_xact_lock(hashtext('test template'))`)
      const found = await owner('pg_database').where({ datname: name }).first<object | undefined>('datname')
      if (found) return
      const draft = `${name}_draft`
      await owner.raw('drop database if exists ?? with (force)', [draft])
      await owner.raw('create database ?? template ??', [draft, from])
      await fill(databaseAt(server, draft))
      await owner.raw('alter database ?? rename to ??', [draft, name])
    })
  } finally {
    await owner.destroy()
  }
  return name
}

/** Drops a database; while the server itself cleans up in there, which only a superuser may disturb, it waits. */
export async function dropDatabase(server: string, name: string): Promise<void> {
  const owner = connectAsOwner(server)
  const drop = () => owner.raw('drop database if exists ?? with (force)', [name])
  const isBusy = (error: unknown): boolean => {
    if ((error as { code?: string }).code !== INSUFFICIENT_PRIVILEGE) throw error
    return true
  }
  try {
    for (let tries = 0; tries < 16; tries += 1) {
      const busy = await drop().then(() => false, isBusy)
      if (!busy) return
      await wait(500)
    }
    await drop()
  } finally {
    await owner.destroy()
  }
}

export function databaseAt(url: string, name: string): string {
  const address = new URL(url)
  address.pathname = `/${name}`
  return address.href
}
