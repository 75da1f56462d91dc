export { importAuthority, importUser } from './begin-import.ts'
export { eraseImports } from './erase-imports.ts'
