import { expect, test } from 'vitest'
import { policy, standings } from '../../src/policy.ts'

/** The page is written by `vitest run test/house/policy-page -u`; elsewhere a page that is not up to date fails. */
test('docs/policy.md shows the policy as it is', async () => {
  const columns = standings.filter(standing =>
    Object.values(policy).some(who => (who as readonly string[]).includes(standing)),
  )
  const row = ([action, who]: [string, readonly string[]]) =>
    `| ${action} | ${columns.map(standing => (who.includes(standing) ? 'x' : ' ')).join(' | ')} |`
  const page = [
    '# Who may do what',
    '',
    'Generated from `src/policy.ts`. A column is a *standing*: what a user is to the record an act is about (`spec/roles.md`).',
    'Any one of the marked standings is enough.',
    '',
    `| act | ${columns.join(' | ')} |`,
    `|---|${columns.map(() => '---').join('|')}|`,
    ...Object.entries(policy).map(row),
    '',
  ].join('\n')
  await expect(page).toMatchFileSnapshot('../../docs/policy.md')
})
