import { attachmentRoutes } from './attachments/routes.ts'
import { draftingRoutes } from './drafting/routes.ts'
import { handlingRoutes } from './handling/routes.ts'
import { listRoutes } from './lists/routes.ts'
import { pageRoutes } from './page/routes.ts'
import { protectionRoutes } from './protection/routes.ts'
import { replyingRoutes } from './replying/routes.ts'
import { reportRoutes } from './reports/routes.ts'

/** Every address below /requests; those without a number come before those with one. */
export const requestRoutes = [
  ...listRoutes,
  ...draftingRoutes,
  ...pageRoutes,
  ...handlingRoutes,
  ...replyingRoutes,
  ...attachmentRoutes,
  ...reportRoutes,
  ...protectionRoutes,
]
