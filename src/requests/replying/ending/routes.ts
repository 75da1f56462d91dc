import { z } from 'zod'
import type { Route } from '../../../platform/web/route.ts'
import { nothing } from '../../forms.ts'
import { stepForm } from '../../step-form.ts'
import { acceptReply, closeRequest } from './close.ts'

const RATINGS = ['-1', '0', '1']

/** Three grades; whoever does not rate leaves it. */
const rating = z
  .unknown()
  .transform(value => (typeof value === 'string' && RATINGS.includes(value) ? Number(value) : null))

/** The two ways in which the requester ends an answered request (spec/requests.md, the table). */
export const endingRoutes: Route[] = [
  ...stepForm('acceptReply', {
    view: 'requests/closing',
    schema: z.object({ timeliness: rating, effort: rating }),
    fill: () => ({ timeliness: '', effort: '' }),
    submit: (c, request, ratings) => acceptReply(c, request, ratings),
  }),

  ...stepForm('close', {
    view: 'requests/sure',
    schema: nothing,
    submit: (c, request) => closeRequest(c, request),
  }),
]
