import { clearings } from './clear.ts'
import { deleteAuthorities } from './delete-authorities.ts'
import { eraseNames } from './erase-names.ts'
import type { Rule } from './rule.ts'
import { warnOfDeletion } from './warn-of-deletion.ts'

/** What happens at night by itself, in this order: the table of all that is told, deleted and erased after a time. */
export const nightlyRules: readonly Rule[] = [warnOfDeletion, deleteAuthorities, eraseNames, ...clearings]
