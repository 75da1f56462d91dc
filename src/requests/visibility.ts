import { type Actor, can, type Subject } from '../policy.ts'

/** What a reader may see of a request (spec/requests.md, "Who sees what"): three rights, and the drafts of the responder's side. */
export interface Sight {
  overview: boolean
  content: boolean
  personal: boolean
  draftAnswers: boolean
}

/**
 * What this reader may see. An approver sees what is to be approved under the same setting of its side as everything else: drafts of
 * answers without the right to the content are none of its business.
 */
export function sightOf(actor: Actor, request: Subject): Sight {
  const content = can(actor, 'request.seeContent', request)
  return {
    overview: can(actor, 'request.see', request),
    content,
    personal: can(actor, 'request.seePersonalData', request),
    draftAnswers: content && can(actor, 'request.seeDraftAnswers', request),
  }
}
