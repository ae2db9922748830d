// The door as a process, reading the day: with the workspace alive, dead, and after the door's own restart.
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import type { FeedRecord } from '#door/formats/feed'
import {
  aDoor,
  aPeer,
  aSheet,
  type DoorProcess,
  doorFolders,
  keyRecord,
  type Peer,
  passCookie,
  send,
  until,
  untilFollowing,
} from '#test/door'

const sheet = aSheet('c3b', 'day/2026-11-24')
const path = '/sheets/c3b/day/2026-11-24'
const mine = { cookie: passCookie({ s: ['c3b'] }), 'accept-encoding': 'gzip' }
let snapshot: FeedRecord[] = []
let peer: Peer
let door: DoorProcess
let settings: Record<string, string>

beforeAll(async () => {
  snapshot = [keyRecord, { type: 'sheet', sheet }, { type: 'receipt-keys', jwks: { keys: [{ kid: 'r1' }] } }]
  peer = await aPeer(
    () => snapshot,
    (req, res) => res.setHeader('x-from', 'workspace').end(`built ${req.url}`),
  )
  const { data, web } = await doorFolders()
  settings = { PREAU_DATA: data, PREAU_WEB: web, PREAU_SOCKET: peer.socket }
  door = await aDoor(settings)
  await untilFollowing(door)
})

test('whoever holds the key reads the sheet, gzipped, with its version', async () => {
  const answer = await send(door, path, { headers: mine })
  expect(answer.status).toBe(200)
  expect(gunzipSync(answer.body).toString()).toBe(sheet.json)
  expect(answer.headers).toMatchObject({
    'content-encoding': 'gzip',
    etag: '"v1"',
    'cache-control': 'private, no-cache',
    vary: 'cookie, accept-encoding',
    'x-content-type-options': 'nosniff',
  })
})

test('whoever reads no gzip gets it plain', async () => {
  const answer = await send(door, path, { headers: { cookie: mine.cookie } })
  expect(answer.body.toString()).toBe(sheet.json)
  expect(answer.headers['content-encoding']).toBeUndefined()
  expect(answer.headers.etag).toBe('W/"v1"')
})

test('whoever has this version gets 304, and HEAD gets the length only', async () => {
  const again = await send(door, path, { headers: { ...mine, 'if-none-match': '"v1"' } })
  expect([again.status, again.body.length, again.headers.etag]).toEqual([304, 0, '"v1"'])
  const old = await send(door, path, { headers: { ...mine, 'if-none-match': '"v0"' } })
  expect(old.status).toBe(200)
  const head = await send(door, path, { method: 'HEAD', headers: mine })
  expect([head.status, head.body.length]).toEqual([200, 0])
  expect(Number(head.headers['content-length'])).toBeGreaterThan(50)
})

test('no pass and a forged pass are asked to sign in; the key of another school sees nothing', async () => {
  const refusedAs = async (cookie: string) => {
    const answer = await send(door, path, { headers: { cookie } })
    return [answer.status, answer.json().code]
  }
  expect(await refusedAs('')).toEqual([401, 'session.needed'])
  expect(await refusedAs('preau_pass=k1.rubbish.rubbish')).toEqual([401, 'session.needed'])
  expect(await refusedAs(passCookie({ s: ['c3b'] }, { forged: true }))).toEqual([401, 'session.needed'])
  expect(await refusedAs(passCookie({ s: ['c3b'] }, { issuedAt: 1 }))).toEqual([401, 'session.needed'])
  expect(await refusedAs(passCookie({ s: ['other-school'], a: ['other'] }))).toEqual([404, 'absent'])
})

test('a date that the door does not hold is asked of the workspace, but only for who holds the key', async () => {
  const far = '/sheets/c3b/day/2027-05-11'
  const answer = await send(door, far, { headers: mine })
  expect([answer.headers['x-from'], answer.body.toString()]).toEqual(['workspace', `built ${far}`])
  const before = peer.seen.length
  const stranger = await send(door, far, { headers: { cookie: passCookie({ s: ['x'] }) } })
  expect([stranger.status, peer.seen.length]).toEqual([404, before])
})

