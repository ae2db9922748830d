// What keeps Préau from starting, as whole processes: one sentence, exit 1, nothing touched.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { freshDatabase } from '#test/database'
import { holderOf, takeLock } from './lock.ts'

const root = join(import.meta.dirname, '../..')
const folder = await mkdtemp(join(tmpdir(), 'preau-refuse-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

async function started(env: Record<string, string>): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, ['apps/cli/main.ts', 'start'], {
    cwd: root,
    env: { PATH: process.env.PATH, PREAU_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (piece) => {
      said += piece
    })
  }
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { code, said: said.trim() }
}

/** One sentence, exit 1. */
async function refusal(env: Record<string, string>): Promise<string> {
  const { code, said } = await started(env)
  expect(said.split('\n')).toHaveLength(1)
  expect(code).toBe(1)
  return said
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('no address')
  return address.port
}

test('a port that is taken', async () => {
  const server = createServer()
  const port = await listening(server)
  const data = join(folder, 'port')
  expect(await refusal({ PREAU_DATA: data, PREAU_PORT: String(port) })).toMatch(
    `Port ${port} is already taken on 127.0.0.1: stop the program that uses it`,
  )
  expect(existsSync(data)).toBe(false)
  server.close()
})

test('a data folder that is a file, or below one', async () => {
  const file = join(folder, 'file')
  await writeFile(file, 'a letter to grandmother')
  expect(await refusal({ PREAU_DATA: file })).toMatch(`${file} is not a folder`)
  expect(await refusal({ PREAU_DATA: join(file, 'data') })).toMatch(`${file} is not a folder`)
})

test.runIf(existsSync('/proc/sys'))('a data folder that cannot be written to', async () => {
  expect(await refusal({ PREAU_DATA: '/proc/sys/preau' })).toMatch('cannot be written to')
  expect(await refusal({ PREAU_DATA: '/proc/preau' })).toMatch('/proc cannot be written to')
})

test('a data folder that another Préau uses', async () => {
  const data = join(folder, 'held')
  await mkdir(join(data, 'run'), { recursive: true })
  const release = await takeLock(data)
  expect(await refusal({ PREAU_DATA: data })).toMatch(`in use by another Préau (process ${process.pid})`)
  expect(await readdir(data)).toEqual(['run'])
  await release()
})

test('a lock is held by one only, and not by the dead', async () => {
  const data = join(folder, 'lock')
  await mkdir(join(data, 'run'), { recursive: true })
  // The number lives, but that process began at another time.
  await writeFile(join(data, 'run/lock'), `${process.pid} 12\n`)
  expect(await holderOf(data)).toBeUndefined()
  const release = await takeLock(data)
  expect(await holderOf(data)).toBe(process.pid)
  await expect(takeLock(data)).rejects.toThrow(/in use/)
  await release()
  expect(await readdir(join(data, 'run'))).toEqual([])
})

test('a cluster of another PostgreSQL', async () => {
  const data = join(folder, 'cluster')
  await mkdir(join(data, 'pg'), { recursive: true })
  await writeFile(join(data, 'pg/PG_VERSION'), '13\n')
  expect(await refusal({ PREAU_DATA: data })).toMatch('was made by PostgreSQL 13')
  expect(await readdir(data)).toEqual(['pg'])
})

test('a database that does not answer, without its password', async () => {
  const url = 'postgres://preau:geheim@127.0.0.1:1/preau'
  const said = await refusal({ PREAU_DATA: join(folder, 'none'), DATABASE_URL: url })
  expect(said).toMatch('127.0.0.1:1/preau does not answer (ECONNREFUSED)')
  expect(said).not.toMatch('geheim')
  expect(existsSync(join(folder, 'none'))).toBe(false)
})

test('a database that belongs to a newer Préau', async () => {
  const { db, url } = await freshDatabase()
  await sql`insert into kysely_migration (name, timestamp) values ('9999-robots', '')`.execute(db)
  const data = join(folder, 'newer')
  expect(await refusal({ PREAU_DATA: data, DATABASE_URL: url })).toMatch(
    /belongs to a newer Préau \(it has 9999-robots\)/,
  )
  expect(existsSync(data)).toBe(false)
})

test('a database that is too old', async () => {
  const server = createServer(answerAsPostgres14)
  const port = await listening(server)
  const data = join(folder, 'old')
  const url = `postgres://preau@127.0.0.1:${port}/preau`
  expect(await refusal({ PREAU_DATA: data, DATABASE_URL: url })).toMatch(
    /is PostgreSQL 14.12, which is too old: Préau needs 15 or newer/,
  )
  expect(existsSync(data)).toBe(false)
  server.close()
})

/** Just enough of PostgreSQL's protocol (version 3) to accept a client and answer each question with its version. */
function answerAsPostgres14(socket: Socket): void {
  const int = (bytes: number, n: number) => {
    const buffer = Buffer.alloc(bytes)
    buffer.writeIntBE(n, 0, bytes)
    return buffer
  }
  const message = (type: string, ...parts: (Buffer | string)[]) => {
    const body = Buffer.concat(parts.map((part) => Buffer.from(part as string)))
    return Buffer.concat([Buffer.from(type), int(4, body.length + 4), body])
  }
  const column = (name: string, type: number) =>
    Buffer.concat([
      Buffer.from(`${name}\0`),
      int(4, 0),
      int(2, 0),
      int(4, type),
      int(2, -1),
      int(4, -1),
      int(2, 0),
    ])
  const value = (text: string) => Buffer.concat([int(4, text.length), Buffer.from(text)])
  const ready = message('Z', 'I')
  const answer = Buffer.concat([
    message('T', int(2, 3), column('version', 23), column('text', 25), column('encoding', 25)),
    message('D', int(2, 3), value('140012'), value('14.12'), value('UTF8')),
    message('C', 'SELECT 1\0'),
    ready,
  ])
  socket.once('data', () => {
    socket.write(Buffer.concat([message('R', int(4, 0)), ready]))
    socket.on('data', (piece) => {
      if (piece[0] === 'Q'.charCodeAt(0)) socket.write(answer)
    })
  })
  socket.on('error', () => {})
}

test.each([
  ['a certificate that is not there', { PREAU_TLS_CERT: '/nope', PREAU_TLS_KEY: '/nope' }, 'PREAU_TLS_CERT'],
  ['a limit of the door', { PREAU_DOOR_INFLIGHT: '-1' }, 'PREAU_DOOR_INFLIGHT must be a whole number'],
  ['a zone', { PREAU_ZONE: 'Mars/X' }, 'PREAU_ZONE is "Mars/X"'],
])('%s that cannot be used, before anything is made', async (_what, env, said) => {
  const data = join(folder, `none-${said.length}`)
  expect(await refusal({ PREAU_DATA: data, ...env })).toMatch(said)
  expect(await readdir(folder)).not.toContain(`none-${said.length}`)
})
