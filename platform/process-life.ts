// Whether a process still lives that wrote its number down: the number alone may have been given to another one since.
import { readFile } from 'node:fs/promises'
import { systemCode } from './operator-error.ts'

/** A process: its number, and when it began in the kernel's own unit ('' where that cannot be known). */
export type Process = { pid: number; since: string }

/** This process, to be written down. */
export async function thisProcess(): Promise<Process> {
  return { pid: process.pid, since: (await beginOf(process.pid)) ?? '' }
}

async function beginOf(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  // The second field, the program's name, may hold blanks and parentheses.
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
}

/** Whether that very process still lives on this machine. */
export async function isAlive(one: Process): Promise<boolean> {
  const begin = await beginOf(one.pid)
  if (begin !== undefined) return begin === one.since
  if (process.platform === 'linux') return false
  try {
    return process.kill(one.pid, 0)
  } catch (error) {
    return systemCode(error) === 'EPERM'
  }
}
