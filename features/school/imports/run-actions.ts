// The work of an import that was begun in the browser: in a process of its own, so that the workspace feels none of it.
import { readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { importDirectory } from '#features/directory'
import { forgetUpload, uploadAt } from '#features/documents'
import { administratorRoles, schoolDay } from '#features/people'
import { importCalendar } from '#features/timetable'
import type { Ctx } from '#platform/ctx'
import type { SchoolId } from '#platform/ids'
import { OperatorError } from '#platform/operator-error'
import { Refused } from '#platform/refusal'
import * as store from './import-store.ts'

// Of what a zip holds, unpacked; a school's largest export is a hundredth of it.
const limits = { entries: 200, bytes: 2 ** 30, ratio: 200, ratioFrom: 2 ** 24 }
const progressEveryMs = 400
const retryMs = 2000
const patience = 150

/** Runs an import to its end; whatever comes of it stands in its row. Nothing happens when another process has it. */
export async function runImport(ctx: Ctx, id: string): Promise<void> {
  const client = await ctx.pool.connect()
  try {
    if (!(await store.holdImport(client, id))) return
    const row = await store.findRunning(ctx.db, id)
    if (row) await attempt(ctx, row)
    await store.releaseImport(client, id)
  } finally {
    client.release(true)
  }
}

async function attempt(ctx: Ctx, row: store.ImportRow): Promise<void> {
  const now = () => new Date(ctx.clock.now())
  try {
    const upload = row.upload ? await uploadAt(ctx, row.upload) : null
    if (!upload?.finished) throw new Refused('import.file-gone')
    if (row.kind === 'directory') await bringDirectory(ctx, row, upload.path)
    else await bringCalendar(ctx, row, upload.path)
    if (row.state === 'applying' && row.upload) {
      await forgetUpload(ctx, row.upload)
      await store.forgetUpload(ctx.db, row.id, false, now())
    }
  } catch (error) {
    const refusal =
      error instanceof Refused && error.code !== 'import.file-gone'
        ? { code: error.code, facts: error.facts }
        : error instanceof OperatorError
          ? { code: 'calendar', facts: { message: error.message } }
          : null
    await store.saveOutcome(ctx.db, row.id, refusal ? { state: 'refused', refusal } : { state: 'cut' }, now())
    if (!refusal && !(error instanceof Refused)) throw error
  }
}

/** Says now and then how far it is; a write that is lost is no harm. */
function progressOf(ctx: Ctx, id: string) {
  let last = 0
  let step = ''
  return (name: string, done: number) => {
    const now = ctx.clock.now()
    if (name === step && now - last < progressEveryMs) return
    step = name
    last = now
    store.saveProgress(ctx.db, id, name, done, new Date(now)).catch(() => {})
  }
}

/** Whom the administrator may import for: asked now, for rights may have changed since the file was sent. */
async function schoolsOf(ctx: Ctx, row: store.ImportRow, on: store.Writer = ctx.db): Promise<SchoolId[]> {
  const schools = row.byId ? await store.listRunBy(on, row.byId, administratorRoles, schoolDay(ctx)) : []
  if (!schools.includes(row.schoolId)) throw new Refused('directory.other-school', { school: '' })
  return schools
}

/** In the import's own transaction: still allowed, still running, and done; otherwise nothing of it happens. */
const applied = (ctx: Ctx, row: store.ImportRow) => async (on: store.Writer, report: object) => {
  await schoolsOf(ctx, row, on)
  if (!(await store.saveOutcome(on, row.id, { state: 'applied', report }, new Date(ctx.clock.now()))))
    throw new Error('this import was told as ended already')
}

async function bringDirectory(ctx: Ctx, row: store.ImportRow, path: string): Promise<void> {
  const dryRun = row.state === 'trying'
  const schools = await schoolsOf(ctx, row)
  const work = () =>
    importDirectory(ctx, {
      path,
      dryRun,
      limits,
      within: { school: row.schoolId, schools },
      mayDisableMany: row.confirmed,
      say: progressOf(ctx, row.id),
      alongside: applied(ctx, row),
    })
  const report = await patiently(work)
  if (dryRun) await store.saveOutcome(ctx.db, row.id, { state: 'tried', report }, new Date(ctx.clock.now()))
}

/** Another school's import runs: waits for it, five minutes at most. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let n = 0; ; n++) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof Refused && error.code === 'directory.import-running') || n >= patience)
        throw error
      await wait(retryMs)
    }
  }
}

async function bringCalendar(ctx: Ctx, row: store.ImportRow, path: string): Promise<void> {
  const dryRun = row.state === 'trying'
  await schoolsOf(ctx, row)
  const wish = { schoolId: row.schoolId, bytes: await readFile(path), dryRun, alongside: applied(ctx, row) }
  const report = await importCalendar(ctx, wish)
  if (dryRun) await store.saveOutcome(ctx.db, row.id, { state: 'tried', report }, new Date(ctx.clock.now()))
}
