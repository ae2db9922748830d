// The claim that is dearest to a pupil: once a hand-in was acknowledged it is there, whatever dies. Pupils hand in
// without pause while workspace, door and PostgreSQL are killed at random moments; then everything is counted.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { cookieNames, keyRing, newPassId, sealPass } from '#door/formats/pass'
import { receiptKeys, verify } from '#features/receipts'
import type { Tables } from '#migrations/tables'
import { type Config, readConfig } from '#platform/config'
import type { Db } from '#platform/ctx'
import { openDatabase } from '#platform/db'
import { type HomeworkId, newId } from '#platform/ids'
import { aClass, aPerson, type TestClass, type TestPerson } from '#test/world'
import { findEmbedded, startEmbedded, updateDatabase } from '../apps/start/database.ts'
import { start } from '../apps/start/main.ts'
import { type Acknowledged, Forgotten, handIn, type Pupil } from './support/pupil.ts'
import type { Bench, BenchOptions, Figures } from './support/report.ts'
import { type OpenSchool, openSchool, type Part, passesOf } from './support/small-school.ts'
import { syncedBeforeAnswers, watchCalls } from './support/sync-trace.ts'

const pupilsAtWork = 12
const parts = ['workspace', 'door', 'postgres'] as const satisfies Part[]

/** Numbers in [0, 1) that depend on the seed alone. */
function randomFrom(seed: number): () => number {
  let n = 0
  return () => createHash('sha256').update(`${seed} ${n++}`).digest().readUInt32BE() / 2 ** 32
}

/** A file of 4 to 260 kB and a text, different each time. */
function aCopy(random: () => number): { file: Buffer; text: string } {
  const mark = String(random())
  const block = createHash('sha512').update(mark).digest()
  const file = Buffer.alloc(4_000 + Math.floor(random() * 256_000), block)
  return { file, text: `Ma copie ${mark}\néàü 😀` }
}

type Ledger = { acknowledged: Acknowledged[]; forgotten: number }

async function work(pupil: Pupil, random: () => number, ledger: Ledger, until: AbortSignal): Promise<void> {
  while (!until.aborted && !pupil.stop.aborted) {
    const { file, text } = aCopy(random)
    try {
      const acknowledged = await handIn(pupil, file, text)
      if (acknowledged) ledger.acknowledged.push(acknowledged)
    } catch (error) {
      if (!(error instanceof Forgotten)) throw error
      ledger.forgotten++
    }
  }
}

async function killAtRandom(
  running: OpenSchool,
  kills: number,
  random: () => number,
  say: (t: string) => void,
) {
  let turn: Part[] = []
  for (let done = 0; done < kills; ) {
    await pause(400 + random() * (kills > 10 ? 9000 : 3000))
    // Each part once in each turn, in any order.
    if (turn.length === 0) turn = parts.toSorted(() => random() - 0.5)
    const part = turn.pop() as Part
    try {
      process.kill(await running.pidOf(part), 'SIGKILL')
    } catch {
      turn.push(part)
      continue // it is being started again; it counts only when it was there to be killed
    }
    done++
    say(`kill ${done}/${kills}: ${part}`)
  }
}

/** One pupil, one hand-in after the other, under a trace. The share that was synced first; null without strace. */
async function traced(running: OpenSchool, pupil: Pupil, random: () => number, options: BenchOptions) {
  const roots = [await running.pidOf('workspace'), await running.pidOf('postgres')]
  const stop = await watchCalls(roots, join(running.data, 'calls.log'))
  if (!stop) {
    options.say(
      'strace is missing or may not trace: syncedBeforeAcknowledged cannot be measured (apt install strace)',
    )
    return { share: null, acknowledged: [] }
  }
  const acknowledged: Acknowledged[] = []
  for (let i = 0; i < (options.quick ? 5 : 20); i++) {
    const { file, text } = aCopy(random)
    const done = await handIn(pupil, file, text)
    if (done) acknowledged.push(done)
  }
  const calls = await stop()
  const synced = acknowledged.filter((a) => syncedBeforeAnswers(calls, a.sha256, a.submission))
  return { share: synced.length / acknowledged.length, acknowledged }
}

type Found = 'there' | 'lost' | 'corrupt'

