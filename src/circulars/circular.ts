import type { Subject } from '../policy.ts'

/** What an access manager writes to many authorities (B11), and to whom at each: its contact address, its administrators, or both. */
export interface CircularText {
  subject: string
  body: string
  /** In which the text is written. */
  language: string
  toContact: boolean
  toAdministrators: boolean
}

/** The kept copy of one. */
export interface Circular extends CircularText, Subject {
  id: number
  sentAt: Date
  /** Who sent it; null when the person is no longer a user. */
  sender: string | null
  authorities: number
  /** The task that writes to one authority after the other, for the person who started it. */
  taskId: number | null
}

declare module '../platform/db/change.ts' {
  interface AuditEvents {
    'circular.sent': { task: number; authorities: number; toContact: boolean; toAdministrators: boolean }
    /** An access manager wrote to this authority: to its contact address, and to these administrators. */
    'authority.written': { circular: number; contact: boolean; administrators: number[] }
  }
}
