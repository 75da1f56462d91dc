declare module '../platform/db/change.ts' {
  interface AuditEvents {
    'session.ended': Record<string, never>
  }
}

export { sendSignIn } from './routes.ts'
