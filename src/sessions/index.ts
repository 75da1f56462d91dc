export { sendSignIn } from './routes.ts'
