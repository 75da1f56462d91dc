import { coordinatorRoutes } from './coordinators/routes.ts'
import { delegationRoutes } from './delegating/routes.ts'

/** The national coordinator's access managers, and the Commission's national coordinators. */
export const accessRoutes = [...delegationRoutes, ...coordinatorRoutes]
