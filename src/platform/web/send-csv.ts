import { once } from 'node:events'
import { csvLines, type CsvValue, writeCsv } from '../csv.ts'
import type { Ctx } from './page.ts'

/** A file holds no more lines than this; a list that is longer says in its last line that it is cut. */
export const MOST_IN_FILE = 20_000

interface CsvList<Row> {
  /** The name of the file, before the day. */
  name: string
  heading: readonly string[]
  /** The rows, a batch at a time: one more than the file holds, so that it is known whether it is cut. */
  found: AsyncIterable<Row[]>
  line: (row: Row) => CsvValue[]
  /** What stands under a file that holds no more. */
  cut: string
}

/** Sends a list as a CSV file, as fast as the reader takes it, so that a long one is never in memory whole. */
export async function sendCsv<Row>(ctx: Ctx, { name, heading, found, line, cut }: CsvList<Row>): Promise<void> {
  const { res, at } = ctx
  res
    .type('text/csv; charset=utf-8')
    .set('Content-Disposition', `attachment; filename="${name}-${at.toISOString().slice(0, 10)}.csv"`)
    .set('Cache-Control', 'no-store')
  let left = MOST_IN_FILE
  await send(ctx, writeCsv([heading]))
  for await (const rows of found) {
    await send(ctx, csvLines(rows.slice(0, left).map(line)))
    if (res.closed) return
    if (rows.length > left) await send(ctx, csvLines([[cut]]))
    left -= rows.length
  }
  res.end()
}

async function send({ res }: Ctx, text: string): Promise<void> {
  if (res.closed || res.write(text)) return
  await Promise.race([once(res, 'drain'), once(res, 'close')])
}
