import type { Route } from '../platform/web/route.ts'
import { previewRoutes } from './preview/routes.ts'
import { readingRoutes } from './reading/routes.ts'
import { resultRoutes } from './result/routes.ts'

export const importRoutes: Route[] = [...readingRoutes, ...previewRoutes, ...resultRoutes]
