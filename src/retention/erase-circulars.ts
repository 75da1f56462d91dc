import { BATCH, rule } from './rule.ts'

const AFTER = '2 years'

/** Erases the kept copies of what access managers wrote to many (B11): the text, who got it, and the mails themselves. */
export const eraseCirculars = rule<number>({
  name: 'eraseCirculars',
  after: AFTER,
  atOnce: 20,
  find: (db, at) =>
    db('circulars')
      .whereRaw(`sent_at <= cast(? as timestamptz) - interval '${AFTER}'`, [at])
      .orderBy('id')
      .limit(BATCH)
      .pluck<number[]>('id'),
  async apply(c, due) {
    const recipients = c.db('circular_recipients').whereIn('circular_id', due).select('id')
    await c.db('emails').where({ about_type: 'circular recipient' }).whereIn('about_id', recipients).delete()
    return (await c.db('circulars').whereIn('id', due).delete().returning<{ id: number }[]>('id')).map(({ id }) => id)
  },
})
