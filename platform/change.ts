// A change and its news: what is announced in the transaction is heard in this process as soon as it has committed, so
// that whoever changed something finds it changed, and by other processes through the database.
import { announce, type Bus } from './bus.ts'
import type { Db } from './ctx.ts'

/** Announces what the transaction changes. No ids: all of them. */
export type News = (topic: string, ids?: readonly string[]) => Promise<void>

/** Runs `work` in a transaction. @throws what `work` throws; then nothing was changed and nobody hears of it. */
export async function change<T>(
  { db, bus }: { db: Db; bus: Pick<Bus, 'hear'> },
  work: (tx: Db, news: News) => Promise<T>,
): Promise<T> {
  const told: { topic: string; ids: readonly string[] }[] = []
  const result = await db.transaction().execute((tx) =>
    work(tx, async (topic, ids = []) => {
      told.push({ topic, ids })
      await announce(tx, topic, ids)
    }),
  )
  for (const { topic, ids } of told) bus.hear(topic, ids)
  return result
}
