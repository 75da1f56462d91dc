import { z } from 'zod'
import { recordId } from '../../platform/web/form.ts'

/** The successor of a national coordinator, with the numbers that were shown. */
export const replacementForm = z.object({
  successor: recordId('access:replacement.successor.missing'),
  seen: z.string('components:form.odd').max(100).optional().default(''),
})
