// Keys and ended passes between processes, what the doors are told, how large a pass gets, who was seen.
import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test, vi } from 'vitest'
import type { FeedRecord } from '#door/formats/feed'
import { type DevicePass, newPassId, type SessionPass } from '#door/formats/pass'
import { importDirectory } from '#feature/directory/actions.ts'
import { type Profile, profileOf } from '#features/people'
import type { ClassId, PersonId, SchoolId } from '#platform/ids'
import { aWorkspace, refused } from '#test/app'
import { school, without } from '#test/directory'
import { type ExportRows, exportFiles, folderOf } from '#test/oneroster'
import { aSchool } from '#test/world'
import { setPassword } from '../store.ts'
import { cookieOf, setCookies } from './cookies.ts'
import { endPasses } from './ended.ts'
import { openGate } from './gate.ts'
import { keysOf, mostKeys, sessionPass, viewsOf } from './issue.ts'
import { rotateKeys } from './keys.ts'

const w = await aWorkspace()
let now: number
beforeEach(() => {
  now = w.clock.now()
})

const aPass = async (): Promise<SessionPass> => {
  const s = await aSchool(w.ctx.db)
  const profile = await profileOf(w.ctx, s.lea.id)
  if (!profile) throw new Error('Léa is missing')
  return sessionPass(profile, now, 0)
}

test('another process hears which passes were ended', async () => {
  const there = await openGate(w.ctx)
  const [mine, single] = [await aPass(), await aPass()]
  const texts = [mine, single].map((p) => there.seal(p))
  expect(texts.map((t) => there.open(t)?.kind)).toEqual(['session', 'session'])
  await w.ctx.db
    .transaction()
    .execute((tx) => endPasses(tx, now, { accounts: [mine.account as PersonId], passes: [single.id] }))
  await vi.waitFor(() => expect(texts.map((t) => there.open(t))).toEqual([null, null]))
  // A process that starts later knows them from the table.
  const later = await openGate(w.ctx)
  expect(texts.map((t) => later.open(t))).toEqual([null, null])
})

test('whoever the directory no longer lists is out at once, and only they', async () => {
  const bring = async (rows: ExportRows) =>
    importDirectory(w.ctx, { path: await folderOf(exportFiles(rows, { source: 'passes' })) })
  const rows = school('passes')
  await bring(rows)
  const found = await w.ctx.db
    .selectFrom('person')
    .selectAll()
    .where('source', '=', 'passes')
    .where('sourced_id', 'in', ['theo', 'nour'])
    .orderBy('sourced_id')
    .execute()
  for (const { id } of found) await setPassword(w.ctx.db, id, 'x', new Date(now))
  const [nour, theo] = await Promise.all(found.map((person) => w.as(person)))
  expect((await theo?.get('/api/me'))?.statusCode).toBe(200)
  w.clock.advance(1_000)
  const [users, roles] = [without(rows.users, 'theo'), without(rows.roles, 'r-theo')]
  await bring({ ...rows, users, roles, enrollments: without(rows.enrollments, 'e2') })
  await vi.waitFor(async () => {
    const answers = await Promise.all([nour?.get('/api/me'), theo?.get('/api/me')])
    expect(answers.map((a) => a?.statusCode)).toEqual([200, 401])
  })
})

test('nobody hears of an ending that was rolled back', async () => {
  const pass = await aPass()
  await w.ctx.db
    .transaction()
    .execute(async (tx) => {
      await endPasses(tx, now, { passes: [pass.id] })
      throw new Error('changed our mind')
    })
    .catch(() => {})
  await w.ctx.db.transaction().execute((tx) => endPasses(tx, now, { passes: ['a later one'] }))
  const records: FeedRecord[] = [...(w.accounts.feed.snapshot() as Iterable<FeedRecord>)]
  await vi.waitFor(() => {
    const ended = [...(w.accounts.feed.snapshot() as Iterable<FeedRecord>)].filter(
      (r) => r.type === 'pass-revoked',
    )
    expect(ended.map((r) => r.pass)).toContain('a later one')
    expect(ended.map((r) => r.pass)).not.toContain(pass.id)
  })
  expect(records[0]?.type).toBe('key')
})

