import { z } from 'zod'
import { line } from '../../platform/web/form.ts'

/** How long the reason for a suspension may be, in characters. */
export const LONGEST_REASON = 500

/** What is asked when a module is suspended: why (C5). */
export const suspensionForm = z.object({
  reason: line({
    missing: 'grants:suspension.reason.missing',
    long: 'grants:suspension.reason.long',
    max: LONGEST_REASON,
  }),
})

/** Nothing is asked when it is restored. */
export const restorationForm = z.object({})
