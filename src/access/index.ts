export { endStandingOf, type EndingStanding, findEnding, type Ending, lockAccess, type Lost } from './end-standing.ts'
