import { join } from 'node:path'
import type { Config } from '../../config.ts'
import { inDatabase } from './in-database.ts'
import { inS3 } from './s3.ts'
import { clamd, type Scanner } from './clamd.ts'
import type { Storage } from './storage.ts'

/** What handling files needs, made once from the settings. */
export interface Files {
  /** Where new files go. */
  home: Storage
  /** Every place where files may stand, so that a change of the setting leaves the older ones readable. */
  places: Partial<Record<Storage['place'], Storage>>
  scanner: Scanner | undefined
  /** The folder for what comes in and is not stored yet. Nothing in it outlives the answer. */
  inbox: string
}

/** FILES_URL says where new files go, CLAMD_URL who looks at them first. */
export function filesOf({ filesUrl, clamdUrl, varDir }: Pick<Config, 'filesUrl' | 'clamdUrl' | 'varDir'>): Files {
  const s3 = filesUrl === undefined ? undefined : inS3(filesUrl)
  return {
    home: s3 ?? inDatabase,
    places: { database: inDatabase, ...(s3 && { s3 }) },
    scanner: clamdUrl === undefined ? undefined : clamd(clamdUrl),
    inbox: join(varDir, 'inbox'),
  }
}
