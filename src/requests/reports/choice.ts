import { type Actor, can } from '../../policy.ts'
import type { FoundRequest } from '../queries.ts'
import { sightOf } from '../visibility.ts'

/** What a report can hold, in the order in which it stands there. [001: choose the parts to print] */
export const chapters = [
  'overview',
  'questions',
  'answers',
  'drafts',
  'comments',
  'attachments',
  'history',
  'personal',
] as const
export type Chapter = (typeof chapters)[number]

/** The chapters that this reader may see of a request. */
export function chaptersFor(actor: Actor, request: FoundRequest): Chapter[] {
  const { content, personal, draftAnswers } = sightOf(actor, request)
  const may: Record<Chapter, boolean> = {
    overview: can(actor, 'request.see', request),
    questions: content,
    answers: content,
    drafts: draftAnswers,
    comments: content,
    attachments: content,
    history: can(actor, 'request.see', request),
    personal,
  }
  return chapters.filter(chapter => may[chapter])
}

/** The chapters that a query asks for, of those that may be seen: all of them but personal data, unless some were chosen. */
export function chosenChapters(query: Record<string, unknown>, offered: readonly Chapter[]): Chapter[] {
  const asked = [query.include ?? []].flat()
  const full = query.extent !== 'customised'
  return offered.filter(chapter =>
    chapter === 'personal' ? query.personal === 'yes' : full || asked.includes(chapter),
  )
}

/** The same choice as the query of an address. */
export function queryOf(query: Record<string, unknown>, chosen: readonly Chapter[]): string {
  const full = query.extent !== 'customised'
  const parameters = new URLSearchParams({ extent: full ? 'full' : 'customised' })
  for (const chapter of full ? [] : chosen) if (chapter !== 'personal') parameters.append('include', chapter)
  if (chosen.includes('personal')) parameters.set('personal', 'yes')
  return parameters.toString()
}
