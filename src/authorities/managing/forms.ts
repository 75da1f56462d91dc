import { z } from 'zod'
import { recordId } from '../../platform/web/form.ts'

export const linkForm = z.object({ observer: recordId('authorities:linked.observer.missing') })
export const endLinkForm = z.object({ link: recordId('authorities:linked.link.missing') })
/** A page that asks whether the act is meant: there is nothing to fill in. */
export const nothingToFill = z.object({})
