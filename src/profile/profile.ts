import type { Notifications } from '../platform/mail/email.ts'

/** What a user sees and keeps right of the own data (D8). */
export interface Profile {
  givenName: string
  familyName: string
  email: string
  telephone: string
  language: string
  notifications: Notifications
  username: string
  version: number
  /** A new e-mail address that waits for its link to be followed. */
  waiting: EmailChange | null
}

export interface EmailChange {
  email: string
  expiresAt: Date
}

/** What the person changes without further ado. */
export interface ProfileData {
  givenName: string
  familyName: string
  telephone: string
  language: string
  notifications: Notifications
}

/** The official languages of the Union, and those of Norway and Iceland (K1). */
export const workingLanguages = [
  'bg', 'cs', 'da', 'de', 'el', 'en', 'es', 'et', 'fi', 'fr', 'ga', 'hr', 'hu', 'is', 'it', 'lt', 'lv', 'mt', 'nb', 'nl',
  'pl', 'pt', 'ro', 'sk', 'sl', 'sv',
] as const // prettier-ignore

/** The fields that an edit changes: with what stood in them, and with what stands there now. */
export function differenceOf(
  before: ProfileData,
  after: ProfileData,
): { before: Partial<ProfileData>; after: Partial<ProfileData> } {
  const changed = (Object.keys(after) as (keyof ProfileData)[]).filter(field => before[field] !== after[field])
  const only = (data: ProfileData): Partial<ProfileData> =>
    Object.fromEntries(changed.map(field => [field, data[field]]))
  return { before: only(before), after: only(after) }
}
