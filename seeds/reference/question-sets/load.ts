import type { Knex } from 'knex'
import type { QuestionSetData } from './question.ts'

/** What a set consists of besides its row: where it stands, what tells its rows apart, and which columns hold texts. */
interface Part {
  table: string
  key: Record<string, 'text'>
  texts: Record<string, 'jsonb'>
  other: Record<string, string>
  rows(set: QuestionSetData): object[]
}

const parts: Part[] = [
  {
    table: 'question_set_subject_fields',
    key: { code: 'text' },
    texts: { label: 'jsonb', hint: 'jsonb', options: 'jsonb' },
    other: { kind: 'text', required: 'boolean', personal: 'boolean', competence: 'boolean' },
    rows: ({ subject }) => subject.map(each => ({ options: [], ...each })),
  },
  {
    table: 'question_set_headings',
    key: { code: 'text' },
    texts: { text: 'jsonb' },
    other: {},
    rows: ({ headings }) => headings,
  },
  {
    table: 'questions',
    key: { code: 'text' },
    texts: { text: 'jsonb', variables: 'jsonb' },
    other: { heading: 'text', answer: 'text', parent: 'text', parent_answers: 'text[]' },
    rows: ({ questions }) =>
      questions.map(({ parent, ...each }) => ({
        ...each,
        parent: parent?.code ?? null,
        parent_answers: parent?.when ?? [],
      })),
  },
  {
    table: 'question_choices',
    key: { question: 'text', code: 'text' },
    texts: { text: 'jsonb' },
    other: {},
    rows: ({ questions }) =>
      questions.flatMap(({ code, options }) =>
        options.map((option, at) => ({ ...option, question: code, position: at + 1 })),
      ),
  },
]

/**
 * Publishes a question set in its version, unless it is published already: then it stays word for word, and only the languages come
 * in that were missing. Earlier versions stay too, since requests refer to them.
 */
export async function loadQuestionSet(db: Knex, set: QuestionSetData): Promise<void> {
  const { rows: made } = await db.raw<{ rows: { id: number }[] }>(
    `insert into question_sets (module_id, version) select id, ? from modules where code = ? on conflict do nothing returning id`,
    [set.version, set.module],
  )
  const id = made[0]?.id
  if (id === undefined) return addLanguages(db, set)
  for (const part of parts) await db.raw(insertion(part), [id, rowsOf(part, set)])
  await db.raw('update question_sets set published_at = now() where id = ?', [id])
}

async function addLanguages(db: Knex, set: QuestionSetData): Promise<void> {
  for (const part of parts) await db.raw(addition(part), [rowsOf(part, set), set.module, set.version])
}

const rowsOf = (part: Part, set: QuestionSetData): string =>
  JSON.stringify(part.rows(set).map((row, at) => ({ position: at + 1, ...row })))

const typesOf = ({ key, texts, other }: Part): string =>
  Object.entries({ position: 'smallint', ...key, ...texts, ...other })
    .map(([column, type]) => `${column} ${type}`)
    .join(', ')

function insertion(part: Part): string {
  const columns = ['position', ...Object.keys({ ...part.key, ...part.texts, ...part.other })].join(', ')
  return `insert into ${part.table} (question_set_id, ${columns})
    select ?, ${columns} from jsonb_to_recordset(?) as r(${typesOf(part)})`
}

/** Rows whose words differ from what is published are left alone: they wait for the next version. */
function addition(part: Part): string {
  const texts = Object.keys(part.texts)
  const came = texts.map(
    column => `(p.${column} is not distinct from r.${column} or only_languages_came(p.${column}, r.${column}))`,
  )
  return `update ${part.table} p set ${texts.map(column => `${column} = r.${column}`).join(', ')}
    from jsonb_to_recordset(?) as r(${typesOf(part)}), question_sets s join modules m on m.id = s.module_id
    where m.code = ? and s.version = ? and p.question_set_id = s.id
      and ${Object.keys(part.key)
        .map(column => `p.${column} = r.${column}`)
        .join(' and ')}
      and (${texts.map(column => `p.${column}`).join(', ')}) is distinct from (${texts.map(column => `r.${column}`).join(', ')})
      and ${came.join(' and ')}`
}
