// What the feed's records do, how a snapshot sweeps, and what is left of it all on a disk.
import { appendFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openLog } from '#platform/log'
import type { FeedRecord } from '../formats/feed.ts'
import { shelf } from '../sheets/shelf.ts'
import { delayBefore, linesOf } from './follow.ts'
import { lineOf, openJournal, recallAll, recordOf } from './journal.ts'
import { type KeptRecord, known } from './known.ts'

const key = (kid: string): FeedRecord => ({
  type: 'key',
  kid,
  secret: Buffer.alloc(32, 1).toString('base64url'),
})
const sheet = (name: string, version = 'v1'): FeedRecord => ({
  type: 'sheet',
  sheet: { key: 'c', name, version, json: `{"v":"${version}"}`, html: '' },
})

function aKnown() {
  const held = shelf([], 1e6, () => '2026-11-24')
  const told = { changed: [] as KeptRecord[], lost: 0, keys: 0 }
  const all = known(held, {
    changed: (record) => told.changed.push(record),
    lost: () => told.lost++,
    keysChanged: () => told.keys++,
  })
  const apply = async (...records: FeedRecord[]) => {
    for (const record of records) await all.apply(record)
  }
  return { all, held, told, apply }
}

describe('a snapshot', () => {
  test('what it does not repeat is gone at its end, not before', async () => {
    const { all, held, apply, told } = aKnown()
    await apply(key('a'), key('b'), sheet('day/2026-11-24'), sheet('day/2026-11-25'))
    await apply({ type: 'pass-revoked', pass: 'p' }, { type: 'account-revoked', account: 'x', from: 1 })
    await apply({ type: 'begin' }, key('b'), sheet('day/2026-11-25'), { type: 'pass-revoked', pass: 'p' })
    expect([held.size(), all.ring().all.size, all.revocations.accounts.size]).toEqual([2, 2, 1])
    await apply({ type: 'ready' })
    expect([...held.all()].map((one) => one.name)).toEqual(['day/2026-11-25'])
    expect([...all.ring().all.keys()]).toEqual(['b'])
    expect([all.revocations.passes.size, all.revocations.accounts.size, told.lost]).toEqual([1, 0, 1])
  })

  test('one that breaks off takes nothing away', async () => {
    const { held, apply } = aKnown()
    await apply(sheet('day/2026-11-24'), { type: 'begin' }, { type: 'begin' }, sheet('day/2026-11-24'), {
      type: 'ready',
    })
    expect(held.size()).toBe(1)
  })

  test('what is as it was is not written down again, and not compressed again', async () => {
    const { told, held, apply } = aKnown()
    const records: FeedRecord[] = [
      key('a'),
      sheet('day/2026-11-24'),
      { type: 'receipt-keys', jwks: { keys: [] } },
    ]
    await apply(...records)
    const before = held.at('/sheets/c/day/2026-11-24')
    await apply({ type: 'begin' }, ...records, { type: 'ready' })
    expect(told.changed.length).toBe(3)
    expect(held.at('/sheets/c/day/2026-11-24')).toBe(before)
  })

  test('changes of keys are told, so that passes are opened anew', async () => {
    const { told, apply } = aKnown()
    await apply(key('a'), key('a'), { type: 'key-retired', kid: 'a' }, { type: 'key-retired', kid: 'a' })
    expect(told.keys).toBe(2)
  })
})

describe('the journal', () => {
  const log = openLog('test', 'silent')
  async function folder(): Promise<string> {
    const path = await mkdtemp(join(tmpdir(), 'preau-journal-'))
    onTestFinished(() => rm(path, { recursive: true, force: true }))
    return path
  }
  async function recalled(path: string) {
    const fresh = aKnown()
    const count = await recallAll(path, fresh.all.recall)
    return { ...fresh, count, records: [...fresh.all.all()].map(lineOf) }
  }

  test('gives back all that was known, in a file that nobody else reads', async () => {
    const path = await folder()
    const { all, apply, told } = aKnown()
    const journal = await openJournal(path, false, all.all, log)
    await apply(key('a'), key('b'), sheet('day/2026-11-24'), { type: 'pass-revoked', pass: 'p' })
    await apply(
      { type: 'receipt-keys', jwks: { keys: [1] } },
      { type: 'account-revoked', account: 'x', from: 9 },
    )
    for (const record of told.changed) journal.note(record)
    await journal.close()
    expect((await recalled(path)).records).toEqual([...all.all()].map(lineOf))
    expect((await stat(join(path, 'known.jsonl'))).mode & 0o777).toBe(0o600)
  })

  test('a torn last line costs that line alone, and the next one begins afresh', async () => {
    const path = await folder()
    const { all, apply } = aKnown()
    await apply(key('a'), key('b'))
    await (await openJournal(path, false, all.all, log)).close()
    await appendFile(join(path, 'known.jsonl'), '{"type":"key","kid":"to')
    expect((await recalled(path)).records.length).toBe(2)
    const journal = await openJournal(path, true, all.all, log)
    journal.note({ type: 'key-retired', kid: 'a' })
    await journal.close()
    expect((await recalled(path)).records).toEqual([lineOf(key('b') as KeptRecord)])
  })

  test('written anew it holds only what holds', async () => {
    const path = await folder()
    const { all, apply, told } = aKnown()
    const journal = await openJournal(path, false, all.all, log)
    for (let i = 0; i < 50; i++) await apply(sheet('day/2026-11-24', `v${i}`))
    for (const record of told.changed) journal.note(record)
    journal.rewrite()
    await journal.close()
    expect((await readFile(join(path, 'known.jsonl'), 'utf8')).trim().split('\n').length).toBe(2)
    expect((await recalled(path)).held.at('/sheets/c/day/2026-11-24')?.version).toBe('v49')
  })

  test('of another form, or absent, it is nothing', async () => {
    const path = await folder()
    expect((await recalled(path)).count).toBe(0)
    await appendFile(join(path, 'known.jsonl'), `another-form\n${lineOf(key('a') as KeptRecord)}`)
    expect((await recalled(path)).count).toBe(0)
  })

  test.each(['', '{', 'null', '{}', '{"type":"packed"}', '{"type":"packed","sheet":{}}'])(
    '%j is no record',
    (line) => expect(recordOf(line)).toBeNull(),
  )
})

test('lines come out whole, however the pieces are cut', async () => {
  const text = Buffer.from('{"a":"é"}\n\n{"b":1}\nunfinished')
  async function* pieces(size: number) {
    for (let i = 0; i < text.length; i += size) yield text.subarray(i, i + size)
  }
  for (const size of [1, 3, 7, 100]) {
    const lines: string[] = []
    for await (const line of linesOf(pieces(size))) lines.push(line)
    expect(lines).toEqual(['{"a":"é"}', '{"b":1}'])
  }
})

test.each([
  [0, 1, 100],
  [1, 1, 200],
  [3, 0.5, 400],
  [20, 1, 3000],
  [20, 0, 0],
])('attempt %i with chance %d waits %i ms', (attempt, random, ms) =>
  expect(delayBefore(attempt, random)).toBe(ms),
)
