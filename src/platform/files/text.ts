/** What a browser, an editor or a shell would take for more than text: pages, drawings, scripts, programs for printers. */
const MORE_THAN_TEXT = /^\s*(<|#!|%!|\{\\rtf|mime-version:)/i
const MARKUP = /<(!doctype|html|svg|script|head|body|iframe|object|embed|meta|link|style|\?xml|\?php|%@)\b/i
const LONGEST_MARK = 16

/** Whether a file is plain text: UTF-8 throughout, without controls, and nothing that a program would run or draw. */
export async function looksLikeText(chunks: AsyncIterable<Buffer>): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let before = ''
  let first = true
  try {
    for await (const chunk of chunks) {
      const text = decoder.decode(chunk, { stream: true })
      if (hasControls(text) || (first && MORE_THAN_TEXT.test(text)) || MARKUP.test(before + text)) return false
      before = (before + text).slice(-LONGEST_MARK)
      first = false
    }
    decoder.decode()
    return true
  } catch {
    return false
  }
}

// Line ends, tabs and page breaks are part of text.
const hasControls = (text: string): boolean => /[\x00-\x08\x0b\x0e-\x1f\x7f]/.test(text)
