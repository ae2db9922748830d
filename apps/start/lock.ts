// One Préau per data folder: a lock file that names its holder's process, and that a dead holder does not keep.
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { OperatorError, systemCode } from '#platform/operator-error'

type Holder = { pid: number; since: string }

/** When a process began, in the kernel's own unit: tells a process from a later one with the same number. */
async function beginOf(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  // The second field, the program's name, may hold blanks and parentheses.
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
}

async function isAlive(holder: Holder): Promise<boolean> {
  const begin = await beginOf(holder.pid)
  if (begin !== undefined) return begin === holder.since
  if (process.platform === 'linux') return false
  try {
    return process.kill(holder.pid, 0)
  } catch (error) {
    return systemCode(error) === 'EPERM'
  }
}

function lockFile(data: string): string {
  return join(data, 'run', 'lock')
}

async function readHolder(path: string): Promise<Holder | undefined> {
  const text = await readFile(path, 'utf8').catch(() => '')
  const [pid, since] = text.trim().split(' ')
  return pid ? { pid: Number(pid), since: since ?? '' } : undefined
}

/** The process that uses the data folder, if any. */
export async function holderOf(data: string): Promise<number | undefined> {
  const holder = await readHolder(lockFile(data))
  return holder && (await isAlive(holder)) ? holder.pid : undefined
}

function inUse(data: string, pid: number): OperatorError {
  return new OperatorError(
    `${data} is in use by another Préau (process ${pid}): stop it, or choose another folder with PREAU_DATA.`,
  )
}

/** Says no when another Préau uses the folder; touches nothing. @throws OperatorError */
export async function refuseHeld(data: string): Promise<void> {
  const pid = await holderOf(data)
  if (pid !== undefined) throw inUse(data, pid)
}

/** Takes the lock of a folder whose `run/` exists; returns how to give it back. @throws OperatorError if it is held. */
export async function takeLock(data: string): Promise<() => Promise<void>> {
  const path = lockFile(data)
  const mine = `${path}.${process.pid}`
  await writeFile(mine, `${process.pid} ${(await beginOf(process.pid)) ?? ''}\n`)
  try {
    // A link appears with its content, or not at all.
    for (;;) {
      const taken = await link(mine, path).then(
        () => true,
        (error) => {
          if (systemCode(error) === 'EEXIST') return false
          throw error
        },
      )
      if (taken) return () => rm(path, { force: true })
      await refuseHeld(data)
      await removeDead(path)
    }
  } finally {
    await rm(mine, { force: true })
  }
}

/** Takes a dead holder's lock away; puts it back when somebody alive took it in the meantime. */
async function removeDead(path: string): Promise<void> {
  const aside = `${path}.dead.${process.pid}`
  await rename(path, aside).catch(() => {})
  const holder = await readHolder(aside)
  if (holder && (await isAlive(holder))) await link(aside, path).catch(() => {})
  await rm(aside, { force: true })
}
