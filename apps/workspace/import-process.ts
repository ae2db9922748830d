// Starts the process that runs one import of a school's directory. It ends with the workspace: the import is one
// transaction, so nothing is half done, and the school's page says that it was cut.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { RunImport } from '#features/school'
import type { Log } from '#platform/log'

const program = join(import.meta.dirname, '../import/main.ts')

/** How the workspace runs imports: each in a process of its own, at low priority. */
export function importProcess(log: Log): RunImport {
  return (id) => {
    // It sees the end of our side of the pipe, also after kill -9.
    const child = spawn(process.execPath, [program, id], {
      stdio: ['pipe', 'inherit', 'inherit'],
      env: { ...process.env, PREAU_CHILD: '1' },
    })
    child.on('error', (error) => log.error({ err: error }, 'an import could not be started'))
    child.on('exit', (code, signal) => {
      if (code !== 0) log.error({ code, signal }, 'an import ended before its time')
    })
  }
}
