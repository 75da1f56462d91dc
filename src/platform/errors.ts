/** There is no such record, or it is not this person's business that there is. */
export class NotFound extends Error {}

/** The record may be seen, but the act is not this person's. The page explains who could. */
export class Forbidden extends Error {
  readonly action: string
  readonly standings: readonly string[]
  readonly authorityId: number | undefined
  constructor(action: string, subject: { standings: readonly string[]; authorityId?: number | undefined }) {
    super(`Not allowed: ${action}`)
    this.action = action
    this.standings = subject.standings
    this.authorityId = subject.authorityId
  }
}

/** A rule of the field says no. The message is a locale key; it lands in the error summary, at `field` where one is named. */
export class RuleBroken extends Error {
  readonly values: Record<string, string | number>
  readonly field: string | undefined
  constructor(key: string, options: { field?: string; values?: Record<string, string | number> } = {}) {
    super(key)
    this.values = options.values ?? {}
    this.field = options.field
  }
}

/**
 * Somebody else saved the record after this person opened it. Nothing is overwritten: the form comes back with what was typed and,
 * beside it, what the other saved; sending it again then counts for the newer version.
 */
export class Overtaken extends Error {
  readonly by: string
  readonly at: Date
  constructor(by: string, at: Date) {
    super('Saved by somebody else meanwhile')
    this.by = by
    this.at = at
  }
}

/** Not now: a short queue is full, or the database is away. Answered with 503 and a way to try again. */
export class Busy extends Error {}
