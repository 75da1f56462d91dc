import type { Route } from '../../platform/web/route.ts'
import { answeringRoutes } from './answering/routes.ts'
import { demandingRoutes } from './demanding/routes.ts'
import { endingRoutes } from './ending/routes.ts'
import { referringRoutes } from './referring/routes.ts'
import { sendingRoutes } from './sending/routes.ts'

/** From the work on the answer to the end of a request. */
export const replyingRoutes: Route[] = [
  ...answeringRoutes,
  ...sendingRoutes,
  ...demandingRoutes,
  ...referringRoutes,
  ...endingRoutes,
]
