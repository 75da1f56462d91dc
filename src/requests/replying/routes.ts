import type { Route } from '../../platform/web/route.ts'
import { answeringRoutes } from './answering/routes.ts'
import { sendingRoutes } from './sending/routes.ts'

/** From the work on the answer to the end of a request. */
export const replyingRoutes: Route[] = [...answeringRoutes, ...sendingRoutes]
