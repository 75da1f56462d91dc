import {
  type DueReminder,
  listDueReminders,
  markReminded,
  PASSWORD_MONTHS,
  passwordReminder,
} from '../passwords/index.ts'
import { BATCH, rule } from './rule.ts'

/** Reminds people 14 and 3 days before their password ends, each once per password (A5). */
export const remindOfPassword = rule<DueReminder>({
  name: 'remindOfPassword',
  after: `${PASSWORD_MONTHS} months - 14, 3 days`,
  atOnce: 50,
  find: (db, at) => listDueReminders(db, at, BATCH),
  apply: markReminded,
  async tell(c, done) {
    for (const due of done) await c.send(passwordReminder(due))
  },
})
