// A right that is taken while somebody signs in: the pass that they get either lacks its keys or has ended.
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { aWorkspace } from '#test/app'
import { aSchool } from '#test/world'
import { enter } from '../actions.ts'
import { endPasses } from './ended.ts'

const w = await aWorkspace()

test('a guardian whose right is taken while they sign in keeps no key of the child’s class', async () => {
  const s = await aSchool(w.ctx.db)
  const { db } = w.ctx
  const office = { ...w.ctx, gate: w.accounts.gate } as never
  const entering = await db.transaction().execute(async (tx) => {
    await sql`lock table credential in access exclusive mode`.execute(tx)
    const told = enter(office, { who: null, others: [], device: null }, s.mme_diop.id, null)
    const waits = sql`select 1 from pg_locks where relation = 'credential'::regclass and not granted`
    await expect.poll(async () => (await waits.execute(tx)).rows.length).toBe(1)
    await sql`insert into guardian_right (guardian_id, child_id, sees, set_by, set_at)
      values (${s.mme_diop.id}, ${s.lea.id}, 'nothing', ${s.mme_roy.id}, now())`.execute(tx)
    await endPasses(tx, w.clock.now(), { accounts: [s.mme_diop.id] })
    return { told }
  })
  const { jar } = await entering.told
  await w.accounts.gate.hear([s.mme_diop.id])
  const pass = w.accounts.gate.open(jar.session ?? '')
  expect(pass === null || !('keys' in pass) || !pass.keys.g).toBe(true)
})
