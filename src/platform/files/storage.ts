import type { Knex } from 'knex'

/**
 * What is stored: known whole before it is stored, read as often as wanted, in chunks of at most 256 KiB. A chunk is good until the next
 * one is asked for: whoever sends it on waits until it has left.
 */
export interface Contents {
  size: number
  /** In hexadecimal digits. */
  sha256: string
  chunks(): AsyncIterable<Buffer>
}

/**
 * Where bytes stand, each file under its key. Nothing is taken away by name: a file whose row in stored_files is gone is gone,
 * at once or, where the store stands outside of the database, in the next night.
 */
export interface Storage {
  readonly place: 'database' | 's3'
  /** Stores the bytes; they count only once the transaction with their row in stored_files is committed. */
  put(db: Knex.Transaction, key: string, contents: Contents): Promise<void>
  /** The bytes in their order, one chunk in memory at a time; holds no connection of the database between two chunks. */
  read(db: Knex, key: string): AsyncIterable<Buffer>
  /** The keys of what was stored before that moment and has no row: rolled back, or erased. */
  orphans(db: Knex, before: Date): Promise<string[]>
  /** Removes what `orphans` found. */
  remove(keys: readonly string[]): Promise<void>
}

/** The bytes that were stored are not there any more, or not whole. */
export class LostFile extends Error {}
