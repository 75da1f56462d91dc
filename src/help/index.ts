export { explainRefusal } from './routes.ts'