test('a forged, damaged or foreign pass is nobody', async () => {
  const text = w.accounts.gate.seal(await aPass())
  for (const bad of [`${text.slice(0, -2)}xx`, text.replace('.', '.x'), 'x', '..', `${text}.`, '']) {
    expect(w.accounts.gate.open(bad)).toBe(null)
    refused(
      await w.app.inject({ method: 'GET', url: '/api/me', headers: { cookie: `preau_pass=${bad}` } }),
      'session.needed',
    )
  }
})

test('a device pass signs nobody in', async () => {
  const device: DevicePass = { kind: 'device', id: newPassId(), issuedAt: Math.floor(now / 1000) }
  const cookie = `preau_pass=${w.accounts.gate.seal(device)}`
  refused(await w.app.inject({ method: 'GET', url: '/api/me', headers: { cookie } }), 'session.needed')
})

test('old state and what was told since are the state that is fetched anew', async () => {
  const state = new Map<string, string>()
  const hear = (r: FeedRecord) => {
    if (r.type === 'key') state.set(`key ${r.kid}`, r.secret)
    if (r.type === 'key-retired') state.delete(`key ${r.kid}`)
    if (r.type === 'pass-revoked') state.set(`pass ${r.pass}`, '')
    if (r.type === 'account-revoked') state.set(`account ${r.account}`, String(r.from))
  }
  for await (const record of w.accounts.feed.snapshot()) hear(record)
  const end = w.accounts.feed.subscribe(hear)
  const pass = await aPass()
  w.clock.advance(1000)
  await w.ctx.db
    .transaction()
    .execute((tx) =>
      endPasses(tx, w.clock.now(), { passes: [newPassId()], accounts: [pass.account as PersonId] }),
    )
  await rotateKeys(w.ctx.db, w.clock.now(), 0)
  const fetched = async () => {
    const fresh = new Map<string, string>()
    const before = new Map(state)
    state.clear()
    for await (const record of w.accounts.feed.snapshot()) hear(record)
    for (const [k, v] of state) fresh.set(k, v)
    state.clear()
    for (const [k, v] of before) state.set(k, v)
    return fresh
  }
  await vi.waitFor(async () => {
    expect([...state.keys()].filter((k) => k.startsWith('key')).length).toBeGreaterThan(1)
    expect(new Map([...state].sort())).toEqual(new Map([...(await fetched())].sort()))
  })
  end()
})

test('a new key rests ten seconds, then signs; what the old one signed still opens', async () => {
  const pass = await aPass()
  const old = w.accounts.gate.seal(pass)
  w.clock.advance(31 * 86_400_000)
  expect(await rotateKeys(w.ctx.db, w.clock.now())).toBe(true)
  expect(await rotateKeys(w.ctx.db, w.clock.now())).toBe(false)
  const gate = await openGate(w.ctx)
  const kid = (text: string) => text.slice(0, text.indexOf('.'))
  const early = kid(gate.seal(pass))
  w.clock.advance(10_000)
  expect(kid(gate.seal(pass))).not.toBe(early)
  expect(gate.open(old)).toEqual(pass)
  // When no device pass of it can be in time any more, it is forgotten.
  w.clock.advance(366 * 86_400_000)
  await rotateKeys(w.ctx.db, w.clock.now())
  const later = await openGate(w.ctx)
  const kids = [...(later.feed.snapshot() as Iterable<FeedRecord>)].flatMap((r) =>
    r.type === 'key' ? [r.kid] : [],
  )
  expect(kids).not.toContain(kid(old))
  w.clock.set(now)
  await vi.waitFor(() => expect(w.accounts.gate.open(old)).toBe(null))
})

