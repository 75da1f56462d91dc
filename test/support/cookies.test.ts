import { expect, test } from 'vitest'
import { cookieJar } from './cookies.ts'

const site = new URL('http://127.0.0.1/users/1')
const secure = new URL('https://imi.test/users/1')

function kept(header: string, from = site) {
  const jar = cookieJar()
  jar.store([header], from)
  return jar.list()
}

test('a cookie is kept with its flags', () => {
  expect(kept('imi=a=b; Path=/; HttpOnly; SameSite=Lax')).toEqual([
    { name: 'imi', value: 'a=b', path: '/', secure: false, httpOnly: true, sameSite: 'Lax', expires: undefined },
  ])
})

test('Secure and __Host- ask for https, as in Chromium', () => {
  expect(kept('imi=1; Path=/; Secure')).toEqual([])
  expect(kept('__Host-imi=1; Path=/; Secure')).toEqual([])
  expect(kept('__Host-imi=1; Path=/; Secure', secure)).toHaveLength(1)
  expect(kept('__Host-imi=1; Path=/users; Secure', secure)).toEqual([])
  expect(kept('__Host-imi=1; Path=/', secure)).toEqual([])
})

test('a cookie goes only to its path, the longest path first', () => {
  const jar = cookieJar()
  jar.store(['a=1; Path=/', 'b=2; Path=/users', 'c=3'], site)
  expect(jar.header(site)).toBe('b=2; c=3; a=1')
  expect(jar.header(new URL('/usersgroup', site))).toBe('a=1')
})

test('a cookie dies at its time, by the clock of the test, and by a date in the past', () => {
  let now = Date.parse('2026-01-01T00:00:00Z')
  const jar = cookieJar(() => now)
  jar.store(
    [
      'a=1; Max-Age=60',
      'b=2; Expires=Thu, 01 Jan 2026 01:00:00 GMT',
      'c=3',
      'd=4; Max-Age=9; Expires=Fri, 01 Jan 2027 00:00:00 GMT',
    ],
    site,
  )
  now += 61_000
  expect(jar.list().map(({ name }) => name)).toEqual(['b', 'c'])
  jar.store(['c=; Expires=Thu, 01 Jan 1970 00:00:00 GMT', 'b=; Max-Age=0'], site)
  expect(jar.header(site)).toBeUndefined()
})

test('a copy goes its own way', () => {
  const jar = cookieJar()
  jar.store(['a=1; Path=/'], site)
  const copy = jar.copy()
  jar.store(['a=2; Path=/'], site)
  expect([jar.header(site), copy.header(site)]).toEqual(['a=2', 'a=1'])
})
