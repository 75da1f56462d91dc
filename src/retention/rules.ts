import type { PasswordProfile } from '../passwords/index.ts'
import { askToConfirm } from './ask-to-confirm.ts'
import { clearings } from './clear.ts'
import { deleteAuthorities } from './delete-authorities.ts'
import { eraseCirculars } from './erase-circulars.ts'
import { eraseNames } from './erase-names.ts'
import { fileNights } from './files.ts'
import { invitationNights } from './invitations.ts'
import { remindOfPassword } from './remind-of-password.ts'
import { requestNights } from './requests.ts'
import type { Rule } from './rule.ts'
import { sendDigests } from './send-digests.ts'
import { warnOfDeletion } from './warn-of-deletion.ts'

interface NightlySettings {
  passwordProfile: PasswordProfile
  filesUrl?: string | undefined
}

/** What happens at night by itself, in this order: the table of all that is told, deleted and erased after a time. */
export const nightlyRules = ({ passwordProfile, filesUrl }: NightlySettings): readonly Rule[] => [
  ...(passwordProfile === 'imi' ? [remindOfPassword] : []),
  askToConfirm,
  warnOfDeletion,
  deleteAuthorities,
  ...invitationNights,
  ...requestNights,
  eraseNames,
  eraseCirculars,
  ...clearings,
  ...fileNights({ filesUrl }),
  sendDigests,
]
