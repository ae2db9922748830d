// The workspace process: reads its settings, opens the database, and listens on a Unix socket for its doors.
import { mkdir, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { openAccounts } from '#features/accounts'
import { openScanner, sweepBytes, sweepConversions, sweepUploads } from '#features/documents'
import { openFeedShelf } from '#features/feeds'
import { publishDue } from '#features/homework'
import { receiptFeed } from '#features/receipts'
import { endCutImports, forgetCalls } from '#features/school'
import { sweepTrash } from '#features/spaces'
import { openToday } from '#features/today'
import { isMorning } from '#platform/calendar'
import type { Log } from '#platform/log'
import { openCtx } from '../ctx.ts'
import { needed, partConfig, readSecret, runPart } from '../part.ts'
import { refuseStorage } from '../start/refuse.ts'
import { buildWorkspace } from './app.ts'
import { feedRoute } from './feed.ts'
import { importProcess } from './import-process.ts'

const everyMinute = 60_000

async function main(): Promise<{ end(): Promise<void> }> {
  const config = partConfig('workspace')
  const { socket, logLevel } = config
  const warning = await refuseStorage(config)
  const { ctx, close } = await openCtx(config, needed('workspace', 'DATABASE_URL'), {
    name: 'workspace',
    logLevel,
  })
  if (warning) ctx.log.warn(warning)
  await sweepConversions().catch((error) => ctx.log.warn({ err: error }, 'old conversions stay'))
  const accounts = await openAccounts(ctx)
  const today = openToday(ctx)
  const feeds = openFeedShelf(ctx)
  const app = await buildWorkspace(ctx, { accounts, today, feeds, run: importProcess(ctx.log) })
  feedRoute(app, [accounts.feed, receiptFeed(ctx), today.sheets], await readSecret(config), ctx.log)

  // In a rehearsal at another time, answers carry that time: pages learn theirs from it.
  if (config.clockOffset !== 0)
    app.addHook('onSend', async (_request, reply) => {
      reply.header('date', new Date(ctx.clock.now()).toUTCString())
    })

  await mkdir(dirname(socket), { recursive: true })
  await rm(socket, { force: true })
  await app.listen({ path: socket })
  ctx.log.info('the workspace is open')
  const scanner = openScanner(ctx)
  const sweeps = [sweepUploads, sweepBytes, forgetCalls, sweepTrash].map((sweep) => async () => {
    if (!isMorning(ctx.clock.now(), config.zone)) await sweep(ctx)
  })
  const always = [accounts.tend, () => publishDue(ctx), today.tend, scanner.tend, feeds.flush]
  tend([...always, () => endCutImports(ctx), ...sweeps], ctx.log)
  return {
    async end() {
      scanner.close()
      app.server.closeAllConnections()
      await app.close()
      await accounts.close()
      await close()
    },
  }
}

/** Does now and every minute what is due; what still goes on is not begun again. */
function tend(all: (() => Promise<unknown>)[], log: Log): void {
  const going = new Set<unknown>()
  const once = () => {
    for (const due of all) {
      if (going.has(due)) continue
      going.add(due)
      due()
        .catch((error) => log.error({ err: error }, 'what was due could not be done'))
        .finally(() => going.delete(due))
    }
  }
  setInterval(once, everyMinute).unref()
  once()
}

runPart(main)
