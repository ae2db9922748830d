// The claim for the morning after a fire: a backup is as quick as the disk lets it be, what is restored is what there was,
// and neither loses anything when it is killed. The database is Debian's PostgreSQL where it is installed, since its
// pg_dump is the peer (with cp for the files, and sync), and it is restored into the embedded one, which is newer. The
// limit is a plain copy of the same bytes, synced to the same disk: each table by COPY into a file, the files by cp.
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { sql } from 'kysely'
import pg from 'pg'
import type { Tables } from '#migrations/tables'
import { digestRows } from '#platform/backup/row-digest'
import { copyOut, plainText, readShapes, tableQuery } from '#platform/backup/snapshot'
import { ticks } from '#platform/clock'
import { type Config, readConfig } from '#platform/config'
import type { Db } from '#platform/ctx'
import { openDatabase } from '#platform/db'
import { aSchool } from '#test/world'
import { startEmbedded, updateDatabase } from '../apps/start/database.ts'
import { startDebianPostgres } from './support/debian-postgres.ts'
import type { Bench, BenchOptions, Figures } from './support/report.ts'
import { percentile, round } from './support/report.ts'

const run = promisify(execFile)
const program = new URL('../apps/cli/main.ts', import.meta.url).pathname

type Size = { submissions: number; files: number; fileBytes: number; rounds: number; kills: number }
const sizeOf = (quick: boolean): Size =>
  quick
    ? { submissions: 5_000, files: 60, fileBytes: 200_000, rounds: 1, kills: 1 }
    : { submissions: 200_000, files: 3000, fileBytes: 150_000, rounds: 3, kills: 10 }

/** Submissions with a text and a receipt each, as a school has them after a year. */
async function fillDatabase(db: Db, { submissions }: Size): Promise<Awaited<ReturnType<typeof aSchool>>> {
  const school = await aSchool(db)
  await sql`
    with homework as (
      insert into homework (id, school_id, class_id, set_on, title, body, due_at, hand_in, created_at, updated_at)
      select gen_random_uuid(), ${school.school.id}, ${school.class3B.id}, '2026-11-24', 'Devoir ' || n, '', now(),
        true, now(), now()
      from generate_series(1, ${submissions}::int) n returning id),
    submission as (
      insert into submission (id, school_id, homework_id, pupil_id, body, submitted_at, late)
      select gen_random_uuid(), ${school.school.id}, id, ${school.lea.id},
        (select string_agg(md5(id::text || n), E'\n') from generate_series(1, 16) n), now(), false
      from homework returning id)
    insert into receipt (submission_id, jws)
    select id, jsonb_build_object('payload', repeat(md5(id::text), 20), 'signature', md5(id::text)) from submission`.execute(
    db,
  )
  return school
}

async function fillFiles(db: Db, data: string, school: Awaited<ReturnType<typeof aSchool>>, size: Size) {
  for (let i = 0; i < size.files; i++) {
    const bytes = randomBytes(Math.floor(size.fileBytes * (0.1 + 1.8 * Math.random())))
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const folder = join(data, 'files', sha256.slice(0, 2))
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, sha256.slice(2)), bytes)
    await sql`
      insert into file (id, school_id, owner_id, sha256, bytes, name, type, created_at)
      values (gen_random_uuid(), ${school.school.id}, ${school.lea.id}, ${sha256}, ${bytes.length}, 'photo.jpg',
        'image/jpeg', now())`.execute(db)
  }
}

type Content = Map<string, string>

/** Everything that an installation holds, by what it is called: tables as digests of their rows, files as their hash. */
async function contentOf(url: string, data: string): Promise<Content> {
  const content: Content = new Map()
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(`begin; ${plainText}`)
    for (const table of await readShapes(client)) {
      const { rows, digest } = await digestRows(copyOut(client, tableQuery(table)))
      content.set(`table ${table.name}`, `${rows} ${digest}`)
    }
  } finally {
    await client.end()
  }
  for (const entry of await readdir(join(data, 'files'), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const hash = createHash('sha256')
    await pipeline(createReadStream(path), hash)
    content.set(`file ${path.slice(data.length)}`, hash.digest('hex'))
  }
  return content
}

/** How many tables and files of `before` are not the same in `after`. */
const lostBetween = (before: Content, after: Content) =>
  [...before].filter(([name, value]) => after.get(name) !== value).length

