export { endStandingOf, type EndingStanding, findEnding, type Ending, type Lost } from './end-standing.ts'
