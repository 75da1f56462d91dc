declare module '../platform/db/change.ts' {
  interface AuditEvents {
    'session.ended': Record<string, never>
  }
}

export { endOtherSessions, endSession } from './end-sessions.ts'
export { listSessions, type OwnSession } from './queries.ts'
export { sendSignIn } from './routes.ts'
