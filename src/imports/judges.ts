import { judgeAuthorities } from './authorities/judge.ts'
import type { ImportKind, Judge, Judging } from './import.ts'
import { type Line, relate } from './line.ts'
import { judgePeople } from './people/judge.ts'

/** Who judges and writes which kind of file. */
export const judges: Record<ImportKind, Judge> = { users: judgePeople, authorities: judgeAuthorities }

/** Judges all lines of a file: each by itself and beside what IMI holds, then beside the other lines. */
export const judgeAll = async (judging: Judging, lines: readonly Line[]): Promise<Line[]> =>
  beside(judging, await judging.judge(lines))

/** Judges lines beside each other anew, after some were left out or taken again. */
export const beside = (judging: Judging, lines: readonly Line[]): Line[] =>
  relate(lines, judging.addressOf, taken => judging.alikeAmong(taken))
