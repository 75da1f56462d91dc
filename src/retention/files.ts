import { inS3 } from '../platform/files/s3.ts'
import { removeFiles } from '../platform/files/stored-file.ts'
import { BATCH, rule, type Rule } from './rule.ts'

const DAY = 24 * 60 * 60 * 1000

/** Files that nobody has any more: those the scanner refused, and what is left in a store outside of the database. */
export const fileNights = ({ filesUrl }: { filesUrl?: string | undefined }): readonly Rule[] => [
  clearQuarantine,
  ...(filesUrl === undefined ? [] : [clearFileStore(filesUrl)]),
]

const clearQuarantine = rule<number>({
  name: 'clearQuarantine',
  after: '30 days',
  atOnce: 100,
  find: (db, at) =>
    db('stored_files')
      .where({ state: 'quarantined' })
      .where('created_at', '<=', new Date(at.getTime() - 30 * DAY))
      .limit(BATCH)
      .pluck<number[]>('id'),
  async apply(c, ids) {
    await removeFiles(c.db, ids)
    return ids
  },
})

/** A day is longer than any act that may still be under way. */
function clearFileStore(filesUrl: string): Rule {
  const store = inS3(filesUrl)
  return rule<string>({
    name: 'clearFileStore',
    after: '1 day',
    atOnce: 100,
    find: (db, at) => store.orphans(db, new Date(at.getTime() - DAY)),
    async apply(_c, keys) {
      await store.remove(keys)
      return keys
    },
  })
}
