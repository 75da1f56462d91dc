import { expect, test } from 'vitest'
import { browser } from './browser.ts'
import { goodPage, littleSite, type Given } from './little-site.ts'

const post = (inside: string) => `<form method="post"><input type="hidden" name="_csrf" value="x">${inside}</form>`
const label = '<label for="a">Name</label>'

const summary =
  '<div role="alert"><a href="#a">Enter a name</a></div><label for="a">Name</label><input id="a" name="a">'

test.each<[string, string | Given, string]>([
  ['another status', { status: 500, body: goodPage('Sorry') }, `answered 500 instead of 200: 'Sorry'`],
  [
    'another type',
    { headers: { 'content-type': 'text/plain' }, body: 'x' },
    `is of type 'text/plain', not 'text/html'`,
  ],
  ['no language', goodPage('A').replace(' lang="en"', ''), '<html> says no language'],
  ['two headings', goodPage('A', '<h1>B</h1>'), `2 elements h1 instead of one: 'A', 'B'`],
  ['a title that says something else', goodPage('A', '', 'Other'), `the title 'Other' lacks the heading 'A'`],
  [
    'an error that the title keeps for itself',
    { status: 422, body: goodPage('A', summary) },
    'does not begin by saying that there is an error',
  ],
  ['an error with status 200', goodPage('A', summary, 'Error: A'), 'an error summary came with status 200'],
  ['an id twice', goodPage('A', '<p id="x"></p><p id="x"></p>'), `the id 'x' stands there twice`],
  ['a field without a label', goodPage('A', '<input name="a">'), '<input name="a"> has no label'],
  [
    'a select with an empty label',
    goodPage('A', '<label for="a"> </label><select id="a" name="a"></select>'),
    '<select id="a" name="a"> has no label',
  ],
  ['a button without a name', goodPage('A', post('<button></button>')), '<button> has no label'],
  ['a link without a name', goodPage('A', '<a href="/x"><img src="/i.png" alt=""></a>'), '<a href="/x"> has no label'],
  [
    'a description that is not there',
    goodPage('A', `${label}<input id="a" name="a" aria-describedby="a-hint">`),
    'aria-describedby="a-hint" of <input id="a" name="a"> points at nothing',
  ],
  ['a label of nothing', goodPage('A', label), 'for="a" of <label for="a"> points at nothing'],
  ['a jump to nowhere', goodPage('A', '<a href="#far">Far</a>'), 'the link #far leads nowhere'],
  [
    'a POST form without token',
    goodPage('A', '<form method="POST" action="/s"><button>Go</button></form>'),
    `the form to '/s' has no hidden _csrf`,
  ],
  [
    'a POST form with an empty token',
    goodPage('A', post('<button>Go</button>').replace('"x"', '""')),
    'has no hidden _csrf',
  ],
  ['an inline style', goodPage('A', '<p style="color:red">x</p>'), '<p> has an inline style'],
  ['a style element', goodPage('A', '<svg><style>a{}</style></svg>'), 'there is an inline style'],
  ['an inline script', goodPage('A', '<script>1</script>'), 'there is an inline script'],
  ['a handler', goodPage('A', '<a href="/x" onclick="y()">x</a>'), '<a href="/x"> has an inline onclick'],
  ['a link that is a script', goodPage('A', '<a href="javascript:x()">x</a>'), 'has an inline href'],
  ['a picture without alt', goodPage('A', '<img src="/i.png">'), '<img src="/i.png"> has no alt'],
  ['undefined', goodPage('A', '<p>Dear undefined</p>'), `it says 'undefined'`],
  [
    'an object',
    goodPage('A', '<label>N <input name="n" value="[object Object]"></label>'),
    `it says '[object Object]'`,
  ],
  ['not a number', goodPage('A', '<p>NaN days</p>'), `it says 'NaN'`],
  ['a placeholder', goodPage('A', '<p>{{count}} users</p>'), `it says '{{count}}'`],
  [
    'a key in a choice',
    goodPage('A', '<label>N <select name="n"><option>users:role.am</option></select></label>'),
    `it says 'users:role.am'`,
  ],
  [
    'no policy',
    { headers: { 'content-security-policy': '' }, body: goodPage('A') },
    'there is no Content-Security-Policy',
  ],
  [
    'a weak policy',
    { headers: { 'content-security-policy': "script-src 'unsafe-inline'" }, body: goodPage('A') },
    'the Content-Security-Policy is weak',
  ],
  [
    'a guessed type',
    { headers: { 'x-content-type-options': '' }, body: goodPage('A') },
    'X-Content-Type-Options: nosniff is missing',
  ],
  [
    'a token in a cache',
    { headers: { 'cache-control': 'private' }, body: goodPage('A', post('')) },
    'a page with a token or a cookie may be stored',
  ],
  [
    'a cookie in a cache',
    { headers: { 'cache-control': 'max-age=9', 'set-cookie': ['a=1'] }, body: goodPage('A') },
    'a page with a token or a cookie may be stored',
  ],
  ['no word on caching', { headers: { 'cache-control': '' }, body: goodPage('A') }, 'Cache-Control is missing'],
  ['invalid HTML', goodPage('A', '<p id="a" id="b">x</p>'), 'the HTML is not valid: duplicate-attribute in line 3'],
])('a page with %s is refused', async (_what, page, sentence) => {
  const someone = browser(littleSite({ 'GET /page': page }), { namespaces: ['users'] })
  const status = typeof page !== 'string' && page.status === 422 ? 422 : 200
  const visit = someone.visit('/page', { status })
  await expect(visit).rejects.toThrow('GET /page ')
  await expect(visit).rejects.toThrow(sentence)
})

test('a page that obeys all rules is accepted, and one that may break a rule as well', async () => {
  const form = post(
    `${label}<input id="a" name="a" aria-describedby="h"><p id="h">Hint</p><label>Yes <input type="checkbox" name="y"></label><button>Go</button>`,
  )
  const someone = browser(
    littleSite({
      'GET /good': goodPage(
        'A',
        `<a href="#main">Skip</a>${form}<script src="/x.js"></script><p>At 10:30.45, e.g.: users: all</p>`,
      ),
      'GET /odd': goodPage('A', '<h1>B</h1>'),
      'GET /error': { status: 422, body: goodPage('A', summary, 'Error: A') },
      'GET /file': { headers: { 'content-type': 'text/csv' }, body: 'a,undefined' },
    }),
    { namespaces: ['users'] },
  )
  await someone.visit('/good')
  await someone.visit('/error', { status: 422 })
  await someone.visit('/odd', { except: ['h1'] })
  expect((await someone.visit('/file', { type: 'text/csv' })).text).toBe('a,undefined')
})
