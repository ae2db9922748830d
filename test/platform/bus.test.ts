// News is heard after commit, never after roll-back, and a lost connection is noticed and made anew.
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { announce, openBus } from '#platform/bus'
import { openLog } from '#platform/log'
import { freshDatabase } from '#test/database'

const { db, url } = await freshDatabase()

test('an announcement is heard when its transaction commits, in order, and not when it is rolled back', async () => {
  const bus = await openBus(url, openLog('test', 'silent'))
  const heard: string[] = []
  const last = new Promise<void>((resolve) =>
    bus.on('class', (ids) => {
      heard.push(...ids)
      if (ids.includes('last')) resolve()
    }),
  )
  await db
    .transaction()
    .execute(async (tx) => {
      await announce(tx, 'class', ['rolled back'])
      throw new Error('no')
    })
    .catch(() => {})
  await db.transaction().execute((tx) => announce(tx, 'class', ['kept']))
  await announce(db, 'other', ['elsewhere'])
  await announce(db, 'class', ['last'])
  await last
  expect(heard).toEqual(['kept', 'last'])
  await bus.close()
})

test('more ids than one notice carries arrive all the same', async () => {
  const bus = await openBus(url, openLog('test', 'silent'))
  const ids = Array.from({ length: 1000 }, () => crypto.randomUUID())
  const heard: string[] = []
  const all = new Promise<void>((resolve) =>
    bus.on('many', (some) => {
      heard.push(...some)
      if (heard.length === ids.length) resolve()
    }),
  )
  await announce(db, 'many', ids)
  await all
  expect(heard).toEqual(ids)
  await bus.close()
})

test('after a lost connection it listens again and says that there was a gap', async () => {
  const bus = await openBus(url, openLog('test', 'silent'))
  const gap = new Promise<void>((resolve) => bus.onGap(resolve))
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'preau bus' and datname = current_database()`.execute(
    db,
  )
  await gap
  const heard = new Promise((resolve) => bus.on('class', resolve))
  await announce(db, 'class', ['again'])
  expect(await heard).toEqual(['again'])
  await bus.close()
})
