// Files that come into spaces: placed with the folders around them, as new files or as versions of those there.
import { ownFile } from '#features/documents'
import type { Who } from '#features/people'
import type { Ctx } from '#platform/ctx'
import { type FileId, type NodeId, newId, type VersionId } from '#platform/ids'
import { absent, Refused } from '#platform/refusal'
import type { FolderPaths, NewFile, Node, Paths, Placed } from '../contract.ts'
import { allow, nodeSeenBy, placeSeenBy } from '../place-actions.ts'
import * as rules from '../rules.ts'
import * as store from '../store.ts'
import {
  addFolder,
  changing,
  checkRoom,
  namedOrRefused,
  senderIn,
  shownOne,
  type Target,
  targetOf,
} from './change-actions.ts'
import * as changes from './change-store.ts'

/**
 * Puts a file that the sender may read into a place. Where its name is taken it becomes a version, gets a number or is
 * left out, as `clash` says; what may not become a version gets a number. The same `id` again is the same version.
 * @throws `absent`, `space.read-only`, `space.name-missing`, `space.too-deep`, `space.folder-full`, `space.files-only`
 */
export async function placeFile(ctx: Ctx, who: Who, place: string, draft: NewFile): Promise<Placed> {
  const again = draft.id && (await placedBefore(ctx, who, draft.id))
  if (again) return again
  await placeSeenBy(ctx, who, place)
  const file = await ownFile(ctx, who, draft.fileId)
  const name = namedOrRefused(draft.name ?? file.name)
  return changing(ctx, { places: [place] }, async (tx) => {
    // Whoever waited for the space looks again: the same may have come a moment before.
    const meanwhile = draft.id && (await placedBefore(tx, who, draft.id))
    if (meanwhile) return meanwhile
    const seen = targetOf(await placeSeenBy(tx, who, place))
    allow(rules.mayAdd(seen.right))
    const target = await folderBelow(tx, who, seen, (draft.folders ?? []).map(namedOrRefused))
    const version = draft.id ?? newId<VersionId>(tx.clock.now())
    return put(tx, who, target, { name, fileId: file.id, sha256: file.sha256, clash: draft.clash, version })
  })
}

/**
 * Makes folders below a place, where they are missing.
 * @throws `absent`, `space.read-only`, `space.name-missing`, `space.too-deep`, `space.folder-full`, `space.files-only`
 */
export async function makePaths(ctx: Ctx, who: Who, place: string, paths: FolderPaths): Promise<void> {
  const named = paths.map((path) => path.map(namedOrRefused))
  await changing(ctx, { places: [place] }, async (tx) => {
    const seen = targetOf(await placeSeenBy(tx, who, place))
    allow(rules.mayAdd(seen.right))
    for (const names of named) await folderBelow(tx, who, seen, names)
  })
}

async function placedBefore(ctx: Ctx, who: Who, id: VersionId): Promise<Placed | null> {
  const before = await changes.findVersion(ctx.db, id)
  if (!before) return null
  if (before.author !== who.account) throw absent()
  return { node: await shownOne(ctx, who, before.nodeId), outcome: 'new' }
}

/** The folder at the end of these names, made where it is missing. */
async function folderBelow(tx: Ctx, who: Who, from: Target, names: readonly string[]): Promise<Target> {
  let target = from
  for (const name of names) {
    const taken = await changes.listTaken(tx.db, target.owner, target.folder?.id ?? null, null)
    const there = taken.get(rules.nameKey(name))
    const called = there && !there.isFolder ? rules.nameBeside(name, new Set(taken.keys())) : name
    const id = there?.isFolder ? there.id : await addFolder(tx, who, target, called)
    const { node, rights } = await nodeSeenBy(tx, who, id)
    target = { ...target, folder: node, right: rights.right }
  }
  return target
}

type Coming = { name: string; fileId: FileId; sha256: string; clash: NewFile['clash']; version: VersionId }

