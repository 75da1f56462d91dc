import { grantingRoutes } from './granting/routes.ts'
import { remindingRoutes } from './reminding/routes.ts'

export const bulkRoutes = [...grantingRoutes, ...remindingRoutes]
