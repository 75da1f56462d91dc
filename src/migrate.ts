import { loadReference } from '../seeds/reference/load.ts'
import { readConfig } from './config.ts'
import { connectAsOwner, findServer } from './platform/db/connection.ts'
import { migrate } from './platform/db/migrate.ts'

/**
 * Brings a database to what this version needs: its tables, and the lists that the Commission keeps. At every start, by as many
 * processes as there are; also `npm run migrate`, for those who update before they start.
 * @returns the names of the migrations that ran
 */
export async function prepareDatabase(url: string): Promise<string[]> {
  const ran = await migrate(url)
  const owner = connectAsOwner(url)
  await loadReference(owner).finally(() => owner.destroy())
  return ran
}

if (import.meta.main) {
  const server = await findServer(readConfig())
  try {
    const ran = await prepareDatabase(server.url)
    process.stdout.write(ran.length > 0 ? `Migrated: ${ran.join(', ')}\n` : 'Up to date.\n')
  } finally {
    await server.release()
  }
}
