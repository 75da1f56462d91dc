import { describe, expect, test } from 'vitest'
import { browser } from './browser.ts'
import { goodPage, littleSite, redirect, type Asked } from './little-site.ts'

const echo = (asked: Asked) =>
  goodPage('Received', `<p>${asked.method} ${asked.url} ${asked.body.replaceAll('&', '&amp;')}</p>`)

describe('redirects', () => {
  const someone = browser(
    littleSite({
      'GET /form': goodPage(
        'Form',
        ['303', '302', '307', '308']
          .map(
            to =>
              `<form method="post" action="/${to}"><input type="hidden" name="_csrf" value="t"><button>Send ${to}</button></form>`,
          )
          .join(''),
      ),
      'POST /303': redirect(303, '/end?a=1'),
      'POST /302': redirect(302, 'end'),
      'POST /307': redirect(307, '/end'),
      'POST /308': redirect(308, '/307'),
      'GET /end': echo,
      'POST /end': echo,
      'GET /round': redirect(302, '/round'),
      'GET /away': redirect(302, 'https://example.org/'),
    }),
  )

  test('turn a POST into a GET, and say the way', async () => {
    const page = await (await someone.visit('/form')).submit('Send 303', {}, { to: '/end?a=1' })
    expect(page.text).toBe('Received GET /end?a=1')
    expect(page.redirects).toEqual([{ status: 303, method: 'POST', from: '/303', to: '/end?a=1' }])
    expect((await (await someone.visit('/form')).submit('Send 302')).text).toBe('Received GET /end')
  })

  test('with 307 and 308 keep method and body', async () => {
    const page = await (await someone.visit('/form')).submit('Send 308')
    expect(page.text).toBe('Received POST /end _csrf=t')
    expect(page.redirects.map(({ to }) => to)).toEqual(['/307', '/end'])
  })

  test('are not followed when the test says so', async () => {
    const page = await (await someone.visit('/form')).submit('Send 303', {}, { follow: false, status: 303 })
    expect(page.headers.location).toBe('/end?a=1')
  })

  test('without end, away from the site or to another page than expected are refused', async () => {
    await expect(someone.visit('/round')).rejects.toThrow('The redirects do not end: /round → /round')
    await expect(someone.visit('/away')).rejects.toThrow('/away leads away from the site, to https://example.org/')
    await expect((await someone.visit('/form')).submit('Send 303', {}, { to: '/start' })).rejects.toThrow(
      'POST /303 → GET /end?a=1 is not /start',
    )
  })
})

