import { z } from 'zod'
import { recordId } from '../../platform/web/form.ts'
import { ids } from '../forms.ts'

/** What is asked for the linked coordinators of a grant (C7). */
export const coordinatorsForm = z.object({ coordinators: ids, version: recordId('components:form.odd') })
export type CoordinatorsWish = z.output<typeof coordinatorsForm>
