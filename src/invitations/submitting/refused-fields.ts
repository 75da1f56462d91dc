import type { Reason } from '../invitation.ts'

/** At which field of a row the reason of a refusal is told. */
const fields: Record<Reason, 'email' | 'name' | 'language' | 'modules'> = {
  emailMissing: 'email',
  emailMalformed: 'email',
  nameMissing: 'name',
  languageMissing: 'language',
  noModule: 'modules',
  unknownModule: 'modules',
  formula: 'email',
  tooLong: 'name',
  twice: 'email',
  userAddress: 'email',
  authorityAddress: 'email',
  openInvitation: 'email',
  byCommission: 'email',
}

export const fieldOf = (reason: Reason): string => fields[reason]
