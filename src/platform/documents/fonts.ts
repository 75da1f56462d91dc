import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { create, type Font } from 'fontkit'

export type FontName = 'regular' | 'bold'

const require = createRequire(import.meta.url)

/** What a letter that the fonts do not have is drawn as: a mark that says so, and no empty box. */
const UNKNOWN = '\uFFFD'

/** Signs that only steer how others are drawn: soft hyphen, marks of direction and joining, choice of picture, byte order. */
const STEERING = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFE00-\uFE0F\uFEFF]/g

const WHITE = /[^\S\n]/g

let opened: Record<FontName, Font> | undefined

/** The two fonts of all documents, opened once; DejaVu has every letter of the 24 official languages and many more. */
export const documentFonts = (): Record<FontName, Font> =>
  (opened ??= { regular: open('DejaVuSansCondensed'), bold: open('DejaVuSansCondensed-Bold') })

/**
 * A font that draws one sign per letter. Letters that were joined (fi) or put together anew (j and an accent) would be found
 * neither by a search in the document nor by who reads it aloud.
 */
function open(name: string): Font {
  const font = create(readFileSync(require.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`))) as Font
  const layout = font.layout.bind(font)
  // Each sign learns here which letter it is; one that was first met as a part of another (the u of ü) would never know.
  for (const letter of font.characterSet) font.glyphForCodePoint(letter)
  font.layout = text => layout(text, { liga: false, ccmp: false })
  return font
}

/** A text as the fonts can draw it: letters with their accents in one, lines ended by line feeds, nothing invisible. */
export function drawable(text: string): string {
  const { regular } = documentFonts()
  const plain = text
    .replace(/\r\n?|[\u2028\u2029\v\f]/g, '\n')
    .replace(STEERING, '')
    .replace(WHITE, ' ')
    .normalize('NFC')
  return plain.replace(/[^\n\x20-\x7E]/gu, sign => (regular.hasGlyphForCodePoint(codeOf(sign)) ? sign : UNKNOWN))
}

const codeOf = (sign: string): number => sign.codePointAt(0) ?? 0
