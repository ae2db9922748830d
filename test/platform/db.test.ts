// The pool of connections when one of them is lost, and when it is closed.
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openDatabase } from '#platform/db'
import { openApp } from '#platform/http'
import { openLog } from '#platform/log'
import { freshDatabase } from '#test/database'

test('a connection that is lost while it is lent out fails its query, and ends nothing else', async () => {
  const { url, db: other } = await freshDatabase()
  const { pool, db, close } = openDatabase(url, { connections: 1 })
  const client = await pool.connect()
  const { rows } = await client.query('select pg_backend_pid() as pid')
  // Between two queries of a transaction nobody waits for it: an error without a listener would end the process.
  await sql`select pg_terminate_backend(${rows[0].pid})`.execute(other)
  await expect
    .poll(() =>
      client.query('select 1').then(
        () => 'alive',
        () => 'lost',
      ),
    )
    .toBe('lost')
  client.release(true)
  expect((await sql<{ one: number }>`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }])
  await close()
})

test('closing ends the connections, also those that were used without the query builder', async () => {
  const { url } = await freshDatabase()
  const { pool, close } = openDatabase(url)
  await pool.query('select 1')
  expect(pool.totalCount).toBe(1)
  await close()
  expect(pool.totalCount).toBe(0)
})

test('a request that finds no database, or loses it, is told to come again', async () => {
  const { url } = await freshDatabase()
  const open = openDatabase(url)
  const nowhere = openDatabase('postgres:///preau?host=/nowhere')
  const app = openApp(openLog('test', 'silent'), {})
  app.get('/lost', () => open.pool.query('select pg_terminate_backend(pg_backend_pid())'))
  app.get('/away', () => nowhere.pool.query('select 1'))
  const told = async (path: string) => {
    const { statusCode, headers, body } = await app.inject({ url: path })
    return [statusCode, JSON.parse(body).code, headers['retry-after']]
  }
  expect(await told('/away')).toEqual([503, 'workspace.away', '2'])
  expect(await told('/lost')).toEqual([504, 'workspace.silent', '2'])
  await Promise.all([open.close(), nowhere.close()])
})