const manyClasses = (n: number, type = 'scheduled') =>
  Array.from({ length: n }, (_, i) => ({
    id: randomUUID() as ClassId,
    schoolId: randomUUID() as SchoolId,
    title: `Groupe ${i}`,
    type,
    subject: null,
    key: newPassId().slice(0, 12),
  }))

const profileWith = (more: Partial<Profile>): Profile => ({
  person: {
    id: randomUUID() as PersonId,
    givenName: 'Aminata',
    familyName: 'Diallo',
    username: 'aminata.diallo',
    key: newPassId().slice(0, 12),
  },
  roles: [],
  runs: [],
  attends: [],
  teaches: [],
  children: [],
  ...more,
})

const sizeOf = (profile: Profile) => w.accounts.gate.seal(sessionPass(profile, now, 0)).length

test('a pass stays below 3.5 kB: forty classes fit, and what is left out of hundreds is a group', () => {
  expect(sizeOf(profileWith({ teaches: manyClasses(40) }))).toBeLessThan(1_500)
  const homeroom = manyClasses(1, 'homeroom')
  const busy = profileWith({ teaches: [...manyClasses(400), ...homeroom] })
  expect(keysOf(busy).t).toHaveLength(mostKeys)
  expect(keysOf(busy).t).toContain(homeroom[0]?.key)
  expect(sizeOf(busy)).toBeLessThan(3_584)
})

test('a guardian of many reads each child apart; the views stay a small cookie', () => {
  const children = Array.from({ length: 5 }, () => ({
    id: randomUUID() as PersonId,
    givenName: 'Awa',
    familyName: 'Diop',
    sees: 'all' as const,
    attends: [...manyClasses(1, 'homeroom'), ...manyClasses(9)],
  }))
  const profile = profileWith({ children })
  const views = viewsOf(profile)
  expect(views.map((v) => v.child)).toEqual(children.map((c) => c.id))
  expect(setCookies({ views }, true)[0]?.length).toBeLessThan(3_584)
  expect(keysOf(profile).g).toHaveLength(50)
  expect(sizeOf(profile)).toBeLessThan(3_584)
})

test('without a homeroom the first class stands for it; with two, each has its view', () => {
  const groups = manyClasses(2)
  expect(viewsOf(profileWith({ attends: groups }))).toEqual([
    { role: 's', sheet: groups[0]?.key, groups: [groups[1]?.key] },
  ])
  const homerooms = manyClasses(2, 'homeroom')
  expect(viewsOf(profileWith({ attends: homerooms })).map((v) => v.sheet)).toEqual(
    homerooms.map((h) => h.key),
  )
  expect(viewsOf(profileWith({}))).toEqual([])
})

test('who was here is written down once a day, when there is time for it', async () => {
  const s = await aSchool(w.ctx.db)
  const lea = await w.as(s.lea)
  await lea.get('/api/me')
  const seenOn = async () =>
    (
      await w.ctx.db
        .selectFrom('person')
        .select('last_seen_on')
        .where('id', '=', s.lea.id)
        .executeTakeFirstOrThrow()
    ).last_seen_on
  expect(await seenOn()).toBe(null)
  await w.accounts.tend()
  expect(await seenOn()).toBe('2026-11-24')
  w.clock.advance(86_400_000)
  await w.accounts.tend()
  await lea.get('/api/me')
  await w.accounts.tend()
  expect(await seenOn()).toBe('2026-11-25')
  w.clock.set(now)
})

test('a cookie is found by its whole name', () => {
  const header = 'x_preau_pass=no; preau_pass=yes;preau_pass2=no'
  expect(cookieOf(header, 'preau_pass')).toBe('yes')
  expect(cookieOf('preau_passe=no', 'preau_pass')).toBe(null)
  expect(cookieOf(undefined, 'preau_pass')).toBe(null)
})