/** The command of ours that runs, to be ended when the benchmark is. */
let current: ChildProcess | undefined

type Ran = { seconds: number; result: { files: { bytes: number } } & Record<string, unknown> }

/** Runs one of our commands to its end. @throws when it fails */
async function preau(args: string[], data: string, url = ''): Promise<Ran> {
  const from = ticks()
  const env = { ...process.env, PREAU_DATA: data, DATABASE_URL: url }
  const running = run(process.execPath, [program, ...args, '--json'], { env })
  current = running.child
  const { stdout } = await running
  const seconds = (ticks() - from) / 1000
  return { seconds, result: JSON.parse(stdout.trim().split('\n').at(-1) ?? '') }
}

/** Begins one of our commands and kills it after so many seconds. */
async function killed(args: string[], after: number, data: string, url = ''): Promise<void> {
  const env = { ...process.env, PREAU_DATA: data, DATABASE_URL: url }
  const child = spawn(process.execPath, [program, ...args], { env, stdio: 'ignore' })
  current = child
  const ended = new Promise((resolve) => child.on('close', resolve))
  const timer = setTimeout(() => child.kill('SIGKILL'), after * 1000)
  await ended
  clearTimeout(timer)
}

/** A plain copy of the same bytes, synced: tables one after the other, then the files. Seconds and bytes. */
async function plainCopy(url: string, data: string, to: string): Promise<{ seconds: number; bytes: number }> {
  const from = ticks()
  await mkdir(to)
  let bytes = 0
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`begin isolation level repeatable read; ${plainText}`)
  for (const table of await readShapes(client)) {
    const out = createWriteStream(join(to, table.name), { flush: true })
    await pipeline(copyOut(client, tableQuery(table)), out)
    bytes += out.bytesWritten
  }
  await client.end()
  await copyFiles(data, to)
  return { seconds: (ticks() - from) / 1000, bytes }
}

async function copyFiles(data: string, to: string): Promise<void> {
  await run('cp', ['-r', '--reflink=never', join(data, 'files'), join(to, 'files')])
  await run('sync', ['-f', to])
}

/** What Debian offers: pg_dump in its compressed form, and cp. Seconds. */
async function dumpAndCopy(pgDump: string, url: string, data: string, to: string): Promise<number> {
  const from = ticks()
  await mkdir(to)
  await run(pgDump, ['--format=custom', `--file=${join(to, 'database.dump')}`, url])
  await copyFiles(data, to)
  return (ticks() - from) / 1000
}

type Source = {
  config: Config
  folder: string
  url: string
  /** Where there is one that can read this database. */
  pgDump: string | undefined
  before: Content
}

async function open(options: BenchOptions, size: Size): Promise<Source> {
  const folder = await mkdtemp(join(tmpdir(), 'preau-backup-'))
  options.afterwards(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }))
  options.afterwards(async () => void current?.kill('SIGKILL'))
  const config = readConfig({ PREAU_DATA: join(folder, 'data') })
  const { data } = config
  await mkdir(join(data, 'files'), { recursive: true, mode: 0o711 })
  await chmod(folder, 0o711)
  const debian = options.quick ? undefined : await startDebianPostgres(join(folder, 'debian'))
  const server = debian ?? (await startEmbedded(config, {}))
  options.afterwards(() => server.stop())
  await updateDatabase(server.url)
  const { db, close } = openDatabase<Tables>(server.url, { connections: 2 })
  options.say(`${size.submissions} hand-ins and ${size.files} files are made`)
  const school = await fillDatabase(db, size)
  await fillFiles(db, data, school, size)
  await sql`vacuum analyze`.execute(db)
  await close()
  const { url } = server
  return { config, folder, url, pgDump: debian?.pgDump, before: await contentOf(url, data) }
}

type Times = { first: number[]; again: number[]; plain: number[]; dump: number[]; bytes: number }

