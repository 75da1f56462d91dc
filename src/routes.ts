import type { Config } from './config.ts'
import { helpRoutes } from './help/routes.ts'
import { homeRoutes } from './home/routes.ts'
import type { Route } from './platform/web/route.ts'

/** Every address of the site, slice by slice. */
export function routes(_mode: Config['mode']): Route[] {
  return [...homeRoutes, ...helpRoutes]
}
