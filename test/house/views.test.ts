import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '../../views')
const views = globSync('**/*.ejs', { cwd: ROOT }).map(file => ({ file, text: readFileSync(join(ROOT, file), 'utf8') }))
const pages = views.filter(({ file }) => !file.startsWith('emails/'))

const findings = (check: (text: string, file: string) => string[]): string[] =>
  pages.flatMap(({ file, text }) => check(text, file).map(found => `${file}: ${found}`))

describe('the views', () => {
  test('say in their first line what they are given', () => {
    expect(views.filter(({ text }) => !/^<%# given: /.test(text)).map(({ file }) => file)).toEqual([])
  })

  test('put nothing unescaped into a page but other views and the body of the shell', () => {
    expect(findings(text => [...text.matchAll(/<%-(?! include\(| ?body\b)[^%]*/g)].map(([all]) => all))).toEqual([])
  })

  test('include components and their own partials only', () => {
    const others = findings((text, file) =>
      [...text.matchAll(/include\('([^']+)'/g)]
        .map(([, name = '']) => name)
        .filter(name => !name.startsWith('/components/') && !/^_[\w-]+$/.test(name) && !file.startsWith('emails/')),
    )
    expect(others).toEqual([])
  })

  test('have no style, script or handler of their own, which the security policy would drop', () => {
    expect(
      findings(text => [...text.matchAll(/\sstyle="|<style|<script(?! src=)|\son\w+="/g)].map(([all]) => all)),
    ).toEqual([])
  })

  test('have no words outside the locales', () => {
    const words = findings(text => {
      const bare = text.replace(/<%[\s\S]*?%>/g, '').replace(/<[^>]*>/g, '')
      return [...bare.matchAll(/\p{L}{2,}/gu)].map(([all]) => all)
    })
    expect(words).toEqual([])
  })
})
