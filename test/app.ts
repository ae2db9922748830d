// The workspace as a test uses it: a database of its own, a clock that stands still, and people who send requests.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PoolClient } from 'pg'
import { afterAll, expect } from 'vitest'
import { cookieNames } from '#door/formats/pass'
import { type Accounts, openAccounts, sessionPass } from '#features/accounts'
import { type FeedShelf, openFeedShelf } from '#features/feeds'
import { profileOf } from '#features/people'
import type { RunImport } from '#features/school'
import { openToday, type Today } from '#features/today'
import { openBus } from '#platform/bus'
import { fakeClock } from '#platform/clock'
import type { Ctx } from '#platform/ctx'
import { folderStore } from '#platform/files'
import type { App } from '#platform/http'
import type { PersonId } from '#platform/ids'
import { openLog } from '#platform/log'
import { buildWorkspace } from '../apps/workspace/app.ts'
import { freshDatabase, type TestDatabase } from './database.ts'

/** A Tuesday in term, 7:50 in Paris. */
export const tuesday = '2026-11-24T06:50:00Z'

export type Answer = Awaited<ReturnType<App['inject']>>

export type Sender = {
  get(url: string, headers?: Record<string, string>): Promise<Answer>
  post(url: string, body?: unknown): Promise<Answer>
  put(url: string, body?: unknown): Promise<Answer>
  delete(url: string): Promise<Answer>
  /** The cookie header that this person's browser sends. */
  cookie: string
}

export type TestWorkspace = {
  ctx: Ctx
  app: App
  accounts: Accounts
  warm: Today['warm']
  feeds: FeedShelf
  clock: ReturnType<typeof fakeClock>
  database: TestDatabase
  /** Sends requests as somebody, with a pass made from what the directory says of them now. */
  as(person: { id: PersonId }): Promise<Sender>
  /** Sends requests as nobody. */
  nobody: Sender
  /** How many queries the workspace's pool is asked while `work` runs. */
  countQueries(work: () => Promise<unknown>): Promise<number>
  /** How many statements the database is sent while `work` runs, those of transactions and their ends included. */
  countStatements(work: () => Promise<unknown>): Promise<number>
}

/** A workspace on an empty database; ended by itself when the test file ends. `run` starts imports, if not in here. */
export async function aWorkspace({ run }: { run?: RunImport } = {}): Promise<TestWorkspace> {
  const database = await freshDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'preau-test-'))
  const log = openLog('test', 'warn')
  const clock = fakeClock(tuesday)
  const bus = await openBus(database.url, log)
  const ctx: Ctx = {
    db: database.db,
    pool: database.pool,
    clock,
    log,
    bus,
    files: folderStore(join(folder, 'files')),
    uploads: join(folder, 'uploads'),
  }
  const accounts = await openAccounts(ctx)
  const today = openToday(ctx)
  const feeds = openFeedShelf(ctx)
  const app = await buildWorkspace(ctx, { accounts, today, feeds, run })
  await app.ready()
  afterAll(async () => {
    await app.close()
    await accounts.close()
    await bus.close()
    await rm(folder, { recursive: true, force: true })
  })
  const as = async (person: { id: PersonId }) => sender(app, await passOf(ctx, accounts, person.id))
  const countQueries = (work: () => Promise<unknown>) => countCalls(database, work)
  const countStatements = (work: () => Promise<unknown>) => countSent(database, work)
  return {
    ctx,
    app,
    accounts,
    warm: today.warm,
    feeds,
    clock,
    database,
    as,
    nobody: sender(app, ''),
    countQueries,
    countStatements,
  }
}

async function countCalls({ pool }: TestDatabase, work: () => Promise<unknown>): Promise<number> {
  let count = 0
  const add = () => {
    count++
  }
  pool.on('acquire', add)
  await work()
  pool.off('acquire', add)
  return count
}

async function countSent({ pool }: TestDatabase, work: () => Promise<unknown>): Promise<number> {
  let count = 0
  const lent = new Map<PoolClient, PoolClient['query']>()
  const watch = (client: PoolClient) => {
    if (lent.has(client)) return
    const query = client.query
    lent.set(client, query)
    client.query = ((...sent: unknown[]) => {
      count++
      return (query as (...sent: unknown[]) => unknown).apply(client, sent)
    }) as PoolClient['query']
  }
  pool.on('acquire', watch)
  await work()
  pool.off('acquire', watch)
  for (const [client, query] of lent) client.query = query
  return count
}

async function passOf(ctx: Ctx, accounts: Accounts, account: PersonId): Promise<string> {
  const profile = await profileOf(ctx, account)
  if (!profile) throw new Error('this person is not in the directory')
  return `${cookieNames.session}=${accounts.gate.seal(sessionPass(profile, ctx.clock.now(), 0))}`
}

function sender(app: App, cookie: string): Sender {
  const send = (method: 'GET' | 'POST' | 'PUT' | 'DELETE') => (url: string, body?: unknown) =>
    app.inject({
      method,
      url,
      headers: {
        cookie,
        'sec-fetch-site': 'same-origin',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    })
  return {
    get: (url, headers = {}) => app.inject({ method: 'GET', url, headers: { cookie, ...headers } }),
    post: send('POST'),
    put: send('PUT'),
    delete: send('DELETE'),
    cookie,
  }
}

/** Asserts that an answer is the refusal with this code. */
export function refused(answer: Answer, code: string): void {
  expect(answer.statusCode, answer.body).toBeGreaterThanOrEqual(400)
  expect(answer.json().code).toBe(code)
}
