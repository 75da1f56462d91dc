import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ejs from 'ejs'

const ROOT = join(import.meta.dirname, '../../../views')

type Drawing = (locals: object) => string

/** What every component gets beside its own fields. */
export interface Base {
  t: unknown
  lang: string
  csrf: string
  once: string | undefined
  path: string
}

export interface Views {
  /** Draws a view with exactly these fields; a name that is missing throws. */
  draw(view: string, base: Base, fields: object): string
}

/** Compiles every view once, at start: a template that does not parse stops the start, not a page. */
export function loadViews(): Views {
  const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ejs'))
  const drawings = new Map<string, Drawing>(
    files.map(file => {
      const filename = join(ROOT, file)
      const drawing = ejs.compile(readFileSync(filename, 'utf8'), {
        filename,
        root: ROOT,
        compileDebug: false,
      }) as Drawing
      return [file.replaceAll('\\', '/').replace(/\.ejs$/, ''), drawing]
    }),
  )

  function draw(view: string, base: Base, fields: object): string {
    const drawing = drawings.get(view)
    if (!drawing) throw new Error(`No view ${view}`)
    const folder = view.replace(/[^/]*$/, '')
    // Our own include in place of EJS's, which would hand every variable of the page to every component.
    const include = (name: string, own: object = {}): string =>
      draw(name.startsWith('/') ? name.slice(1) : folder + name, base, own)
    try {
      return drawing({ ...base, ...fields, include })
    } catch (error) {
      throw error instanceof DrawingError ? error : new DrawingError(view, error)
    }
  }

  return { draw }
}

/** Says in which view a name was missing. EJS could say the line too, for a fifth of the time of every page. */
class DrawingError extends Error {
  constructor(view: string, cause: unknown) {
    super(`views/${view}.ejs: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
}
