// What is written of an error: enough to find it, nothing of whom it was about.
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { loggedError } from '#platform/log'
import { freshDatabase } from '#test/database'

test('an error of the database says where it happened, and quotes no row', async () => {
  const { db, close } = await freshDatabase()
  try {
    await sql`create table pupil (name text not null, born date not null, check (name <> 'Léa Diop'))`.execute(
      db,
    )
    const failing = [
      sql`insert into pupil values ('Léa Diop', '2012-01-01')`,
      sql`insert into pupil values ('Léa Diop', null)`,
      sql`select ${'Léa Diop'}::date`,
    ]
    for (const statement of failing) {
      const error = await statement.execute(db).then(
        () => null,
        (thrown) => thrown,
      )
      const logged = loggedError(error)
      expect(JSON.stringify(logged)).not.toContain('Léa')
      expect(logged).toMatchObject({ type: 'DatabaseError', code: expect.stringMatching(/^2[23]/) })
      expect(logged.stack).toContain('log.test.ts')
    }
  } finally {
    await close()
  }
})

test('an error of ours is written as it is, with what caused it', () => {
  const error = new Error('the feed broke off', { cause: new Error('ECONNRESET') })
  expect(loggedError(error)).toMatchObject({
    type: 'Error',
    message: 'the feed broke off',
    cause: { message: 'ECONNRESET' },
  })
})