/** Looks for one acknowledged hand-in: its row and text, its file's row and bytes, its receipt. */
async function look(
  { db, data }: OpenSchool,
  a: Acknowledged,
  keys: Awaited<ReturnType<typeof receiptKeys>>,
) {
  const row = await db
    .selectFrom('submission as s')
    .innerJoin('submission_file as sf', 'sf.submission_id', 's.id')
    .innerJoin('file as f', 'f.id', 'sf.file_id')
    .innerJoin('receipt as r', 'r.submission_id', 's.id')
    .select(['s.body', 'f.sha256', 'r.jws'])
    .where('s.id', '=', a.submission as never)
    .executeTakeFirst()
  if (!row) return 'lost'
  const hash = createHash('sha256')
  const stored = join(data, 'files', a.sha256.slice(0, 2), a.sha256.slice(2))
  const read = await pipeline(createReadStream(stored), hash).catch(() => 'absent' as const)
  if (read === 'absent') return 'lost'
  const verdict = await verify(a.receipt, keys)
  const same = (x: unknown, y: unknown) =>
    (x as { signature: string }).signature === (y as { signature: string }).signature
  const whole =
    row.body === a.text &&
    row.sha256 === a.sha256 &&
    hash.digest('hex') === a.sha256 &&
    same(row.jws, a.receipt) &&
    verdict.valid &&
    verdict.payload.submission === a.submission &&
    verdict.payload.files[0]?.sha256 === a.sha256 &&
    verdict.payload.text?.sha256 === createHash('sha256').update(a.text).digest('hex')
  return whole ? 'there' : 'corrupt'
}

async function count(running: OpenSchool, all: Acknowledged[]): Promise<Record<Found, number>> {
  const keys = await receiptKeys(running)
  const found = { there: 0, lost: 0, corrupt: 0 }
  for (const acknowledged of all) found[(await look(running, acknowledged, keys)) as Found]++
  return found
}

async function untilBack({ origin, db }: OpenSchool): Promise<void> {
  for (let i = 0; i < 300; i++) {
    const ready = await fetch(`${origin}/readyz`).then(
      (r) => r.ok,
      () => false,
    )
    const counted =
      ready &&
      (await db
        .selectFrom('org')
        .select('id')
        .execute()
        .then(
          () => true,
          () => false,
        ))
    if (counted) return
    await pause(100)
  }
  throw new Error('Préau did not come back within half a minute')
}

async function run(options: BenchOptions): Promise<Figures> {
  const random = randomFrom(options.seed)
  const running = await openSchool(options)
  const [resting, stopping] = [new AbortController(), new AbortController()]
  options.afterwards(async () => stopping.abort())
  const pupils = await passesOf(running, stopping.signal)
  const sample = await traced(running, pupils[0] as Pupil, random, options)
  options.say(`${pupils.length} pupils hand in while parts are killed`)
  const ledger: Ledger = { acknowledged: sample.acknowledged, forgotten: 0 }
  const atWork = pupils.map((pupil, i) => {
    const own = randomFrom(options.seed * 1000 + i)
    return work(pupil, own, ledger, resting.signal)
  })
  const kills = options.quick ? 5 : 24
  await Promise.race([killAtRandom(running, kills, random, options.say), Promise.all(atWork)])
  await untilBack(running)
  // What is under way may end; what is not acknowledged by then was never promised.
  resting.abort()
  const enough = setTimeout(() => stopping.abort(), 15_000)
  await Promise.all(atWork)
  clearTimeout(enough)
  const { acknowledged, forgotten } = ledger
  options.say(`looking for ${acknowledged.length} acknowledged hand-ins`)
  const { lost, corrupt } = await count(running, acknowledged)
  const synced = sample.share
  // A file that was acknowledged and then forgotten is as lost as a hand-in.
  return {
    acknowledged: acknowledged.length,
    lost: lost + forgotten,
    corrupt,
    kills,
    syncedBeforeAcknowledged: synced,
  }
}

export default {
  about:
    'A hand-in that was acknowledged is there, whatever is killed (kill -9 of workspace, door and PostgreSQL).',
  goals: { lost: '0', corrupt: '0', kills: '≥ 20 (quick: 5)', syncedBeforeAcknowledged: '1' },
  run,
} satisfies Bench
