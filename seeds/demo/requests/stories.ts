import { endedRequests } from './ended.ts'
import { healthRequests } from './health.ts'
import { otherRequests } from './other-areas.ts'
import { professionRequests } from './professions.ts'
import type { DemoRequest } from './request.ts'
import { swedenAnswers } from './sweden-answers.ts'
import { swedenAsks } from './sweden-asks.ts'

/** Requests in every status and on every path (spec/demo.md). The people in them are made up. */
export const demoRequests: DemoRequest[] = [
  ...swedenAsks,
  ...swedenAnswers,
  ...healthRequests,
  ...endedRequests,
  ...professionRequests,
  ...otherRequests,
]
