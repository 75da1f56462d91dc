import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { questionSets } from '../../seeds/reference/question-sets/all.ts'
import { loadQuestionSet } from '../../seeds/reference/question-sets/load.ts'
import type { QuestionSetData } from '../../seeds/reference/question-sets/question.ts'
import { loadReference } from '../../seeds/reference/load.ts'
import { currentQuestionSet, findQuestionSet, listModules, newerSet } from '../../src/modules/index.ts'
import { type World, world } from '../support/app.ts'
import { countQueries } from '../support/count-queries.ts'

let w: World
let moduleIds: Record<string, number>
beforeAll(async () => {
  w = await world()
  moduleIds = Object.fromEntries((await listModules(w.db.app)).map(({ code, id }) => [code, id]))
})
afterAll(() => w.close())

const moduleOf = (set: QuestionSetData) => moduleIds[set.module] ?? 0
const services = () => questionSets.find(({ module }) => module === 'services-requests')!
const rows = async (table: string) => (await w.knex(table).count<{ count: number }[]>('* as count'))[0]?.count
const parts = ['question_set_subject_fields', 'question_set_headings', 'questions', 'question_choices']

describe('a question set', () => {
  test.each(questionSets)('$module is read as it was written', async set => {
    const read = await currentQuestionSet(w.db.app, moduleOf(set))
    const { module, ...written } = set
    expect(read, module).toEqual({ ...written, id: read?.id, moduleId: moduleOf(set) })
  })

  test('is read by one statement, and once', async () => {
    const [{ id }] = (await w
      .knex('question_sets')
      .insert({ module_id: moduleOf(services()), version: 77 })
      .returning('id')) as [{ id: number }]
    expect(await findQuestionSet(w.db.app, id)).toBeUndefined()
    await w.knex('question_sets').where({ id }).update({ published_at: new Date() })
    expect(await countQueries(w, () => findQuestionSet(w.db.app, id))).toBe(1)
    expect(await countQueries(w, () => findQuestionSet(w.db.app, id))).toBe(0)
    await w.db.app.transaction(async trx => {
      const whole = await findQuestionSet(trx, id)
      expect(whole).toMatchObject({ version: 77, subject: [], headings: [], questions: [] })
    })
  })

  test('of a module without one is not there', async () => {
    expect(await currentQuestionSet(w.db.app, moduleIds['services-alerts'] ?? 0)).toBeUndefined()
    expect(await findQuestionSet(w.db.app, 2_147_483_647)).toBeUndefined()
  })
})

describe('versions', () => {
  const patients = () => questionSets.find(({ module }) => module === 'patients-rights-requests')!

  test('loading again changes nothing', async () => {
    const before = await Promise.all(['question_sets', ...parts].map(rows))
    await loadReference(w.knex)
    expect(await Promise.all(['question_sets', ...parts].map(rows))).toEqual(before)
  })

  test('a newer version takes the place of the older one, which stays', async () => {
    const old = (await currentQuestionSet(w.db.app, moduleOf(patients())))!
    expect(await newerSet(w.db.app, old)).toBeUndefined()
    const next = { ...patients(), version: 2, questions: patients().questions.slice(0, -1) }
    await w.knex.transaction(trx => loadQuestionSet(trx, next))
    const newer = (await newerSet(w.db.app, old))!
    expect([newer.version, newer.questions.length]).toEqual([2, old.questions.length - 1])
    expect(await currentQuestionSet(w.db.app, old.moduleId)).toEqual(newer)
    expect(await findQuestionSet(w.db.app, old.id)).toEqual(old)
    await w.knex.transaction(trx => loadQuestionSet(trx, patients()))
    expect((await currentQuestionSet(w.db.app, old.moduleId))?.version).toBe(2)
  })

  test('a language that was missing comes into a published version; other words do not', async () => {
    const set = services()
    const [first, second, ...others] = set.questions
    const questions = [
      { ...first!, text: { ...first!.text, da: 'Står {provider} i et register?' } },
      { ...second!, text: { ...second!.text, en: 'Other words?' } },
      ...others.map(question => ({
        ...question,
        options: question.options.map(each => ({ ...each, text: { ...each.text, da: 'ja' } })),
      })),
    ]
    await w.knex.transaction(trx => loadQuestionSet(trx, { ...set, questions }))
    const found = await w
      .knex('questions as q')
      .join('question_sets as s', 's.id', 'q.question_set_id')
      .where({ module_id: moduleOf(set), version: set.version })
      .whereIn('q.code', [first!.code, second!.code])
      .orderBy('q.position')
      .pluck<object[]>('text')
    expect(found).toEqual([questions[0]!.text, second!.text])
    const danish = await w.knex('question_choices').whereRaw(`text->>'da' = 'ja'`)
    expect(danish).toHaveLength(set.questions.flatMap(({ options }) => options).length)
  })
})

describe('what is published stays', () => {
  const denied = /permission denied/
  const kept = /is published and stays as it is/

  test.each(['question_sets', ...parts])('%s: pages and nightly rules may only read', async table => {
    for (const db of [w.db.app, w.db.purge]) {
      await expect(db(table).delete()).rejects.toThrow(denied)
      await expect(db(table).insert({})).rejects.toThrow(denied)
      expect((await db(table).limit(1)).length).toBe(1)
    }
    const column = table === 'question_sets' ? 'version' : 'position'
    await expect(w.db.app(table).update({ [column]: 9 })).rejects.toThrow(denied)
  })

  test('the owner cannot change, add or delete either', async () => {
    await expect(w.knex('question_sets').update({ version: 9 })).rejects.toThrow(kept)
    await expect(w.knex('question_sets').delete()).rejects.toThrow(kept)
    for (const table of parts) await expect(w.knex(table).delete()).rejects.toThrow(kept)
    const heading = await w.knex('question_set_headings').first<{ question_set_id: number; code: string }>()
    const { question_set_id } = heading
    const more = { question_set_id, position: 99, code: 'more', text: { en: 'More' } }
    await expect(w.knex('question_set_headings').insert(more)).rejects.toThrow(kept)
    const change = (text: object) =>
      w.knex('question_set_headings').where({ code: heading.code, question_set_id }).update({ text })
    await expect(change({ en: 'Other' })).rejects.toThrow(kept)
    await expect(change({})).rejects.toThrow(kept)
    await expect(
      w
        .knex('questions')
        .where({ question_set_id })
        .update({ variables: w.knex.raw(`variables || '[{"code":"x"}]'`) }),
    ).rejects.toThrow(kept)
    await expect(w.knex('questions').where({ question_set_id }).update({ answer: 'text' })).rejects.toThrow(kept)
  })

  test('one that is not published yet can be worked on', async () => {
    const [{ id }] = (await w
      .knex('question_sets')
      .insert({ module_id: moduleOf(services()), version: 90 })
      .returning('id')) as [{ id: number }]
    const heading = { question_set_id: id, position: 1, code: 'first', text: { en: 'First' } }
    await w.knex('question_set_headings').insert(heading)
    await w
      .knex('question_set_headings')
      .where({ question_set_id: id })
      .update({ text: { en: 'One' } })
    await w.knex('question_set_headings').where({ question_set_id: id }).delete()
    expect(await w.knex('question_sets').where({ id }).delete()).toBe(1)
  })
})
