// One writer at a time in an archive, which may lie on a share that several machines see. A dead writer keeps nobody out:
// on its own machine its process is looked for; from elsewhere, a lock counts as long as it is renewed.
import { readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { OperatorError, systemCode } from '../operator-error.ts'
import { isAlive, type Process, thisProcess } from '../process-life.ts'

type Holder = Process & { host: string }

const renewEvery = 60_000
const forgottenAfter = 15 * 60_000

/** Takes the archive's lock; returns how to give it back. @throws OperatorError if another one writes there. */
export async function lockArchive(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, 'lock')
  const mine = JSON.stringify({ host: hostname(), ...(await thisProcess()) })
  while (!(await tryToTake(path, mine))) {
    const holder = await readHolder(path)
    if (await holds(path, holder)) throw inUse(folder, holder)
    await removeDead(path)
  }
  // By the share's own clock, whatever ours says.
  const renewal = setInterval(() => renew(path).catch(() => {}), renewEvery)
  renewal.unref()
  return async () => {
    clearInterval(renewal)
    await rm(path, { force: true })
  }
}

async function tryToTake(path: string, text: string): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: 'wx' })
    return true
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false
    throw error
  }
}

async function renew(path: string): Promise<void> {
  const now = await nowThere(path)
  await utimes(path, now, now)
}

/** The time that the archive's file system gives to a file that is written now. */
async function nowThere(path: string): Promise<Date> {
  const probe = `${path}.${hostname()}.${process.pid}`
  await writeFile(probe, '')
  const { mtime } = await stat(probe)
  await rm(probe, { force: true })
  return mtime
}

async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch {
    return undefined // gone, or not yet written
  }
}

async function holds(path: string, holder: Holder | undefined): Promise<boolean> {
  if (holder && holder.host === hostname()) return isAlive(holder)
  const found = await stat(path).catch(() => undefined)
  return found !== undefined && (await nowThere(path)).getTime() - found.mtimeMs < forgottenAfter
}

function inUse(folder: string, holder: Holder | undefined): OperatorError {
  const who = holder ? ` (process ${holder.pid} on ${holder.host})` : ''
  return new OperatorError(
    `Another backup, check or restore uses ${folder}${who}: wait until it has ended, then try again.`,
  )
}

/** Takes a dead holder's lock away; puts it back when somebody alive took it in the meantime. */
async function removeDead(path: string): Promise<void> {
  const aside = `${path}.dead.${process.pid}`
  await rename(path, aside).catch(() => {})
  const holder = await readHolder(aside)
  if (holder && (await holds(aside, holder))) await rename(aside, path).catch(() => {})
  await rm(aside, { force: true })
}
