import { requestRules } from '../requests/index.ts'
import { rule, type Rule } from './rule.ts'

/** What time does to requests, as lines of the nightly table; each request in a transaction of its own. */
export const requestNights: readonly Rule[] = requestRules.map(({ name, after, find, apply }) =>
  rule<number>({
    name,
    after,
    atOnce: 1,
    find,
    async apply(c, ids) {
      const done: number[] = []
      for (const id of ids) if (await apply(c, id)) done.push(id)
      return done
    },
  }),
)
