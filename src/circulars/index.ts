export { writeToOne } from './write-to-one.ts'
