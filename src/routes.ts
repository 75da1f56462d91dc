import { accessRoutes } from './access/routes.ts'
import { actionRoutes } from './actions/routes.ts'
import { authorityRoutes } from './authorities/routes.ts'
import { bulkRoutes } from './bulk/routes.ts'
import { circularRoutes } from './circulars/routes.ts'
import type { Config } from './config.ts'
import { devRoutes } from './dev/routes.ts'
import { grantRoutes } from './grants/routes.ts'
import { helpRoutes } from './help/routes.ts'
import { homeRoutes } from './home/routes.ts'
import { importRoutes } from './imports/routes.ts'
import { invitationRoutes } from './invitations/routes.ts'
import { moduleRoutes } from './modules/routes.ts'
import { taskRoutes } from './tasks/routes.ts'
import { searchRoutes } from './search/routes.ts'
import { sessionRoutes } from './sessions/routes.ts'
import { profileRoutes } from './profile/routes.ts'
import { passwordRoutes } from './passwords/routes.ts'
import type { Route } from './platform/web/route.ts'
import { registerRoutes } from './registers/routes.ts'
import { removalRoutes } from './removal/routes.ts'
import { requestRoutes } from './requests/routes.ts'
import { retentionRoutes } from './retention/routes.ts'
import { userRoutes } from './users/routes.ts'

/** Every address of the site, slice by slice. */
export function routes(config: Pick<Config, 'mode' | 'smtpUrl'>): Route[] {
  return [
    ...homeRoutes,
    ...sessionRoutes,
    ...passwordRoutes,
    ...profileRoutes,
    ...helpRoutes,
    ...actionRoutes,
    ...accessRoutes,
    ...grantRoutes,
    ...moduleRoutes,
    ...searchRoutes,
    ...bulkRoutes,
    ...circularRoutes,
    ...importRoutes,
    ...userRoutes,
    ...authorityRoutes,
    ...registerRoutes,
    ...removalRoutes,
    ...retentionRoutes,
    ...invitationRoutes,
    ...requestRoutes,
    ...taskRoutes,
    ...devRoutes(config),
  ]
}
