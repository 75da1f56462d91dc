/* Who may import whom. The order is: main, worker → app → routes → a slice's routes → its commands, queries and forms → its nouns;
   another slice only through its index; everyone → policy, platform. */
const SLICES =
  'access|actions|alerts|audit|authorities|bulk|circulars|dev|grants|help|home|imports|indicators|invitations|modules|passwords|profile|registers|removal|requests|retention|search|sessions|tasks|users'
const SLICE = `^src/(${SLICES})/`

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one file, or lack a third one below them.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'platform-knows-no-slice',
      comment: 'The platform would survive if the domain changed.',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: SLICE },
    },
    {
      name: 'platform-stands-below',
      comment: 'The platform does not reach up to the assembly of the application.',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: '^src/(main|worker|app|routes|reach)[.]ts$' },
    },
    {
      name: 'slices-meet-at-index',
      comment: 'What another slice may use stands in index.ts; the rest may change without asking.',
      severity: 'error',
      from: { path: SLICE },
      to: { path: SLICE, pathNot: ['^src/$1/', '/index[.]ts$'] },
    },
    {
      name: 'http-stays-in-routes',
      comment: 'Commands, queries and rules run from jobs and tests too: they know no request and no response.',
      severity: 'error',
      from: { path: SLICE, pathNot: '/routes[.]ts$' },
      to: { path: '^src/platform/web/(route|page)[.]ts$|node_modules/(@types/)?express/' },
    },
    {
      name: 'rules-are-pure',
      comment: 'The policy and the workflows are tables that can be read and tested without a database.',
      severity: 'error',
      from: { path: '^src/(policy|.+/workflow)[.]ts$' },
      to: { pathNot: '^src/platform/errors[.]ts$' },
    },
    {
      name: 'only-mail-sends',
      comment: 'A mail leaves through the queue, never from the middle of a change.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/platform/mail/' },
      to: { path: 'node_modules/(@types/)?nodemailer/' },
    },
    {
      name: 'migrations-are-frozen',
      comment: 'A migration must do tomorrow what it did yesterday: it uses no code that changes.',
      severity: 'error',
      from: { path: '^migrations/' },
      to: { path: '^src/' },
    },
    {
      name: 'source-needs-no-test',
      comment: 'What runs in production imports nothing from the tests.',
      severity: 'error',
      from: { path: '^(src|migrations|seeds)/' },
      to: { path: '^test/' },
    },
    {
      name: 'no-development-packages',
      comment: 'npm ci --omit=dev must be enough to run the product.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-orphans',
      comment: 'A file nobody imports and that imports nothing is left over.',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: '[.]d[.]ts$' },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
