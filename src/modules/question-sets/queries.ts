import type { Knex } from 'knex'
import type { QuestionSet } from './question-set.ts'

/** A published question set, in whatever version. */
export async function findQuestionSet(db: Knex, id: number): Promise<QuestionSet | undefined> {
  const known = knownTo(db)
  const found = known.get(id) ?? (await readQuestionSet(db, id))
  if (found) known.set(id, found)
  return found
}

/** The question set that new requests in a module use: the newest one that is published. */
export async function currentQuestionSet(db: Knex, moduleId: number): Promise<QuestionSet | undefined> {
  const newest = await db('question_sets')
    .where({ module_id: moduleId })
    .whereNotNull('published_at')
    .orderBy('version', 'desc')
    .first<{ id: number } | undefined>('id')
  return newest && findQuestionSet(db, newest.id)
}

/** The set that has taken the place of this one, for drafts that were begun with it. */
export async function newerSet(db: Knex, set: QuestionSet): Promise<QuestionSet | undefined> {
  const current = await currentQuestionSet(db, set.moduleId)
  return current && current.version > set.version ? current : undefined
}

/** Published sets never change, so each is read once: per database, which pools and transactions know by their configuration. */
const sets = new WeakMap<object, Map<number, QuestionSet>>()

function knownTo(db: Knex): Map<number, QuestionSet> {
  const { config } = db.client as { config: object }
  const known = sets.get(config) ?? new Map<number, QuestionSet>()
  sets.set(config, known)
  return known
}

async function readQuestionSet(db: Knex, id: number): Promise<QuestionSet | undefined> {
  const { rows } = await db.raw<{ rows: { set: QuestionSet }[] }>(WHOLE_SET, [id])
  return rows[0]?.set
}

const WHOLE_SET = `
  select jsonb_build_object(
    'id', s.id, 'moduleId', s.module_id, 'version', s.version,
    'subject', (
      select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('code', f.code, 'label', f.label, 'hint', f.hint, 'kind', f.kind,
        'options', case when f.kind = 'choice' then f.options end, 'required', f.required, 'personal', f.personal,
        'competence', f.competence)) order by f.position), '[]')
      from question_set_subject_fields f where f.question_set_id = s.id),
    'headings', (
      select coalesce(jsonb_agg(jsonb_build_object('code', h.code, 'text', h.text) order by h.position), '[]')
      from question_set_headings h where h.question_set_id = s.id),
    'questions', (
      select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('code', q.code, 'heading', q.heading, 'text', q.text,
        'variables', q.variables, 'answer', q.answer, 'options', coalesce(c.options, '[]'),
        'parent', case when q.parent is not null then jsonb_build_object('code', q.parent, 'when', q.parent_answers) end))
        order by q.position), '[]')
      from questions q
      left join (
        select question, jsonb_agg(jsonb_build_object('code', code, 'text', text) order by position) as options
        from question_choices where question_set_id = s.id group by question
      ) c on c.question = q.code
      where q.question_set_id = s.id)
  ) as set
  from question_sets s where s.id = ? and s.published_at is not null`