/** Backup, second backup and plain copy, in turn, each time into a new folder. */
async function measure(
  { config, folder, url, pgDump }: Source,
  size: Size,
  say: BenchOptions['say'],
): Promise<Times> {
  const times: Times = { first: [], again: [], plain: [], dump: [], bytes: 0 }
  for (let round = 1; round <= size.rounds; round++) {
    const [to, copy] = [join(folder, `backup-${round}`), join(folder, `copy-${round}`)]
    await run('sync', [])
    const plain = await plainCopy(url, config.data, copy)
    await rm(copy, { recursive: true })
    await run('sync', [])
    if (pgDump) times.dump.push(await dumpAndCopy(pgDump, url, config.data, copy))
    await rm(copy, { recursive: true, force: true })
    await run('sync', [])
    const first = await preau(['backup', '--to', to], config.data, url)
    const again = await preau(['backup', '--to', to], config.data, url)
    times.bytes = plain.bytes + first.result.files.bytes
    times.plain.push(plain.seconds)
    times.first.push(first.seconds)
    times.again.push(again.seconds)
    const dump = times.dump.at(-1)?.toFixed(1) ?? '–'
    say(
      `round ${round}: ${first.seconds.toFixed(1)} s, plain ${plain.seconds.toFixed(1)} s, pg_dump ${dump} s`,
    )
    if (round > 1) await rm(to, { recursive: true })
  }
  return times
}

/** What a restored installation holds. */
async function restoredContent(data: string): Promise<Content> {
  const server = await startEmbedded(readConfig({ PREAU_DATA: data }), {})
  return contentOf(server.url, data).finally(() => server.stop())
}

/** Kills backups, then restores of what came of it, at random moments; counts what is lost in the end. */
async function lostAfterKills(source: Source, kills: number, seconds: { backup: number; restore: number }) {
  const { config, folder, url } = source
  const [to, data] = [join(folder, 'killed-backup'), join(folder, 'killed-data')]
  const [backup, restore] = [
    ['backup', '--to', to],
    ['restore', '--from', to],
  ]
  for (let i = 0; i < kills; i++) await killed(backup, Math.random() * seconds.backup, config.data, url)
  await preau(backup, config.data, url)
  for (let i = 0; i < kills; i++) await killed(restore, Math.random() * seconds.restore, data)
  // One that was quicker than its killer ended well, and is not repeated.
  await preau(restore, data).catch((error) => {
    if (!/is not empty/.test(String(error.stderr))) throw error
  })
  return lostBetween(source.before, await restoredContent(data))
}

async function bench(options: BenchOptions): Promise<Figures> {
  const size = sizeOf(options.quick)
  const source = await open(options, size)
  const { first, again, plain, dump, bytes } = await measure(source, size, options.say)
  options.say('the backup is restored')
  const data = join(source.folder, 'restored')
  const restore = await preau(['restore', '--from', join(source.folder, 'backup-1')], data)
  const after = await restoredContent(data)
  await rm(data, { recursive: true })
  options.say(`${2 * size.kills} backups and restores are killed`)
  const [median, plainMedian] = [percentile(first, 0.5), percentile(plain, 0.5)]
  const lost = await lostAfterKills(source, size.kills, { backup: median, restore: restore.seconds })
  const megabytes = bytes / 1e6
  return {
    megabytes: round(megabytes, 0),
    megabytesPerSecond: round(megabytes / median),
    plainSyncedCopyMegabytesPerSecond: round(megabytes / plainMedian),
    backupSecondsRatioToPlainSyncedCopy: round(median / plainMedian, 2),
    pgDumpAndCopyMegabytesPerSecond: dump.length > 0 ? round(megabytes / percentile(dump, 0.5)) : null,
    backupSecondsRatioToPgDumpAndCopy: dump.length > 0 ? round(median / percentile(dump, 0.5), 2) : null,
    secondBackupSeconds: round(percentile(again, 0.5), 2),
    restoreMegabytesPerSecond: round(megabytes / restore.seconds),
    roundTripIdentical: lostBetween(source.before, after) === 0 && after.size === source.before.size,
    lostAfterKill: lost,
    kills: 2 * size.kills,
  }
}

export default {
  about:
    'A whole installation is saved and brought back identical, at the pace of the disk, whatever is killed meanwhile.',
  goals: {
    roundTripIdentical: 'true',
    lostAfterKill: '0',
    backupSecondsRatioToPlainSyncedCopy: '≤ 2',
    backupSecondsRatioToPgDumpAndCopy: '≤ 1',
    kills: '≥ 20 (quick: 2)',
  },
  run: bench,
} satisfies Bench
