import type { Knex } from 'knex'
import type { Change } from '../platform/db/change.ts'
import type { Actor, Subject } from '../policy.ts'
import type { Line } from './line.ts'
import type { Column } from './read-file.ts'

export const importKinds = ['users', 'authorities'] as const
export type ImportKind = (typeof importKinds)[number]

/** A file that somebody has uploaded: theirs alone, as a draft and afterwards. */
export interface Import extends Subject {
  id: number
  kind: ImportKind
  /** Whose users come in; for authorities, who registers them. */
  authorityId: number
  authorityName: string
  authorityLanguage: string
  madeAt: Date
  state: 'draft' | 'begun'
  version: number
  taskId: number | null
}

/** What the two kinds of import know of their lines. */
export interface Judging {
  columns: readonly Column[]
  /** Says of each line what speaks against it and what has to be asked, beside what IMI holds now. The lines are as many as wished. */
  judge(lines: readonly Line[]): Promise<Line[]>
  /** The user's e-mail address, by which two lines are the same person. */
  addressOf(line: Line): string
  alikeAmong(lines: readonly Line[]): Map<number, number[]>
  /**
   * Registers what the line says, with the commands of the single forms; `others` are lines that it was compared with and is not.
   * @throws RuleBroken as those commands do
   * @returns the number of the user
   */
  write(c: Change, line: Line, others: readonly number[]): Promise<number>
}

/** How an import of a kind is judged and written by this person at this moment. */
export type Judge = (db: Knex, actor: Actor, of: Pick<Import, 'id' | 'authorityId' | 'standings'>) => Promise<Judging>
