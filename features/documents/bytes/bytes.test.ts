// Bytes go when nothing refers to them any more, a good while later, and never from under a claim.
import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { type FileId, newId } from '#platform/ids'
import { aWorkspace } from '#test/app'
import { aSchool, type TestSchool } from '#test/world'
import { sweepBytes } from './bytes-actions.ts'
import { holdBytes } from './bytes-store.ts'

const w = await aWorkspace()
let s: TestSchool
beforeAll(async () => {
  s = await aSchool(w.ctx.db)
})

/** A file of Léa's, put as a claim does. */
async function kept(content: string): Promise<{ id: FileId; sha256: string }> {
  const { sha256, bytes } = await w.ctx.files.put(Readable.from([Buffer.from(content)]))
  await holdBytes(w.ctx.db, sha256)
  const id = newId<FileId>(w.clock.now())
  const at = new Date(w.clock.now())
  const of = { school_id: s.school.id, owner_id: s.lea.id, created_at: at }
  const file = { id, sha256, bytes, name: 'a.txt', type: 'text/plain' }
  await w.ctx.db
    .insertInto('file')
    .values({ ...of, ...file })
    .execute()
  return { id, sha256 }
}

const remove = (id: FileId) => w.ctx.db.deleteFrom('file').where('id', '=', id).execute()
const loose = async () => (await w.ctx.db.selectFrom('loose_bytes').selectAll().execute()).length

test('bytes stay while a row refers to them, and for a day after the last one', async () => {
  const one = await kept('partagé')
  const two = await kept('partagé')
  expect(await sweepBytes(w.ctx, 0)).toBe(0)
  expect(await loose(), 'what is wanted is not looked at again').toBe(0)
  await remove(one.id)
  expect(await sweepBytes(w.ctx, 0)).toBe(0)
  await remove(two.id)
  expect(await sweepBytes(w.ctx)).toBe(0)
  expect(await w.ctx.files.size(one.sha256)).toBe(8)
  expect(await sweepBytes(w.ctx, 0)).toBe(1)
  expect(await w.ctx.files.size(one.sha256)).toBeNull()
})

test('a claim that holds them keeps them, also when the sweep has begun to look', async () => {
  const { id, sha256 } = await kept('tenu')
  await remove(id)
  await sql`update loose_bytes set since = now() - interval '3 days'`.execute(w.ctx.db)
  await holdBytes(w.ctx.db, sha256)
  expect(await sweepBytes(w.ctx, 24)).toBe(0)
  expect(await w.ctx.files.size(sha256)).not.toBeNull()

  await sql`update loose_bytes set since = now() - interval '3 days'`.execute(w.ctx.db)
  let held: Promise<void> = Promise.resolve()
  const order: string[] = []
  const files = {
    ...w.ctx.files,
    delete: async (hash: string) => {
      held = holdBytes(w.ctx.db, sha256).then(() => void order.push('held'))
      await w.ctx.files.delete(hash)
      order.push('deleted')
    },
  }
  expect(await sweepBytes({ ...w.ctx, files }, 24)).toBe(1)
  await held
  expect(order, 'whoever holds them in the middle is answered after the end, and puts them anew').toEqual([
    'deleted',
    'held',
  ])
  expect(await loose()).toBe(1)
})

test('what could not be deleted is tried again', async () => {
  const { id, sha256 } = await kept('têtu')
  await remove(id)
  const files = { ...w.ctx.files, delete: () => Promise.reject(new Error('the storage is away')) }
  await expect(sweepBytes({ ...w.ctx, files }, 0)).rejects.toThrow('away')
  expect(await sweepBytes(w.ctx, 0)).toBeGreaterThan(0)
  expect(await w.ctx.files.size(sha256)).toBeNull()
})

test('what a person uses follows every row that comes, is handed in, or goes', async () => {
  const use = async () => {
    const rows = await w.ctx.db
      .selectFrom('storage_use')
      .select(['own_bytes as own', 'handed_in_bytes as handedIn'])
      .where('person_id', '=', s.lea.id)
      .execute()
    return rows.map(({ own, handedIn }) => [Number(own), Number(handedIn)])[0]
  }
  await w.ctx.db.deleteFrom('file').where('owner_id', '=', s.lea.id).execute()
  expect(await use()).toEqual([0, 0])
  const one = await kept('12345')
  const two = await kept('1234567890')
  expect(await use()).toEqual([15, 0])
  await w.ctx.db.updateTable('file').set({ handed_in: true }).where('id', '=', two.id).execute()
  expect(await use()).toEqual([5, 10])
  await remove(one.id)
  await remove(two.id)
  expect(await use()).toEqual([0, 0])
})
