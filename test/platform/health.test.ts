import express from 'express'
import request from 'supertest'
import { afterAll, beforeAll, test } from 'vitest'
import { health } from '../../src/platform/web/health.ts'
import { world, type World } from '../support/app.ts'

let here: World
beforeAll(async () => void (here = await world()))
afterAll(() => here.close())

test('the process is alive and, with its database, ready', async () => {
  await request(here.server).get('/health/live').expect(200, { status: 'alive' })
  await request(here.server).get('/health/ready').expect(200, { status: 'ready' }).expect('Cache-Control', 'no-store')
})

test('it is not ready while a migration is missing', async () => {
  const { name } = await here.knex('knex_migrations').orderBy('id', 'desc').first()
  await here.knex('knex_migrations').where({ name }).update({ name: 'another' })
  await request(here.server).get('/health/ready').expect(503, { status: 'not ready' })
  await here.knex('knex_migrations').where({ name: 'another' }).update({ name })
  await request(here.server).get('/health/ready').expect(200)
})

test.each([
  ['refuses', () => Promise.reject(new Error('away'))],
  ['does not answer', () => new Promise<boolean>(() => undefined)],
])('it is alive but not ready while the database %s', async (_, ready) => {
  const app = express().use(health(ready))
  await request(app).get('/health/live').expect(200)
  await request(app).get('/health/ready').expect(503)
})
