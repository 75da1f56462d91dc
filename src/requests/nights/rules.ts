import { tellOfDates } from './deadlines.ts'
import { deleteDrafts, warnOfDrafts } from './drafts.ts'
import { lapseApprovals, lapseRequests, warnOfInactivity } from './inactivity.ts'
import type { RequestNight } from './night.ts'
import { blockPersonal, erasePersonalAtNight } from './personal-data.ts'

/** What time does to requests (spec/requests.md), in this order. */
export const requestRules: readonly RequestNight[] = [
  warnOfInactivity,
  lapseRequests,
  lapseApprovals,
  tellOfDates,
  warnOfDrafts,
  deleteDrafts,
  blockPersonal,
  erasePersonalAtNight,
]