test('a pass of a key that the door has not heard of is judged by the workspace', async () => {
  const answer = await send(door, path, { headers: { cookie: passCookie({ s: ['c3b'] }, { kid: 'new' }) } })
  expect(answer.headers['x-from']).toBe('workspace')
})

test('a pass that is revoked no longer reads, and all of an account neither', async () => {
  const one = passCookie({ s: ['c3b'] }, { id: 'pass-1', account: 'tom' })
  const other = passCookie({ s: ['c3b'] }, { id: 'pass-2', account: 'tom' })
  const status = async (cookie: string) => (await send(door, path, { headers: { cookie } })).status
  expect([await status(one), await status(other)]).toEqual([200, 200])
  peer.tell({ type: 'pass-revoked', pass: 'pass-1' })
  await until(async () => (await status(one)) === 401, 'the pass is void')
  expect(await status(other)).toBe(200)
  peer.tell({ type: 'account-revoked', account: 'tom', from: Math.floor(Date.now() / 1000) + 1 })
  await until(async () => (await status(other)) === 401, 'the account’s passes are void')
})

test('a sheet that changes is the new one for the next who asks', async () => {
  peer.tell({ type: 'sheet', sheet: aSheet('c3b', 'day/2026-11-25', 'a') })
  const etag = async () => (await send(door, '/sheets/c3b/day/2026-11-25', { headers: mine })).headers.etag
  await until(async () => (await etag()) === '"a"', 'the sheet came')
  peer.tell({ type: 'sheet', sheet: aSheet('c3b', 'day/2026-11-25', 'b') })
  await until(async () => (await etag()) === '"b"', 'the sheet changed')
})

test('after a break the door comes back by itself, and what the snapshot leaves out is gone', async () => {
  const extra = aSheet('c3b', 'day/2026-11-26')
  peer.tell({ type: 'sheet', sheet: extra })
  const at = '/sheets/c3b/day/2026-11-26'
  await until(async () => (await send(door, at, { headers: mine })).headers.etag, 'the sheet came')
  const before = peer.feeds
  peer.breakFeed()
  await until(() => peer.feeds > before, 'the door comes back')
  await until(
    async () => (await send(door, at, { headers: mine })).headers['x-from'] === 'workspace',
    'the sheet is gone',
  )
  expect((await send(door, path, { headers: mine })).headers.etag).toBe('"v1"')
})

test('the keys of receipts are published', async () => {
  const answer = await send(door, '/.well-known/preau-receipts.json')
  expect(answer.json()).toEqual({ keys: [{ kid: 'r1' }] })
})

test('with the workspace dead the day is still there, also after the door itself was killed', async () => {
  await peer.stop()
  expect((await send(door, path, { headers: mine })).status).toBe(200)
  await until(async () => (await send(door, '/readyz')).status === 503, 'the door sees that it is away')
  expect((await send(door, '/healthz')).json()).toMatchObject({ door: 'open' })
  const away = await send(door, '/sheets/c3b/day/2027-05-12', { headers: mine })
  expect([away.status, away.json().code]).toEqual([503, 'workspace.away'])
  expect(Number(away.headers['retry-after'])).toBeGreaterThan(0)

  await until(() => statSync(join(door.data, 'door', 'known.jsonl')).size > 100, 'it is written down')
  await door.stop('SIGKILL')
  expect(statSync(join(door.data, 'door', 'known.jsonl')).mode & 0o777).toBe(0o600)
  door = await aDoor(settings)
  const answer = await send(door, path, { headers: mine })
  expect(gunzipSync(answer.body).toString()).toBe(sheet.json)
  const tom = passCookie({ s: ['c3b'] }, { id: 'pass-9', account: 'tom', forged: true })
  expect((await send(door, path, { headers: { cookie: tom } })).status).toBe(401)
  expect((await send(door, '/.well-known/preau-receipts.json')).json()).toEqual({ keys: [{ kid: 'r1' }] })

  await peer.start()
  await until(async () => (await send(door, '/readyz')).status === 200, 'the door finds the workspace again')
  await untilFollowing(door)
})