describe('a page', () => {
  const someone = browser(
    littleSite({
      'GET /users': goodPage(
        'Users',
        `
        <p>Two <b>per</b>sons<br>here</p><p hidden>secret</p><dialog><h2>secret</h2><a href="/x">secret</a></dialog><p role="status">User added</p><noscript><p>No script</p></noscript>
        <table><caption>All users</caption><thead><tr><th>Name</th><th>Role</th><th></th></tr></thead><tbody>
        <tr><th scope="row">Ann</th><td>Admin</td><td><a href="/users/1">Open</a></td></tr>
        <tr><th scope="row">Bo</th><td>Reader</td><td><a href="/users/2">Open</a></td></tr></tbody></table>
        <dl><dt>Country</dt><dd>Sweden</dd><dt>Modules</dt><dd>PQ</dd><dd>Services</dd></dl>
        <h2>More</h2><a href="/help">Help</a> <a href="/help">Help</a>`,
      ),
      'GET /users/2': goodPage('Bo'),
      'GET /help': goodPage('Help'),
      'GET /wrong': {
        status: 422,
        body: goodPage(
          'A',
          '<div class="ds-error-summary"><h2>Look</h2><ul><li><a href="#a">Enter a name</a></li><li>The authority is there already</li></ul></div><label>N <input id="a" name="a"></label>',
          'Error: A',
        ),
      },
    }),
  )

  test('is read as a person reads it', async () => {
    const page = await someone.visit('/users')
    expect(page).toMatchObject({
      status: 200,
      url: '/users',
      title: 'Users – Open IMI',
      h1: 'Users',
      lang: 'en',
      headings: ['More'],
      notice: 'User added',
    })
    expect(page.text).toContain('Users Two persons here User added No script All users')
    expect(page.text).not.toContain('secret')
    expect(page.details()).toEqual({ Country: 'Sweden', Modules: 'PQ, Services' })
  })

  test('gives its tables by the heads of the columns', async () => {
    const page = await someone.visit('/users')
    expect(page.table('All users')).toEqual([
      { Name: 'Ann', Role: 'Admin', 'column 3': 'Open' },
      { Name: 'Bo', Role: 'Reader', 'column 3': 'Open' },
    ])
    expect(page.table(0)).toHaveLength(2)
    expect(() => page.table('Nobody')).toThrow(`There is no table 'Nobody'. There are: 'All users'`)
  })

  test('lets links be followed by their text, and told apart by what stands beside them', async () => {
    const page = await someone.visit('/users')
    expect((await page.follow('Help')).h1).toBe('Help')
    expect((await page.follow({ href: '/users/2' })).h1).toBe('Bo')
    expect((await page.follow('Open', { within: 'Bo' })).h1).toBe('Bo')
    expect(() => page.link('Open')).toThrow(
      `There are 2 links 'Open'; say which one with 'within': '/users/1', '/users/2'`,
    )
    expect(() => page.link('Nothing')).toThrow(`There is no link 'Nothing'. There are: 'Open', 'Open', 'Help', 'Help'`)
  })

  test('lists the errors with their fields', async () => {
    const page = await someone.visit('/wrong', { status: 422 })
    expect(page.errors()).toEqual([
      { field: 'a', message: 'Enter a name' },
      { field: '', message: 'The authority is there already' },
    ])
  })
})

test('a raw request goes out as it is, and a copied browser has the cookies of the first', async () => {
  const asked: Asked[] = []
  const note = (each: Asked) => (asked.push(each), { headers: { 'set-cookie': ['id=7; Path=/'] }, body: goodPage('A') })
  const someone = browser(littleSite({ 'GET /a': note, 'PUT /%00//..': note, 'POST /b': note }), {
    language: 'sv',
    origin: 'https://imi.test',
  })
  await someone.visit('/a')
  const copy = someone.clone()
  await copy.request('PUT', '/%00//..', { body: '\0', headers: { 'x-odd': 'ÿ' } })
  await someone.request('POST', '/b', { body: { a: ['1', '2'], b: 'å' }, cookies: false })
  expect(asked.map(({ method, url, body, headers }) => [method, url, body, headers.cookie])).toEqual([
    ['GET', '/a', '', undefined],
    ['PUT', '/%00//..', '\0', 'id=7'],
    ['POST', '/b', 'a=1&a=2&b=%C3%A5', undefined],
  ])
  expect(asked[0]?.headers).toMatchObject({ host: 'imi.test', 'x-forwarded-proto': 'https', 'accept-language': 'sv' })
})

test('a button pressed twice at once sends the same form twice', async () => {
  let open = 0
  let most = 0
  const site = littleSite({
    'GET /a': goodPage(
      'A',
      '<form method="post"><input type="hidden" name="_csrf" value="t"><label>N <input name="n"></label><button>Go</button></form>',
    ),
    'POST /a': echo,
  })
  const someone = browser((request, response) => {
    most = Math.max(most, ++open)
    setTimeout(
      () => {
        open -= 1
        site(request, response)
      },
      request.method === 'POST' ? 50 : 0,
    )
  })
  const [first, second] = await someone.submitTwice(await someone.visit('/a'), 'Go', { n: 'x' })
  expect([first.text, second.text]).toEqual(Array(2).fill('Received POST /a _csrf=t&n=x'))
  expect(most).toBe(2)
})
