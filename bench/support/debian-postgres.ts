// Debian's PostgreSQL on a folder of its own, where it is installed: its pg_dump reads only servers of its own age.
import { execFile, spawn } from 'node:child_process'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { shortFolder } from '#platform/postgres'
import { postgresBinaries, postgresEnvironment } from '#platform/postgres-binaries'

const run = promisify(execFile)
const packages = '/usr/lib/postgresql'

export type DebianPostgres = { url: string; pgDump: string; stop(): Promise<void> }

/** Starts the newest one that is installed, with an empty database; undefined where there is none. */
export async function startDebianPostgres(dataFolder: string): Promise<DebianPostgres | undefined> {
  const versions = await readdir(packages).catch(() => [])
  const bin = join(packages, versions.sort((a, b) => Number(b) - Number(a))[0] ?? 'none', 'bin')
  if (!(await stat(join(bin, 'postgres')).catch(() => undefined))) return undefined
  const { prefix, as, hand } = await postgresBinaries()
  const options = { ...as, env: postgresEnvironment }
  const sockets = await shortFolder()
  await mkdir(dataFolder)
  for (const folder of [dataFolder, sockets]) await hand(folder)
  const [first = '', ...initdb] = [
    ...prefix,
    join(bin, 'initdb'),
    '-D',
    dataFolder,
    '-U',
    'preau',
    '-A',
    'trust',
  ]
  await run(first, [...initdb, '--encoding=UTF8', '--locale=C'], options)
  const server = [join(bin, 'postgres'), '-D', dataFolder, '-k', sockets, '-c', 'listen_addresses=']
  const [command = '', ...args] = [...prefix, ...server, '-c', 'shared_buffers=128MB']
  const child = spawn(command, args, { ...options, stdio: 'ignore' })
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()))
  const url = `postgres://preau@localhost:5432/postgres?host=${encodeURIComponent(sockets)}`
  await untilReady(url)
  const stop = async () => {
    child.kill('SIGINT')
    await ended
    await rm(sockets, { recursive: true, force: true })
  }
  return { url, pgDump: join(bin, 'pg_dump'), stop }
}

async function untilReady(url: string): Promise<void> {
  for (let asked = 0; ; asked++) {
    const client = new pg.Client({ connectionString: url })
    client.on('error', () => {})
    try {
      await client.connect()
      return await client.end()
    } catch (error) {
      if (asked === 200) throw error
      await pause(50)
    }
  }
}
