import { attachingRoutes } from './attaching/routes.ts'
import { creatingRoutes } from './creating/routes.ts'
import { editingRoutes } from './editing/routes.ts'
import { keepingRoutes } from './keeping/routes.ts'
import { sendingRoutes } from './sending/routes.ts'

/** From the wish to ask until the request is sent. */
export const draftingRoutes = [
  ...creatingRoutes,
  ...editingRoutes,
  ...attachingRoutes,
  ...sendingRoutes,
  ...keepingRoutes,
]
