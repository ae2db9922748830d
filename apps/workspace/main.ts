// The workspace process: reads its settings, opens the database, and listens on a Unix socket for its doors.
import { mkdir, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { FeedSource } from '#door/formats/feed'
import { openAccounts } from '#features/accounts'
import { sweepUploads } from '#features/documents'
import { receiptFeed } from '#features/receipts'
import { openToday } from '#features/today'
import type { Tables } from '#migrations/tables'
import { openBus } from '#platform/bus'
import { systemClock } from '#platform/clock'
import type { Ctx } from '#platform/ctx'
import { openDatabase } from '#platform/db'
import { folderStore } from '#platform/files'
import { openLog } from '#platform/log'
import { buildWorkspace } from './app.ts'
import { feedRoute } from './feed.ts'

function setting(name: string, fallback?: string): string {
  const value = process.env[name] || fallback
  if (value !== undefined) return value
  process.stderr.write(`The workspace needs ${name}. See: npm run -s preau -- workspace --help\n`)
  process.exit(1)
}

const data = setting('PREAU_DATA', './data')
const socket = setting('PREAU_SOCKET')
const url = setting('DATABASE_URL')
const log = openLog('workspace', setting('PREAU_LOG', 'info'))

const { db, pool, close } = openDatabase<Tables>(url, { name: 'preau workspace' })
const ctx: Ctx = {
  db,
  pool,
  clock: systemClock(Number(process.env.PREAU_NOW_OFFSET_MS ?? 0)),
  log,
  bus: await openBus(url, log),
  files: folderStore(join(data, 'files')),
  uploads: join(data, 'uploads'),
}

const secret = process.env.PREAU_FEED_SECRET || (await readFile(join(data, 'door.secret'), 'utf8')).trim()
const accounts = await openAccounts(ctx)
const today = openToday(ctx)
const sources: FeedSource[] = [accounts.feed, receiptFeed(ctx), today.sheets]
const app = await buildWorkspace(ctx, { accounts, today })
feedRoute(app, sources, secret, log)

await mkdir(dirname(socket), { recursive: true })
await rm(socket, { force: true })
await app.listen({ path: socket })
log.info('the workspace is open')

const tended = [accounts.tend, today.tend, () => sweepUploads(ctx)]
const tend = () => {
  for (const due of tended)
    due().catch((error) => log.error({ err: error }, 'what was due could not be done'))
}
setInterval(tend, 60_000).unref()
tend()

let ending = false
async function end(): Promise<void> {
  if (ending) return
  ending = true
  app.server.closeAllConnections()
  await app.close()
  await accounts.close()
  await ctx.bus.close()
  await close()
  process.exit(0)
}
process.on('SIGTERM', end)
process.on('SIGINT', end)
// A supervisor that is gone leaves no orphan: it holds our standard input.
if (process.env.PREAU_CHILD === '1') process.stdin.on('end', end).resume()
