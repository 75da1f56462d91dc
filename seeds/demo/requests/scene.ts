import { takeStep } from '../../../src/requests/take-step.ts'
import type { Change } from '../../../src/platform/db/change.ts'
import { daysAgo, type Loading } from '../loading.ts'
import type { DemoAct, DemoRequest } from './request.ts'

/** A request as it stands in the tables while its life is played. */
export interface Played {
  request: DemoRequest
  requestId: number
  moduleId: number
  /** Numbers of its parts, the first one first. */
  parts: number[]
  questions: { id: number; number: number; code: string }[]
}

/** One act of it: who acts and when stands in the change. */
export interface Scene extends Played {
  c: Change
  loading: Loading
  partId: number
  act: DemoAct
}

/** The step by the product's own table, with what was said to it. */
export async function step(scene: Scene, more: Parameters<typeof takeStep>[3] = {}): Promise<{ to: string }> {
  const { c, partId, act, request } = scene
  const note = act.note ? { note: act.note, noteLanguage: request.language } : {}
  return takeStep(c, partId, act.act, { ...note, ...more })
}

/** Day of an act's date, as the tables keep it. */
export const dayOf = ({ loading, act }: Scene): string => dayFromNow(loading.now, act.date ?? 0)

export const dayFromNow = (now: Date, days: number): string => daysAgo(now, -days).toISOString().slice(0, 10)
