// The folder that backups are made to: files by content, shared by all of them, and one small folder for each, which
// appears whole or not at all.
//
//   preau-backups.json            says what the folder is
//   files/ab/cdef…                bytes, named by their SHA-256
//   backups/2026-11-24T02-00-00Z/ manifest.json, tables/…, files.zst, secrets/…
//   backups/.new-…                one that is being made, or was killed while it was
import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type FileStore, folderStore, syncFolder } from '../files.ts'
import { OperatorError, systemCode } from '../operator-error.ts'
import { format, type Manifest, readManifest, writeManifest } from './manifest.ts'

export type Archive = {
  folder: string
  /** Tells this archive from another one that is mounted at the same place. */
  id: string
  files: FileStore
}

/** A backup in the archive, or what is left of one. */
export type Backup = { id: string; folder: string } & (
  | { manifest: Manifest; wrong?: undefined }
  | { manifest?: undefined; wrong: string }
)
export type WholeBackup = Extract<Backup, { manifest: Manifest }>

const marker = 'preau-backups.json'
const draftPrefix = '.new-'
const removedPrefix = '.old-'
/** What file systems and we ourselves put into a folder that is otherwise empty. */
const nothing = /^(lost\+found|lock(\..*)?|\.preau-backups\.json\.new)$/

/** The archive in a folder. @throws OperatorError when there is none. */
export async function openArchive(folder: string): Promise<Archive> {
  const found = await readMarker(folder)
  if (found) return { folder, id: found, files: folderStore(join(folder, 'files')) }
  throw new OperatorError(
    `${folder} holds no backups of Préau: is this the right folder, and is its disk mounted?`,
  )
}

/** The archive in a folder, made when the folder is empty or new. @throws OperatorError when it holds other things. */
export async function openOrMakeArchive(folder: string): Promise<Archive> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if (!(await readMarker(folder))) {
    const found = (await readdir(folder)).filter((name) => !nothing.test(name))
    if (found.length > 0) {
      throw new OperatorError(
        `${folder} holds other things (${found.slice(0, 3).join(', ')}): name a new or an empty folder for backups.`,
      )
    }
    await writeDurably(folder, marker, `${JSON.stringify({ format, id: randomUUID() })}\n`)
  }
  for (const name of ['files', 'backups']) await mkdir(join(folder, name), { recursive: true, mode: 0o700 })
  await syncFolder(folder)
  return openArchive(folder)
}

async function readMarker(folder: string): Promise<string | undefined> {
  const text = await readFile(join(folder, marker), 'utf8').catch((error) => {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return undefined
    throw error
  })
  if (text === undefined) return undefined
  const found = JSON.parse(text) as { format: number; id: string }
  if (found.format === format) return found.id
  throw new OperatorError(`${folder} was written by a newer Préau: update this one to use it.`)
}

/** Writes a file that is whole under its name, and stays so after a power cut. */
export async function writeDurably(folder: string, name: string, data: string | Buffer): Promise<void> {
  const draft = join(folder, `.${name}.new`)
  const handle = await open(draft, 'w', 0o600)
  try {
    await handle.writeFile(data)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(draft, join(folder, name))
  await syncFolder(folder)
}

/** The backups, oldest first; one that cannot be read says what is wrong with it. */
export async function listBackups({ folder }: Archive): Promise<Backup[]> {
  const names = await readdir(join(folder, 'backups'))
  const ids = names.filter((name) => !name.startsWith('.')).sort()
  return Promise.all(ids.map((id) => readBackup(join(folder, 'backups', id), id)))
}

async function readBackup(folder: string, id: string): Promise<Backup> {
  const path = join(folder, 'manifest.json')
  try {
    return { id, folder, manifest: readManifest(await readFile(path, 'utf8'), path) }
  } catch (error) {
    const wrong =
      error instanceof OperatorError ? error.message : `${path} cannot be read (${systemCode(error)}).`
    return { id, folder, wrong }
  }
}

/** The backup of that id or date (the newest that begins so), or the newest. @throws OperatorError when there is none whole */
export async function findBackup(archive: Archive, at = ''): Promise<WholeBackup> {
  const all = await listBackups(archive)
  const found = all.findLast((backup) => backup.id.startsWith(at))
  if (!found) {
    const which = all.length > 0 ? `; there are ${all.map((b) => b.id).join(', ')}` : ''
    throw new OperatorError(`${archive.folder} holds no backup ${at || 'yet'}${which}.`)
  }
  if (found.manifest) return found
  const older = all.findLast((backup) => backup.manifest && backup.id < found.id)
  throw new OperatorError(`${found.wrong}${older ? ` An older one can be named: --at ${older.id}` : ''}`)
}

/** Where a table's rows lie in a backup. */
export const tableFile = (folder: string, name: string) =>
  join(folder, 'tables', `${encodeURIComponent(name)}.zst`)
export const listFile = (folder: string) => join(folder, 'files.zst')
export const secretFile = (folder: string, name: string) => join(folder, 'secrets', name)

export type Draft = { id: string; folder: string }

/** Begins a backup, after what killed ones left was cleared away. The archive's lock must be held. */
export async function beginDraft(archive: Archive, at: number): Promise<Draft> {
  await clearLeftovers(archive)
  const names = new Set(await readdir(join(archive.folder, 'backups')))
  const stem = `${new Date(at).toISOString().slice(0, 19).replaceAll(':', '-')}Z`
  let id = stem
  for (let n = 2; names.has(id); n++) id = `${stem}-${n}`
  const folder = join(archive.folder, 'backups', `${draftPrefix}${id}`)
  for (const name of ['tables', 'secrets']) await mkdir(join(folder, name), { recursive: true, mode: 0o700 })
  return { id, folder }
}

async function clearLeftovers({ folder }: Archive): Promise<void> {
  for (const name of await readdir(join(folder, 'backups'))) {
    if (name.startsWith(draftPrefix) || name.startsWith(removedPrefix))
      await rm(join(folder, 'backups', name), { recursive: true, force: true })
  }
  // Files on their way into the store; those that arrived stay, and need not be copied again.
  await rm(join(folder, 'files', 'new'), { recursive: true, force: true })
}

/** Makes a finished draft a backup: from here on it is there, whole. */
export async function finishDraft(archive: Archive, draft: Draft, manifest: Manifest): Promise<WholeBackup> {
  for (const name of ['tables', 'secrets']) await syncFolder(join(draft.folder, name))
  await writeDurably(draft.folder, 'manifest.json', writeManifest(manifest))
  const folder = join(archive.folder, 'backups', draft.id)
  await rename(draft.folder, folder)
  await syncFolder(join(archive.folder, 'backups'))
  return { id: draft.id, folder, manifest }
}

/** Takes a backup away: at once it is none any more. Its files go when they are swept. */
export async function removeBackup(archive: Archive, id: string): Promise<void> {
  const aside = join(archive.folder, 'backups', `${removedPrefix}${id}`)
  await rename(join(archive.folder, 'backups', id), aside)
  await syncFolder(join(archive.folder, 'backups'))
  await rm(aside, { recursive: true, force: true })
}

const triedFile = 'tried.json'

/** The last trial of restoring a backup, and how it ended. */
export type Tried = { backup: string; at: string; whole: boolean }

/** Notes how a trial ended. */
export async function noteTried(archive: Archive, tried: Tried): Promise<void> {
  await writeDurably(archive.folder, triedFile, `${JSON.stringify(tried)}\n`)
}

/** The last trial, if there was one. */
export async function lastTried({ folder }: Archive): Promise<Tried | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, triedFile), 'utf8'))
  } catch {
    return undefined
  }
}
