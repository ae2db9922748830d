// A real clamd for tests, with a database of one signature: the EICAR test file, which every scanner knows and which
// harms nobody. Where ClamAV is not installed the tests that need it say so and are skipped.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const program = '/usr/sbin/clamd'

/** Why there is no scanner here, or null when there is one. */
export const noClamd = existsSync(program) ? null : 'ClamAV is not installed'

/** The test file of the European Institute for Computer Antivirus Research, in two halves so that this file is none. */
export const eicar = 'X5O!P%@AP[4\\PZX54(P^)7CC)7}$' + 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'

export type TestClamd = {
  path: string
  start(): Promise<void>
  kill(): Promise<void>
  close(): Promise<void>
}

async function answers(path: string): Promise<boolean> {
  const socket = connect({ path })
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

/** Starts a scanner that takes streams of up to a megabyte. */
export async function aClamd(): Promise<TestClamd> {
  const folder = await mkdtemp(join(tmpdir(), 'preau-clamd-'))
  await mkdir(join(folder, 'signatures'))
  await chmod(folder, 0o755)
  const hex = Buffer.from(eicar).toString('hex')
  await writeFile(join(folder, 'signatures', 'test.ndb'), `Eicar-Test-Signature:0:*:${hex}\n`)
  const path = join(folder, 'clamd.ctl')
  const settings = [
    `LocalSocket ${path}`,
    `DatabaseDirectory ${join(folder, 'signatures')}`,
    `TemporaryDirectory ${folder}`,
    'Foreground yes',
    'StreamMaxLength 1M',
    'MaxThreads 2',
    'DisableCache yes',
  ]
  await writeFile(join(folder, 'clamd.conf'), `${settings.join('\n')}\n`)
  let running: ChildProcess | null = null
  const kill = async () => {
    if (!running || running.exitCode !== null || running.signalCode !== null) return
    running.kill('SIGKILL')
    await once(running, 'exit')
    await rm(path, { force: true })
  }
  const start = async () => {
    const child = spawn(program, ['-c', join(folder, 'clamd.conf')], { stdio: 'ignore' })
    running = child
    for (let i = 0; i < 200 && !(await answers(path)); i++) {
      if (child.exitCode !== null) throw new Error(`clamd ended with ${child.exitCode}`)
      await pause(50)
    }
  }
  await start()
  return { path, start, kill, close: () => kill().then(() => rm(folder, { recursive: true, force: true })) }
}
