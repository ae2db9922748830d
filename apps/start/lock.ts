// One Préau per data folder: a lock file that names its holder's process, and that a dead holder does not keep.
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { OperatorError, systemCode } from '#platform/operator-error'
import { isAlive, type Process, thisProcess } from '#platform/process-life'

function lockFile(data: string): string {
  return join(data, 'run', 'lock')
}

async function readHolder(path: string): Promise<Process | undefined> {
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
  const { pid, since } = await thisProcess()
  await writeFile(mine, `${pid} ${since}\n`)
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
