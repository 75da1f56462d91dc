import type { Knex } from 'knex'

const LONGEST = 60

/**
 * The words of a text as they are indexed and looked for: without accents, in Latin letters, in lower case, letters and digits
 * only. Rests on no dictionary, so that all languages of the Union are treated alike.
 */
export function foldWords(text: string): string[] {
  const plain = text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('й', 'y')
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll('ου', 'ou')
    .replace(/ия(?!\p{L})/gu, 'ia')
  const latin = Array.from(plain, letter => LATIN[letter] ?? letter).join('')
  const words = latin.match(/[\p{L}\p{N}]+/gu) ?? []
  return [...new Set(words.map(word => Array.from(word).slice(0, LONGEST).join('')))]
}

// What Unicode does not take apart; Greek after ELOT 743, Cyrillic as Bulgaria writes its names, with the neighbours' letters.
// prettier-ignore
const LATIN: Readonly<Record<string, string>> = {
  ß: 'ss', ø: 'o', æ: 'ae', œ: 'oe', ł: 'l', đ: 'd', þ: 'th', ð: 'd', ħ: 'h', ı: 'i', ŋ: 'n', ŧ: 't', ĸ: 'k', ƒ: 'f',
  α: 'a', β: 'v', γ: 'g', δ: 'd', ε: 'e', ζ: 'z', η: 'i', θ: 'th', ι: 'i', κ: 'k', λ: 'l', μ: 'm', ν: 'n', ξ: 'x', ο: 'o',
  π: 'p', ρ: 'r', σ: 's', ς: 's', τ: 't', υ: 'y', φ: 'f', χ: 'ch', ψ: 'ps', ω: 'o',
  а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ж: 'zh', з: 'z', и: 'i', к: 'k', л: 'l', м: 'm', н: 'n', о: 'o', п: 'p',
  р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'h', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'sht', ъ: 'a', ь: 'y', ю: 'yu', я: 'ya',
  ы: 'y', э: 'e', і: 'i', є: 'ie', ґ: 'g', ђ: 'dj', ј: 'j', љ: 'lj', њ: 'nj', ћ: 'c', џ: 'dz', ѕ: 'dz',
}

const TEXTS = `
  select a.id, a.sort_name, concat_ws(' ', a.official_name, a.city,
    (select string_agg(n.name, ' ') from authority_names n where n.authority_id = a.id),
    (select string_agg(t.title, ' ') from authority_titles t where t.authority_id = a.id),
    (select string_agg(word.value, ' ') from (
       select keyword_id from authority_keywords where authority_id = a.id
       union select gk.keyword_id from grant_keywords gk join grants g on g.id = gk.grant_id where g.authority_id = a.id) chosen
     join keywords k on k.id = chosen.keyword_id, jsonb_each_text(k.names) word)) as text
  from authorities a`

interface TextRow {
  id: number
  sort_name: string
  text: string
}

/**
 * Rewrites the words one authority is found by (B10): its names, informal titles, keywords in all languages, and its place.
 * Part of every change of one of these.
 */
export async function indexWords(db: Knex, authorityId: number): Promise<void> {
  const { rows } = await db.raw<{ rows: TextRow[] }>(`${TEXTS} where a.id = ?`, [authorityId])
  await db('authority_words').where({ authority_id: authorityId }).delete()
  await insertWords(db, rows)
}

/** Writes the words of every authority anew, in batches: after authorities came in by other ways than the pages. */
export async function indexAllWords(db: Knex, batch = 5000): Promise<void> {
  await db.raw('delete from authority_words')
  for (let after = 0; ;) {
    const { rows } = await db.raw<{ rows: TextRow[] }>(`${TEXTS} where a.id > ? order by a.id limit ?`, [after, batch])
    const last = rows.at(-1)
    if (!last) break
    await insertWords(db, rows)
    after = last.id
  }
  await db.raw('analyze authority_words')
}

async function insertWords(db: Knex, authorities: TextRow[]): Promise<void> {
  const rows = authorities.flatMap(({ id, sort_name, text }) => foldWords(text).map(word => ({ id, sort_name, word })))
  await db.raw(
    `insert into authority_words (authority_id, word, sort_name)
     select * from unnest(cast(? as int[]), cast(? as text[]), cast(? as text[])) on conflict do nothing`,
    [rows.map(row => row.id), rows.map(row => row.word), rows.map(row => row.sort_name)],
  )
}
