// Brings a backup's files and keys back, and compares what was loaded with what was kept.
import { readFile } from 'node:fs/promises'
import type pg from 'pg'
import type { FileStore } from '../files.ts'
import { OperatorError, systemCode } from '../operator-error.ts'
import { number, type Progress, sizeText } from '../progress.ts'
import { type Archive, listFile, secretFile, tableFile, type WholeBackup } from './archive.ts'
import { copyFile, type Wanted } from './copy-files.ts'
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

/** Brings the backup's files into a store; those that are there stay. @throws OperatorError naming what is damaged */
export async function restoreFiles(
  archive: Archive,
  backup: WholeBackup,
  store: Pick<FileStore, 'put' | 'size'>,
  progress: Progress,
): Promise<void> {
  progress.step('Files', 'bytes')
  const { count, bytes } = backup.manifest.files
  let done = 0
  const bring = async (wanted: Required<Wanted>) => {
    const copied = await copyFile(wanted, archive.files, store)
    if (copied.missing) {
      const said = { absent: 'is missing', unreadable: 'cannot be read', 'other bytes': 'is damaged' }
      throw new OperatorError(`${pathIn(archive, wanted.sha256)} ${said[copied.missing]}.`)
    }
    done += wanted.bytes
    progress.at(done, bytes)
  }
  for await (const _ of inOrder(filesOf(backup), filesAtOnce, bring));
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
