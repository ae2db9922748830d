// Throwing away, with thirty days to think better of it.
import type { Who } from '#features/people'
import type { Ctx } from '#platform/ctx'
import type { NodeId } from '#platform/ids'
import { changing, shown } from '../changes/change-actions.ts'
import * as changes from '../changes/change-store.ts'
import type { Nodes, Trash } from '../contract.ts'
import { allow, knownNodes, nodesSeenBy, placeSeenBy } from '../place-actions.ts'
import * as rules from '../rules.ts'
import * as store from '../store.ts'
import * as trash from './trash-store.ts'

const day = 86_400_000
const mostListed = 500
const batch = 200

/** Puts nodes into the trash of their space: nobody reads them there. @throws `absent`, `space.read-only` */
export async function trashNodes(ctx: Ctx, who: Who, ids: readonly NodeId[]): Promise<void> {
  await changing(ctx, { nodes: ids }, async (tx) => {
    const seen = await nodesSeenBy(tx, who, ids)
    for (const { rights } of seen) allow(rules.mayChange(rights))
    await trash.setTrashed(tx.db, ids, who.account, new Date(tx.clock.now()))
  })
}

/**
 * Takes nodes out of the trash, to where they were; where that is gone, to the innermost
 * folder around it that is there. A name that is taken
 * meanwhile gets a number. @throws `absent`, `space.read-only`
 */
export async function restoreNodes(ctx: Ctx, who: Who, ids: readonly NodeId[]): Promise<Nodes> {
  return changing(ctx, { nodes: ids }, async (tx) => {
    for (const { node, rights } of await knownNodes(tx, who, ids)) {
      allow(rules.mayChange(rights))
      if (node.trashedAt) await bringBack(tx, who, node)
    }
    return shown(tx, who, ids)
  })
}

async function bringBack(tx: Ctx, who: Who, node: store.NodeRow): Promise<void> {
  const above = new Map((await store.findNodes(tx.db, node.path)).map((folder) => [folder.id, folder]))
  const gone = node.path.findIndex((id) => above.get(id)?.trashedAt !== null)
  const parent = above.get((gone < 0 ? node.path : node.path.slice(0, gone)).at(-1) as NodeId) ?? null
  if (gone >= 0) {
    // What lay in a drop box goes back there, or stays where only its sender and the teachers know of it.
    allow(node.senderId === null)
    const { kind, id } = store.spaceNameOf(node)
    allow(rules.mayAdd((await placeSeenBy(tx, who, parent?.id ?? `${kind}.${id}`)).right))
  }
  const taken = await changes.listTaken(tx.db, node, parent?.id ?? null, node.senderId)
  const name = rules.nameBeside(node.name, new Set(taken.keys()))
  const { id, senderId, fileId, path } = node
  const back = { id, senderId, name, isFolder: fileId === null, depth: path.length, leaves: false }
  await changes.moveNodes(tx.db, node, parent, [back])
  await trash.setTrashed(tx.db, [node.id], who.account, null)
}

/** What is in the trash of a space, for those who may bring it back. @throws `absent` */
export async function viewTrash(ctx: Ctx, who: Who, place: string): Promise<Trash> {
  const { space, right } = await placeSeenBy(ctx, who, place)
  return trash.listTrash(ctx.db, space, { account: who.account, leads: right === 4 }, mostListed)
}

/** Deletes for good what has been in the trash for thirty days; a part of it each time. Returns how many nodes went. */
export async function sweepTrash(ctx: Pick<Ctx, 'db' | 'clock'>): Promise<number> {
  const until = new Date(ctx.clock.now() - rules.daysInTrash * day)
  return ctx.db.transaction().execute(async (tx) => {
    const { nodes, files } = await trash.deleteTrashed(tx, until, batch)
    for (const id of files) await trash.deleteFileIfFree(tx, id)
    return nodes
  })
}
