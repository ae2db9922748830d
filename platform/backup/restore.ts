// Brings a backup's files and keys back, and compares what was loaded with what was kept.
import { readFile } from 'node:fs/promises'
import type pg from 'pg'
import type { FileStore } from '../files.ts'
import { OperatorError, systemCode } from '../operator-error.ts'
import { number, type Progress, sizeText } from '../progress.ts'
import { type Archive, listFile, secretFile, tableFile, type WholeBackup } from './archive.ts'
import { bringFiles, copyFile, type Place, type Wanted } from './copy-files.ts'
import { inOrder } from './in-order.ts'
import { hashOf } from './manifest.ts'
import { contentOf, linesOf } from './pack.ts'
import { digestRows } from './row-digest.ts'
import { copyOut, tableQuery } from './snapshot.ts'

const filesAtOnce = 8

/** The files of a backup, sorted by hash. @throws OperatorError, at the end too, when the list is damaged */
export async function* filesOf({ folder, manifest }: WholeBackup): AsyncGenerator<Required<Wanted>> {
  for await (const line of linesOf(listFile(folder), manifest.files.list)) {
    const [sha256 = '', bytes = ''] = line.split(' ')
    yield { sha256, bytes: Number(bytes) }
  }
}

/**
 * Where files are restored to: a store, and the folder whose `files` it is, if it is one. Into a folder they come in
 * lots that are synced together; an object storage acknowledges each.
 */
export type Restoring = { files: Pick<FileStore, 'put' | 'size'>; folder?: string }

/** Brings the backup's files back; those that are there stay. @throws OperatorError naming what is damaged */
export async function restoreFiles(
  archive: Archive,
  backup: WholeBackup,
  { files, folder }: Restoring,
  progress: Progress,
): Promise<void> {
  progress.step('Files', 'bytes')
  const { count, bytes } = backup.manifest.files
  let done = 0
  const told = (piece: number) => {
    done += piece
    progress.at(done, bytes)
  }
  const copy = (wanted: Wanted) => copyFile(wanted, archive.files, files, told)
  const arriving = folder
    ? bringFiles(filesOf(backup), archive.files, { folder, files }, told)
    : inOrder(filesOf(backup), filesAtOnce, copy)
  for await (const copied of arriving) {
    if (!copied.missing) continue
    const said = { absent: 'is missing', unreadable: 'cannot be read', 'other bytes': 'is damaged' }
    throw new OperatorError(`${pathIn(archive, copied.sha256)} ${said[copied.missing]}.`)
  }
  progress.done(`${number.format(count)} (${sizeText(bytes)})`)
}

/** Where a file lies in the archive, for sentences. */
export function pathIn({ folder }: Archive, sha256: string): string {
  return `${folder}/files/${sha256.slice(0, 2)}/${sha256.slice(2)}`
}

/** The keys that lie beside the database. @throws OperatorError when one is missing or damaged */
export async function readSecrets({
  folder,
  manifest,
}: WholeBackup): Promise<{ name: string; data: Buffer }[]> {
  return Promise.all(
    manifest.secrets.map(async ({ name, sha256 }) => {
      const path = secretFile(folder, name)
      const data = await readFile(path).catch((cause) => {
        throw new OperatorError(`${path} cannot be read (${systemCode(cause)}).`, { cause })
      })
      if (hashOf(data) !== sha256)
        throw new OperatorError(`${path} is damaged: its content is not what was written.`)
      return { name, data }
    }),
  )
}

/** Says no unless each table holds the very rows that the backup has. @throws OperatorError naming the table */
export async function compareTables(
  client: Pick<pg.Client, 'query'>,
  { folder, manifest }: WholeBackup,
  progress: Progress,
): Promise<void> {
  progress.step('Comparing tables')
  let done = 0
  for (const table of manifest.tables) {
    const [kept, loaded] = [
      await digestRows(contentOf(tableFile(folder, table.name), table)),
      await digestRows(copyOut(client, tableQuery(table))),
    ]
    if (kept.digest !== loaded.digest) {
      throw new OperatorError(
        `The table ${table.name} came out otherwise than it went in (${loaded.rows} rows, ${kept.rows} in the backup).`,
      )
    }
    progress.at(++done, manifest.tables.length)
  }
  progress.done('the same')
}
