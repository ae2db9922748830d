// Looks at files one after the other, a few at a time, for as long as there are some whose turn it is. The queue is in
// the database: it survives a restart, and several workspaces share it.
import type { Readable } from 'node:stream'
import { change, type News } from '#platform/change'
import { type Antivirus, ScannerAway } from '#platform/clamd'
import type { Ctx, Db } from '#platform/ctx'
import { systemCode } from '#platform/operator-error'
import type { ScanState } from '../contract.ts'
import { putBack, releaseWaiting, type Settled, settle, takeDue, whereShown } from './scan-store.ts'

/** News for this process's scanner: there is a file to look at. */
export const toScan = 'file-to-scan'

const atOnce = 2
const taken = 20
const leaseSeconds = 900
/** How soon a scanner that was away is asked again, in seconds. */
const awaySeconds = 15

/** How soon bytes that could not be read are tried again, in seconds. */
const brokenSeconds = 600

export type Scanner = {
  /** Takes up the queue; call it now and then. Resolves when there is nothing left that can be done now. */
  tend(): Promise<void>
  close(): void
}

type Parts = Pick<Ctx, 'db' | 'bus' | 'log' | 'files' | 'antivirus'>

/** The scanner of this process; without an antivirus in `ctx` it lets go of files that wait for one. */
export function openScanner(ctx: Parts): Scanner {
  let running: Promise<void> | null = null
  let timer: NodeJS.Timeout | undefined
  let again = false
  let closed = false

  const tend = (): Promise<void> => {
    again = true
    running ??= run().finally(() => {
      running = null
    })
    return running
  }

  async function run(): Promise<void> {
    while (again && !closed) {
      again = false
      const { antivirus } = ctx
      if (!antivirus) await releaseWaiting(ctx.db)
      else if (!(await scanAll(ctx, antivirus, () => closed))) later()
    }
  }

  function later(): void {
    clearTimeout(timer)
    timer = setTimeout(() => tend().catch(() => {}), awaySeconds * 1000)
    timer.unref()
  }

  ctx.bus.on(toScan, () => {
    tend().catch((error) => ctx.log.error({ err: error }, 'files could not be scanned'))
  })
  return {
    tend,
    close: () => {
      closed = true
      clearTimeout(timer)
    },
  }
}

/** Scans until nothing is due; false when the scanner is away. */
async function scanAll(ctx: Parts, antivirus: Antivirus, closed: () => boolean): Promise<boolean> {
  for (;;) {
    const due = await takeDue(ctx.db, taken, leaseSeconds)
    if (due.length === 0 || closed()) return true
    let away: Error | null = null
    const worker = async () => {
      for (let next = due.shift(); next !== undefined; next = due.shift()) {
        if (away) await putBack(ctx.db, next, awaySeconds)
        else away = await scanOne(ctx, antivirus, next)
      }
    }
    await Promise.all(Array.from({ length: atOnce }, worker))
    if (!away) continue
    ctx.log.warn({ reason: (away as Error).message }, 'the virus scanner is away: files wait for it')
    return false
  }
}

async function scanOne(ctx: Parts, antivirus: Antivirus, sha256: string): Promise<Error | null> {
  try {
    const bytes: Readable = ctx.files.read(sha256)
    // Its errors are told by the scan.
    bytes.on('error', () => {})
    const verdict = await antivirus.scan(bytes)
    const state: ScanState = verdict.kind === 'too-large' ? 'unchecked' : verdict.kind
    const finding = verdict.kind === 'infected' ? verdict.finding : null
    await tellVerdict(ctx, sha256, state, finding)
    if (finding) ctx.log.warn({ sha256, finding }, 'a virus was found: the file is not served')
    return null
  } catch (error) {
    const passing = error instanceof ScannerAway || systemCode(error) === 'server.files-away'
    await putBack(ctx.db, sha256, passing ? awaySeconds : brokenSeconds)
    if (error instanceof ScannerAway) return error
    // Bytes that cannot be read are no reason to leave the others waiting.
    if (!passing) ctx.log.error({ err: error }, 'a file could not be scanned')
    return null
  }
}

/** Notes a verdict, and tells all who look at the file. */
async function tellVerdict(
  ctx: Parts,
  sha256: string,
  state: ScanState,
  finding: string | null,
): Promise<void> {
  await change(ctx, async (tx, news) => {
    const settled = await settle(tx, sha256, state, finding)
    if (settled.length === 0) return
    await tellShown(tx, news, settled)
  })
}

/** Tells all who look at these files that how they stand has changed. */
export async function tellShown(tx: Db, news: News, settled: readonly Settled[]): Promise<void> {
  const { classes, pupils, homework } = await whereShown(
    tx,
    settled.map((file) => file.id),
  )
  if (classes.length > 0) {
    await news('class', classes)
    await news('homework-changed', classes)
  }
  await news('work', [...new Set([...pupils, ...settled.map((file) => file.owner)])])
  if (homework.length > 0) await news('copies', homework)
}
