// Makes one backup: the database as it was at one moment, and every file that it names. The backup appears whole, as the
// last thing that happens; until then the archive holds what it held.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { FileStore } from '../files.ts'
import { number, type Progress, sizeText } from '../progress.ts'
import {
  type Archive,
  beginDraft,
  type Draft,
  finishDraft,
  listFile,
  tableFile,
  type WholeBackup,
  writeDurably,
} from './archive.ts'
import { bringFiles, type Wanted } from './copy-files.ts'
import { format, hashOf, type Manifest, type Part, type TableEntry } from './manifest.ts'
import { linesOf, packInto } from './pack.ts'
import { openSnapshot, quoted, type Snapshot } from './snapshot.ts'

export type Source = {
  /** The database. */
  url: string
  files: Pick<FileStore, 'read' | 'size'>
  /** The table whose columns `sha256` and `*_sha256` name the files. */
  fileTable: string
  secrets: { name: string; data: Buffer }[]
  settings: Record<string, string>
  /** The program's version. */
  program: string
}

export type Missing = { sha256: string; why: 'absent' | 'unreadable' | 'other bytes' }

export type Taken = {
  backup: WholeBackup
  /** What was not in the archive before. */
  copied: { count: number; bytes: number }
  /** Files that the database names and that are nowhere whole. */
  missing: Missing[]
}

/** Makes a backup. The archive's lock must be held. @throws the error of the database or of the archive's disk */
export async function backUp(
  source: Source,
  archive: Archive,
  at: number,
  progress: Progress,
): Promise<Taken> {
  const draft = await beginDraft(archive, at)
  const { wanted, ...database } = await keepDatabase(source, draft, progress)
  const { copied, missing, files } = await keepFiles(source, archive, draft, wanted, progress)
  const secrets = await keepSecrets(source, draft)
  const manifest: Manifest = {
    format,
    at: new Date(at).toISOString(),
    program: source.program,
    ...database,
    files: { ...files, missing: missing.map((file) => file.sha256) },
    secrets,
    settings: source.settings,
  }
  return { backup: await finishDraft(archive, draft, manifest), copied, missing }
}

type KeptDatabase = Pick<Manifest, 'postgres' | 'migrations' | 'tables' | 'sequences'> & {
  wanted: WantedList
}

/** The list of files that the database names, held beside the draft until they are copied. */
type WantedList = { path: string; part: Part; count: number; bytes: number }

async function keepDatabase(source: Source, draft: Draft, progress: Progress): Promise<KeptDatabase> {
  const snapshot = await openSnapshot(source.url)
  try {
    const tables = await keepTables(snapshot, draft, progress)
    const wanted = await keepWanted(snapshot, source.fileTable, draft)
    const { postgres, migrations, sequences } = snapshot
    return { postgres, migrations, tables, sequences, wanted }
  } finally {
    // Before the files are copied, which may take hours: an open snapshot keeps the database from tidying up.
    await snapshot.close()
  }
}

async function keepTables(snapshot: Snapshot, draft: Draft, progress: Progress): Promise<TableEntry[]> {
  progress.step('Database', 'bytes')
  const expected = snapshot.tables.reduce((sum, table) => sum + table.bytes, 0)
  let bytes = 0
  const entries: TableEntry[] = []
  await snapshot.each(async ({ name, columns }, rows) => {
    const { lines, ...part } = await packInto(tableFile(draft.folder, name), rows, (more) => {
      bytes += more
      progress.at(bytes, Math.max(bytes, expected))
    })
    entries.push({ name, columns, rows: lines, ...part })
  })
  const rows = entries.reduce((sum, table) => sum + table.rows, 0)
  progress.done(`${entries.length} tables, ${number.format(rows)} rows`)
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Which files there must be: each hash once, sorted, with its size where the table says it. */
async function keepWanted(snapshot: Snapshot, table: string, draft: Draft): Promise<WantedList> {
  const columns = snapshot.tables.find((t) => t.name === table)?.columns ?? []
  const hashes = columns.filter((column) => column === 'sha256' || column.endsWith('_sha256'))
  const path = join(draft.folder, 'wanted.zst')
  if (hashes.length === 0) {
    const { lines: count, ...part } = await packInto(path, Readable.from([]))
    return { path, part, count, bytes: 0 }
  }
  const size = (column: string) =>
    column === 'sha256' && columns.includes('bytes') ? 'bytes' : 'null::bigint'
  const each = hashes.map((h) => `select ${quoted(h)} as hash, ${size(h)} as bytes from ${quoted(table)}`)
  const query = `(select hash, max(bytes) from (${each.join(' union all ')}) named
    where hash is not null group by hash order by hash collate "C")`
  const { lines: count, ...part } = await packInto(path, snapshot.copy(query))
  let bytes = 0
  for await (const { bytes: size = 0 } of wantedIn(path, part)) bytes += size
  return { path, part, count, bytes }
}

async function* wantedIn(path: string, part: Part): AsyncGenerator<Wanted> {
  for await (const line of linesOf(path, part)) {
    const [sha256 = '', bytes = ''] = line.split('\t')
    yield bytes === '\\N' ? { sha256 } : { sha256, bytes: Number(bytes) }
  }
}

type KeptFiles = {
  files: { count: number; bytes: number; list: Part }
  copied: { count: number; bytes: number }
  missing: Missing[]
}

async function keepFiles(
  { files }: Source,
  archive: Archive,
  draft: Draft,
  wanted: WantedList,
  progress: Progress,
): Promise<KeptFiles> {
  progress.step('Files', 'bytes')
  const all = { count: 0, bytes: 0 }
  const copied = { count: 0, bytes: 0 }
  const missing: Missing[] = []
  let read = 0
  const told = (more: number) => {
    read += more
    progress.at(read, Math.max(read, wanted.bytes))
  }
  async function* lines(): AsyncGenerator<string> {
    for await (const done of bringFiles(wantedIn(wanted.path, wanted.part), files, archive, told)) {
      if (done.missing) {
        missing.push({ sha256: done.sha256, why: done.missing })
        continue
      }
      for (const sum of done.isNew ? [all, copied] : [all]) {
        sum.count++
        sum.bytes += done.bytes
      }
      yield `${done.sha256} ${done.bytes}\n`
    }
  }
  const { bytes, sha256 } = await packInto(
    listFile(draft.folder),
    Readable.from(lines(), { objectMode: false }),
  )
  await rm(wanted.path)
  progress.done(
    `${number.format(all.count)} (${sizeText(all.bytes)}), of which ${number.format(copied.count)} new`,
  )
  return { files: { ...all, list: { bytes, sha256 } }, copied, missing }
}

async function keepSecrets({ secrets }: Source, { folder }: Draft): Promise<Manifest['secrets']> {
  for (const { name, data } of secrets) await writeDurably(join(folder, 'secrets'), name, data)
  return secrets.map(({ name, data }) => ({ name, bytes: data.length, sha256: hashOf(data) }))
}
