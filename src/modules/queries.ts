import type { Knex } from 'knex'
import type { Keyword, Module, Names, Workflow } from './module.ts'

interface ModuleRow {
  id: number
  code: string
  workflow: Workflow
  names: Names
  area_id: number
  area_names: Names
  own_country: boolean
}

/** Every module of the catalogue, in its fixed order. */
export async function listModules(db: Knex): Promise<Module[]> {
  return (await modules(db).orderBy('m.id')).map(moduleFrom)
}

/** One module of the catalogue. */
export async function findModule(db: Knex, id: number): Promise<Module | undefined> {
  const [row] = await modules(db).where('m.id', id)
  return row && moduleFrom(row)
}

/** The keywords of one legislative area: the module-specific classification of a grant (C2). */
export async function listKeywords(db: Knex, areaId: number): Promise<Keyword[]> {
  return db('keywords').where({ legislative_area_id: areaId }).orderBy('id').select<Keyword[]>('id', 'names')
}

const modules = (db: Knex) =>
  db('modules as m').join('legislative_areas as l', 'l.id', 'm.legislative_area_id').select<ModuleRow[]>({
    id: 'm.id',
    code: 'm.code',
    workflow: 'm.workflow',
    names: 'm.names',
    area_id: 'l.id',
    area_names: 'l.names',
    own_country: 'm.own_country',
  })

function moduleFrom({ area_id: areaId, area_names: areaNames, own_country: ownCountry, ...row }: ModuleRow): Module {
  return { ...row, areaId, areaNames, ownCountry }
}
