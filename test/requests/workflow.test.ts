import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { policy } from '../../src/policy.ts'
import { stepPages } from '../../src/requests/step-pages.ts'
import {
  isOpen,
  open,
  ended,
  type Status,
  statuses,
  type Step,
  stepNames,
  steps,
  target,
  turnOf,
  wordFor,
} from '../../src/requests/workflow.ts'
import { routes } from '../../src/routes.ts'
import { ENDED, type Leads, OPEN, type Row, TABLE, TURN, WHOLE } from './workflow-table.ts'

const rowsOf = (step: string): Row[] => TABLE.filter(({ act }) => act === step)

test('the steps are those of the table, no more and no fewer', () => {
  expect([...new Set(TABLE.map(({ act }) => act))].sort()).toEqual([...stepNames].sort())
})

test.each(stepNames)('%s comes from where the table says, and from nowhere else', step => {
  const fromTable = statuses.filter(status => rowsOf(step).some(({ from }) => from.includes(status)))
  expect(statuses.filter(status => (steps[step].from as readonly Status[]).includes(status))).toEqual(fromTable)
})

test.each(TABLE.map(row => [row.act, row] as const))('%s leads where the table says', (act, { from, to }) => {
  const step = act as keyof typeof steps
  for (const status of from)
    for (const cameFrom of ['accepted', 'partly answered', 'additional accepted'] as const) {
      const ends = [true, false].map(holds => target(step, { status, cameFrom, holds: () => holds }))
      expect([...new Set(ends)].sort()).toEqual(endsOf(to, status, cameFrom))
    }
})

function endsOf(to: Leads, status: Status, cameFrom: Status): Status[] {
  if (to === 'same') return [status]
  if (to === 'the status it came from') return [cameFrom]
  return typeof to === 'string' ? [to] : [...new Set(to)].sort()
}

test('steps of the requester, the responder, both and the system are theirs', () => {
  const sides = Object.fromEntries(TABLE.map(({ act, by }) => [act, by]))
  const side = (who: string): string =>
    who.startsWith('R ') ? 'requester' : who.startsWith('S ') ? 'responder' : who === 'referee' ? 'both' : who
  expect(Object.fromEntries(stepNames.map(step => [step, (steps[step] as Step).side]))).toEqual(
    Object.fromEntries(stepNames.map(step => [step, side(sides[step] ?? '')])),
  )
})

test('a demand is dropped in approval only where the reply is to it', () => {
  const waiting = (cameFrom: Status) => isOpen('dropDemand', { status: 'reply awaiting approval', cameFrom })
  expect(['accepted', 'partly answered', 'additional accepted'].map(from => waiting(from as Status))).toEqual([
    false,
    false,
    true,
  ])
})

test('open, ended, the whole request and whose turn it is agree with the table', () => {
  expect([...open].sort()).toEqual([...OPEN].sort())
  expect([...ended].sort()).toEqual([...ENDED].sort())
  expect(stepNames.filter(step => (steps[step] as Step).wholeRequest).sort()).toEqual([...WHOLE].sort())
  expect(Object.fromEntries(statuses.map(status => [status, turnOf(status)]))).toEqual(TURN)
  expect(turnOf('referral decided', true)).toBe('responder')
})

test('the database knows the same statuses', () => {
  const migration = readFileSync(join(import.meta.dirname, '../../migrations/0032_requests.ts'), 'utf8')
  const listed = (column: string): string[] => {
    const found = new RegExp(`${column} text[^(]*check \\(${column} in \\(([^;]*?)'\\)\\)`).exec(migration)
    return [...`${found?.[1] ?? ''}'`.matchAll(/'((?:[^'])*)'/g)].map(([, status]) => status ?? '')
  }
  expect(listed('status')).toEqual([...statuses])
  expect(listed('came_from')).toEqual(steps.saveAnswers.from)
})

test('every step that people take has a page and a right; what the system does has none', () => {
  const paths = routes({ mode: 'demo' })
  for (const step of stepNames) {
    const page = (stepPages as Partial<Record<string, { path: string; can: keyof typeof policy }>>)[step]
    expect(page === undefined, step).toBe((steps[step] as Step).side === 'system')
    if (!page) continue
    expect(Object.keys(policy)).toContain(page.can)
    const drawn = paths.filter(({ path }) => path === `/requests/:id/${page.path}`)
    expect(drawn.map(({ method }) => method).sort(), step).toEqual(['get', 'post'])
    for (const { access } of drawn) expect(access).toMatchObject({ can: page.can })
  }
})

/** The page is written by `vitest run test/requests/workflow.test.ts -u`; elsewhere a page that is not up to date fails. */
test('docs/workflow.md shows the workflow as it is', async () => {
  const id = (status: Status): string => wordFor(status)
  const arrows = new Map<string, string[]>()
  for (const step of stepNames)
    for (const from of steps[step].from)
      for (const to of leadsTo(step, from))
        if (to !== from)
          arrows.set(`${id(from)} --> ${id(to)}`, [...(arrows.get(`${id(from)} --> ${id(to)}`) ?? []), step])
  const page = [
    '# The life of a request',
    '',
    'Generated from `src/requests/workflow.ts`. A status belongs to a part of a request; a request that was never split has one part.',
    '',
    '```mermaid',
    'stateDiagram-v2',
    ...statuses.map(status => `  state "${status}" as ${id(status)}`),
    `  [*] --> ${id('draft')}`,
    ...[...arrows].map(([arrow, by]) => `  ${arrow}: ${by.join(', ')}`),
    ...ended.map(status => `  ${id(status)} --> [*]`),
    '```',
    '',
    '| step | by | from | to |',
    '|---|---|---|---|',
    ...stepNames.map(
      step => `| ${step} | ${steps[step].side} | ${steps[step].from.join(', ')} | ${inWords(steps[step])} |`,
    ),
    '',
  ].join('\n')
  await expect(page).toMatchFileSnapshot('../../docs/workflow.md')
})

function leadsTo(step: keyof typeof steps, status: Status): Status[] {
  const before: Status[] = ['accepted', 'partly answered', 'additional accepted']
  const came = status === 'reply awaiting approval' ? before : [null]
  const ends = came.flatMap(cameFrom =>
    isOpen(step, { status, cameFrom })
      ? [true, false].map(holds => target(step, { status, cameFrom, holds: () => holds }))
      : [],
  )
  return [...new Set(ends)]
}

function inWords({ to }: Step): string {
  if (typeof to === 'string') return to
  return `${to.then} if ${to.when}, else ${to.otherwise}`
}