async function put(tx: Ctx, who: Who, target: Target, coming: Coming): Promise<Placed> {
  const { owner, folder } = target
  const senderId = senderIn(folder, who)
  const taken = await changes.listTaken(tx.db, owner, folder?.id ?? null, senderId)
  const there = taken.get(rules.nameKey(coming.name))
  const done = there && !there.isFolder ? await meet(tx, who, target, there, coming) : null
  if (done) return done
  const id = newId<NodeId>(tx.clock.now())
  await checkRoom(tx, target, [{ id, isFolder: false, height: 0 }])
  const name = rules.nameBeside(coming.name, new Set(taken.keys()))
  const node = {
    id,
    parent: folder,
    name,
    file: { id: coming.fileId, version: coming.version },
    pupils: 'read',
    senderId,
    author: who.account,
  }
  await changes.insertNodes(tx.db, owner, [node], new Date(tx.clock.now()))
  return { node: await shownOne(tx, who, id), outcome: 'new' }
}

const versionOf = ({ version, fileId }: Coming, nodeId: NodeId, who: Who) => ({
  id: version,
  nodeId,
  fileId,
  author: who.account,
})

/** What becomes of a file whose name is there; null when it is to stand beside it. */
async function meet(
  tx: Ctx,
  who: Who,
  target: Target,
  there: changes.Taken,
  coming: Coming,
): Promise<Placed | null> {
  if (coming.clash === 'both') return null
  const same = there.sha256 === coming.sha256
  const mine = there.author === who.account
  if (coming.clash === 'skip' || same) return { node: await shownOne(tx, who, there.id), outcome: 'skipped' }
  if (!rules.mayWrite({ right: target.right, mine })) return null
  await changes.insertVersion(tx.db, versionOf(coming, there.id, who), new Date(tx.clock.now()))
  return { node: await shownOne(tx, who, there.id), outcome: 'version' }
}

/** Those of the paths below a place at which a file is already. @throws `absent` */
export async function clashesIn(ctx: Ctx, who: Who, place: string, paths: Paths): Promise<Paths> {
  const target = targetOf(await placeSeenBy(ctx, who, place))
  const folders = new Map<string, Map<string, string[]>>()
  for (const path of paths) {
    const parts = path.split('/').map(rules.nodeName)
    const name = rules.nameKey(parts.pop() ?? '')
    const names = folders.get(parts.join('/')) ?? new Map<string, string[]>()
    names.set(name, [...(names.get(name) ?? []), path])
    folders.set(parts.join('/'), names)
  }
  const found: Paths = []
  for (const [folder, names] of folders) {
    const at = await existing(ctx, who, target, folder ? folder.split('/') : [])
    if (!at) continue
    const taken = await changes.listTaken(ctx.db, at.owner, at.folder?.id ?? null, senderIn(at.folder, who))
    for (const [key, named] of names) if (taken.get(key)?.isFolder === false) found.push(...named)
  }
  return found
}

async function existing(ctx: Ctx, who: Who, from: Target, names: readonly string[]): Promise<Target | null> {
  let target = from
  for (const name of names) {
    const taken = await changes.listTaken(ctx.db, target.owner, target.folder?.id ?? null, null)
    const there = taken.get(rules.nameKey(name))
    if (!there?.isFolder) return null
    const { node, rights } = await nodeSeenBy(ctx, who, there.id)
    target = { ...target, folder: node, right: rights.right }
  }
  return target
}

/** Makes an older version the latest again; the one that was stays in the history. @throws `absent`, `space.read-only`, `space.version-unknown` */
export async function restoreVersion(ctx: Ctx, who: Who, id: NodeId, version: VersionId): Promise<Node> {
  return changing(ctx, { nodes: [id] }, async (tx) => {
    const { node, rights } = await nodeSeenBy(tx, who, id)
    allow(rules.mayWrite(rights))
    const older = await changes.findVersion(tx.db, version)
    if (older?.nodeId !== id) throw new Refused('space.version-unknown')
    if (older.fileId !== node.fileId) {
      const again = {
        id: newId<VersionId>(tx.clock.now()),
        nodeId: id,
        fileId: older.fileId,
        author: who.account,
      }
      await changes.insertVersion(tx.db, again, new Date(tx.clock.now()))
    }
    return shownOne(tx, who, id)
  })
}

/** A file of a space as one of the sender's own, to be attached elsewhere without being sent again. @throws `absent`, `space.no-folder` */
export async function takeFile(ctx: Ctx, who: Who, id: NodeId) {
  const { node } = await nodeSeenBy(ctx, who, id)
  if (!node.fileId) throw new Refused('space.no-folder')
  return ownFile(ctx, who, node.fileId, node.name)
}
