// The ground under every whole-request test: fresh databases are migrated, empty and apart from each other.

import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { freshDatabase } from '#test/database'

test('a fresh database is migrated and empty, and what is written there stays there', async () => {
  const [one, other] = await Promise.all([freshDatabase(), freshDatabase()])
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from kysely_migration`.execute(one.db)
  expect(rows[0]?.n).toBeGreaterThan(0)
  await sql`create table only_here (x int)`.execute(one.db)
  const seen = await sql<{ t: string | null }>`select to_regclass('only_here')::text as t`.execute(other.db)
  expect(seen.rows[0]?.t).toBeNull()
})

test('names sort as in French, and letters have their case', async () => {
  const { db } = await freshDatabase()
  const { rows } = await sql<{ name: string }>`
    select name from (values ('Zoé'), ('Élève'), ('Abel')) as v(name) order by name collate "fr-x-icu"`.execute(
    db,
  )
  expect(rows.map((r) => r.name)).toEqual(['Abel', 'Élève', 'Zoé'])
  const { rows: lower } = await sql<{ x: string }>`select lower('ÉÇÀ') as x`.execute(db)
  expect(lower[0]?.x).toBe('éçà')
})
