import { invitationRules, NothingDue } from '../invitations/index.ts'
import { rule, type Rule } from './rule.ts'

/** After what time each rule of the invitations acts (E4, E6, E7). */
const AFTER: Readonly<Record<string, string>> = {
  remindInvited: '30 days - 5 days',
  expireInvitations: '30 days',
  remindInviter: '7 days',
  tellNationalCoordinator: '30 days',
  eraseEntered: '30 days',
}

/** What time does to invitations, as lines of the nightly table. */
export const invitationNights: readonly Rule[] = invitationRules.map(({ name, find, apply }) =>
  rule<number>({
    name,
    after: AFTER[name] ?? '',
    atOnce: 1,
    find,
    async apply(c, ids) {
      const done: number[] = []
      for (const id of ids) {
        try {
          await apply(c, id)
          done.push(id)
        } catch (error) {
          if (!(error instanceof NothingDue)) throw error
        }
      }
      return done
    },
  }),
)
