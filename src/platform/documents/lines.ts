type Width = (text: string) => number

const letters = new Intl.Segmenter('en', { granularity: 'grapheme' })

/**
 * Breaks a text into lines no wider than `max`: at spaces, and inside a word only where the word alone is wider. Line feeds are kept.
 * A line that was broken at a space keeps it, so that who copies or hears the text finds two words there.
 */
export function brokenIntoLines(text: string, max: number, width: Width): string[] {
  return text.split('\n').flatMap(paragraph => brokenParagraph(paragraph, max, width))
}

function brokenParagraph(text: string, max: number, width: Width): string[] {
  const lines: string[] = []
  let line = ''
  let used = 0
  for (const word of text.match(/ *[^ ]+ */g) ?? []) {
    const needed = width(word.trimEnd())
    if (line && used + needed > max) {
      lines.push(line)
      line = ''
      used = 0
    }
    const parts = needed > max ? brokenWord(word, max, width) : [word]
    lines.push(...parts.slice(0, -1))
    const last = parts.at(-1) ?? ''
    line += last
    used += width(last)
  }
  return [...lines, line]
}

/** The letters' own widths are added up: measuring every beginning of a word of 10,000 letters would take minutes. */
function brokenWord(word: string, max: number, width: Width): string[] {
  const parts: string[] = []
  let part = ''
  let used = 0
  for (const { segment } of letters.segment(word)) {
    const more = width(segment)
    if (part && segment !== ' ' && used + more > max) {
      parts.push(part)
      part = ''
      used = 0
    }
    part += segment
    used += more
  }
  return [...parts, part]
}

/** The beginning of a text that fits, with an ellipsis where something is left out. */
export function shortened(text: string, max: number, width: Width): string {
  const [line = '', ...more] = brokenIntoLines(text.replaceAll('\n', ' '), max - width('…'), width)
  return more.length > 0 ? `${line.trimEnd()}…` : line
}

/**
 * How wide the columns of a table are, from the widest text and the widest word of each: as wide as their texts where all have room;
 * else those that need less than their share are as wide as their texts, and of the others each has its longest word, and the rest is
 * shared as the texts need it.
 */
export function columnWidths(columns: readonly Column[], room: number): number[] {
  const texts = sum(columns.map(column => column.text))
  if (texts <= room) return columns.map(({ text }) => text + (room - texts) / columns.length)
  const fair = room / columns.length
  const wide = columns.filter(({ text }) => text > fair)
  const left = room - sum(columns.filter(({ text }) => text <= fair).map(({ text }) => text))
  const shared = sharedWidths(wide, left)
  return columns.map(({ text }) => (text <= fair ? text : (shared.shift() ?? fair)))
}

interface Column {
  text: number
  word: number
}

function sharedWidths(columns: readonly Column[], room: number): number[] {
  const fair = room / columns.length
  const least = columns.map(({ word }) => Math.min(word, fair))
  const wishes = columns.map(({ text }, index) => Math.min(text, room) - (least[index] ?? 0))
  const share = (room - sum(least)) / Math.max(sum(wishes), 1)
  return least.map((width, index) => width + (wishes[index] ?? 0) * share)
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
