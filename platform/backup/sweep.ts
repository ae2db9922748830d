// Takes away the backups that need not be kept, and then the files that no backup names any more.
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { OperatorError } from '../operator-error.ts'
import type { Progress } from '../progress.ts'
import { type Archive, listBackups, removeBackup, type WholeBackup } from './archive.ts'
import { filesOf } from './restore.ts'
import { dispensable, type Keep } from './retention.ts'

export type Swept = { backups: string[]; files: number }

type Policy = { keep: Keep; now: number; zone: string }

/** Takes away what the policy does not keep. The archive's lock must be held. */
export async function sweepArchive(archive: Archive, policy: Policy, progress: Progress): Promise<Swept> {
  const backups = await listBackups(archive)
  const dated = backups.flatMap(({ id, manifest }) =>
    manifest ? [{ id, at: Date.parse(manifest.at), whole: manifest.files.missing.length === 0 }] : [],
  )
  const gone = dispensable(dated, policy.keep, policy.now, policy.zone)
  for (const id of gone) await removeBackup(archive, id)
  const kept = backups.filter(({ id }) => !gone.includes(id))
  const readable: WholeBackup[] = []
  for (const backup of kept) if (backup.manifest && (await isListWhole(backup))) readable.push(backup)
  // While one cannot be read, nobody knows which files it needs.
  if (readable.length < kept.length) return { backups: gone, files: 0 }
  return { backups: gone, files: await sweepFiles(archive, readable, progress) }
}

/** A list shows only at its end that it was damaged, so it is read once before anything is taken away by it. */
async function isListWhole(backup: WholeBackup): Promise<boolean> {
  try {
    for await (const _ of filesOf(backup));
    return true
  } catch (error) {
    if (error instanceof OperatorError) return false
    throw error
  }
}

async function sweepFiles({ folder }: Archive, backups: WholeBackup[], progress: Progress): Promise<number> {
  const needed = merged(backups)
  let next = await needed.next()
  let removed = 0
  progress.step('Tidying up')
  const folders = (await readdir(join(folder, 'files')).catch(() => [])).filter((name) =>
    /^[0-9a-f]{2}$/.test(name),
  )
  for (const [i, prefix] of folders.sort().entries()) {
    const here = new Set<string>()
    for (; !next.done && next.value.sha256.slice(0, 2) <= prefix; next = await needed.next()) {
      if (next.value.sha256.startsWith(prefix)) here.add(next.value.sha256.slice(2))
    }
    for (const name of await readdir(join(folder, 'files', prefix))) {
      if (here.has(name)) continue
      await rm(join(folder, 'files', prefix, name), { force: true })
      removed++
    }
    progress.at(i + 1, folders.length)
  }
  await needed.return(undefined)
  progress.done()
  return removed
}

type Named = { sha256: string; bytes: number }

/** The files of several backups, each once, sorted by hash. @throws OperatorError when a list is damaged */
export async function* merged(backups: readonly WholeBackup[]): AsyncGenerator<Named> {
  const lists = backups.map((backup) => filesOf(backup))
  try {
    const heads = await Promise.all(lists.map((list) => list.next()))
    for (;;) {
      let least: Named | undefined
      for (const { value, done } of heads) if (!done && (!least || value.sha256 < least.sha256)) least = value
      if (!least) return
      yield least
      for (const [i, head] of heads.entries()) {
        if (!head.done && head.value.sha256 === least.sha256)
          heads[i] = await (lists[i] as AsyncGenerator<Named>).next()
      }
    }
  } finally {
    for (const list of lists) await list.return(undefined)
  }
}
