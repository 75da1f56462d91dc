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
  select a.id, concat_ws(' ', a.official_name, a.city,
    (select string_agg(n.name, ' ') from authority_names n where n.authority_id = a.id),
    (select string_agg(t.title, ' ') from authority_titles t where t.authority_id = a.id)) as text,
    (select array_agg(distinct chosen.keyword_id) from (
       select keyword_id from authority_keywords where authority_id = a.id
       union all select gk.keyword_id from grant_keywords gk join grants g on g.id = gk.grant_id where g.authority_id = a.id) chosen
    ) as keywords
  from authorities a`

const KEYWORDS = `select id, (select string_agg(word.value, ' ') from jsonb_each_text(names) word) as text from keywords`

interface TextRow {
  id: number
  text: string
  keywords: number[] | null
}

/**
 * Rewrites the words one authority is found by (B10): its names, informal titles, keywords in all languages, and its place.
 * Part of every change of one of these. All else it is found by the database follows by itself (migration 0014).
 */
export async function indexWords(db: Knex, authorityId: number): Promise<void> {
  const { rows } = await db.raw<{ rows: TextRow[] }>(`${TEXTS} where a.id = ?`, [authorityId])
  const chosen = rows.flatMap(({ keywords }) => keywords ?? [])
  await writeWords(db, rows, await keywordWords(db, chosen))
}

/**
 * Writes anew what every authority is found by, in batches: after authorities came in by other ways than the pages. Only the owner
 * of the tables can: the index is built once at the end, which for many is ten times faster.
 */
export async function indexAllWords(db: Knex, batch = 5000): Promise<void> {
  const { rows: found } = await db.raw<{ rows: { definition: string }[] }>(
    `select pg_get_indexdef('authority_search_all'::regclass) as definition`,
  )
  const keywords = await keywordWords(db)
  await db.transaction(async trx => {
    await trx.raw('drop index authority_search_all')
    await trx.raw('select refresh_search(array(select id from authorities))')
    for (let after = 0; ;) {
      const { rows } = await trx.raw<{ rows: TextRow[] }>(`${TEXTS} where a.id > ? order by a.id limit ?`, [
        after,
        batch,
      ])
      const last = rows.at(-1)
      if (!last) break
      await writeWords(trx, rows, keywords)
      after = last.id
    }
    // In the order of names, in which they are read.
    await trx.raw('create temporary table in_order on commit drop as select * from authority_search')
    await trx.raw('truncate authority_search')
    await trx.raw('insert into authority_search select * from in_order order by sort_name')
    await trx.raw('drop table in_order')
    await trx.raw(found[0]?.definition ?? '')
  })
  await db.raw('analyze authority_search')
}

async function keywordWords(db: Knex, ids?: number[]): Promise<Map<number, string[]>> {
  if (ids?.length === 0) return new Map()
  const { rows } = await db.raw<{ rows: { id: number; text: string }[] }>(
    ids ? `${KEYWORDS} where id = any(?)` : KEYWORDS,
    ids ? [ids] : [],
  )
  return new Map(rows.map(({ id, text }) => [id, foldWords(text)]))
}

async function writeWords(db: Knex, authorities: TextRow[], keywords: Map<number, string[]>): Promise<void> {
  const words = authorities.map(({ text, keywords: chosen }) =>
    lexemes([...foldWords(text), ...(chosen ?? []).flatMap(id => keywords.get(id) ?? [])]),
  )
  await db.raw(
    `update authority_search s set words = array_to_tsvector(string_to_array(given.words, ' '))
     from unnest(cast(? as int[]), cast(? as text[])) as given (id, words)
     where s.authority_id = given.id and s.words <> array_to_tsvector(string_to_array(given.words, ' '))`,
    [authorities.map(({ id }) => id), words],
  )
}

/** Beginnings up to here are entries of their own, since too many words begin with them. */
const SHORT = 2

const short = (word: string, length: number): string => `^${Array.from(word).slice(0, length).join('')}`

/** What stands in the index for these words: they themselves, and their first letter and first two. */
const lexemes = (words: string[]): string =>
  [...new Set(words.flatMap(word => [word, short(word, 1), short(word, SHORT)]))].join(' ')

/** The question to the index whether each of these words begins one of an authority's; as PostgreSQL's `tsquery`. */
export const wordsQuery = (words: readonly string[]): string =>
  words.map(word => (Array.from(word).length <= SHORT ? `'${short(word, SHORT)}'` : `'${word}':*`)).join(' & ')
