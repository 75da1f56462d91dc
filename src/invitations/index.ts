declare module '../platform/db/change.ts' {
  interface AuditEvents {
    'invitations.imported': { read: number; refused: number; bad: number }
    'invitations.submitted': { submitted: number; refused: number; held: boolean }
    'invitations.confirmed': { count: number }
    'invitations.released': { count: number }
    'invitations.refused': { count: number }
    'invitations.deleted': { count: number }
    'invitations.passedOn': { from: number; to: number; count: number }
    'invitation.sent': { again: boolean }
    'invitation.refused': { reasons: string[] }
    'invitation.withdrawn': Record<string, never>
    'invitation.deleted': Record<string, never>
    'invitation.reminded': Record<string, never>
    'invitation.expired': Record<string, never>
    'invitation.erased': Record<string, never>
    'registration.entered': { step: string }
    'registration.handedIn': { authority: number; again: boolean }
    'registration.validated': { authority: number }
    'registration.rejected': { authority: number; mayHandInAgain: boolean }
    'registration.waits': { told: 'inviter' | 'national coordinator' }
  }
}

export { type InvitationRule, invitationRules, NothingDue } from './due.ts'
export { type Reason as InvitationReason, REMINDED_BEFORE } from './invitation.ts'
export type { Status as InvitationStatus } from './workflow.ts'
export { waitingInvitations, type WaitingKind } from './list-queries.ts'
export { countPassedOn, passInvitationsOn } from './pass-on.ts'
export { releaseWork } from './holding/release.ts'
