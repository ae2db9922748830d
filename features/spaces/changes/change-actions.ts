// Changing what lies in spaces: folders, their names, what pupils may do in them. One change of a space at a time.
import type { Who } from '#features/people'
import { change } from '#platform/change'
import type { Ctx, Db } from '#platform/ctx'
import { type NodeId, newId, type PersonId, type SchoolId } from '#platform/ids'
import { absent, Refused } from '#platform/refusal'
import type { NewFolder, Node, NodeDraft, Nodes } from '../contract.ts'
import {
  allow,
  knownNodes,
  nodeSeenBy,
  placeSeenBy,
  type SeenNode,
  type SeenPlace,
} from '../place-actions.ts'
import * as rules from '../rules.ts'
import * as store from '../store.ts'
import * as changes from './change-store.ts'

/** The school and owner of a place, and the folder in it. */
export type Target = { owner: store.Owner; schoolId: SchoolId; folder: store.NodeRow | null; right: number }

/** The place as what is written there needs it. */
export function targetOf({ space, folder, right }: SeenPlace): Target {
  const { schoolId, personId, classId } = folder ?? space
  return { owner: { schoolId, personId, classId }, schoolId, folder, right }
}

export type Named = { nodes?: readonly NodeId[]; places?: readonly string[] }

/**
 * Runs `work` in a transaction that has the spaces of these nodes and places to itself; the context that it is given
 * reads within it. @throws `absent` where one is unknown
 */
export async function changing<T>(ctx: Ctx, named: Named, work: (tx: Ctx) => Promise<T>): Promise<T> {
  return change(ctx, async (tx) => {
    await changes.lockSpaces(tx, await spacesOf(tx, named))
    return work({ ...ctx, db: tx })
  })
}

async function spacesOf(tx: Db, { nodes = [], places = [] }: Named): Promise<rules.SpaceName[]> {
  const read = places.map(rules.readPlace)
  const folders = read.flatMap((place) => (place && 'folder' in place ? [place.folder] : []))
  const spaces = read.flatMap((place) => (place && !('folder' in place) ? [place] : []))
  const rows = await store.findNodes(tx, [...nodes, ...folders])
  return [...spaces, ...rows.map(store.spaceNameOf)]
}

/** @throws `space.name-missing` */
export function namedOrRefused(given: string): string {
  const name = rules.nodeName(given)
  if (!name) throw new Refused('space.name-missing')
  return name
}

/** What came of a change, as the one who made it sees it. */
export async function shown(ctx: Ctx, who: Who, ids: readonly NodeId[]): Promise<Nodes> {
  const seen = await knownNodes(ctx, who, ids)
  const views = await store.viewNodes(ctx.db, ids, { account: who.account, leads: true })
  const leads = new Map(seen.map(({ node, rights }) => [node.id, rights.right === 4]))
  return views.map((view) => ({ ...view, shared: view.shared && (leads.get(view.id) ?? false) }))
}

export async function shownOne(ctx: Ctx, who: Who, id: NodeId): Promise<Node> {
  const [node] = await shown(ctx, who, [id])
  if (!node) throw absent()
  return node
}

/** Whether a folder in a class's space is a drop box: what comes into it is its sender's and the teachers'. */
export const isDropBox = (folder: store.NodeRow | null) =>
  folder?.pupils === 'drop' && folder.classId !== null

/** Whose name what comes into a place carries, in a drop box. */
export function senderIn(folder: store.NodeRow | null, who: Who): PersonId | null {
  return isDropBox(folder) ? who.account : null
}

/** @throws the obstacle's code */
export async function checkRoom(
  ctx: Ctx,
  { owner, folder }: Target,
  coming: Parameters<typeof rules.obstacleToComing>[1],
): Promise<void> {
  const size = await changes.countIn(ctx.db, owner, folder?.id ?? null)
  const facts = { id: folder?.id ?? null, path: folder?.path ?? [], isDropBox: isDropBox(folder), size }
  const obstacle = rules.obstacleToComing(facts, coming)
  if (obstacle) throw new Refused(obstacle, limits[obstacle] ?? {})
}

const limits: Partial<Record<string, Record<string, number>>> = {
  'space.folder-full': { limit: rules.mostInFolder },
  'space.too-deep': { limit: rules.deepest },
}

/** Makes a folder. @throws `absent`, `space.read-only`, `space.name-missing`, `space.name-taken`, `space.too-deep` … */
export async function makeFolder(ctx: Ctx, who: Who, place: string, draft: NewFolder): Promise<Node> {
  const name = namedOrRefused(draft.name)
  return changing(ctx, { places: [place] }, async (tx) => {
    const target = targetOf(await placeSeenBy(tx, who, place))
    allow(rules.mayAdd(target.right))
    const { pupils = 'read' } = draft
    if (pupils !== 'read') allow(target.right === 4 && target.owner.classId !== null)
    const taken = await changes.listTaken(tx.db, target.owner, target.folder?.id ?? null, null)
    if (taken.has(rules.nameKey(name))) throw new Refused('space.name-taken')
    const id = await addFolder(tx, who, target, name, pupils)
    return shownOne(tx, who, id)
  })
}

/** Adds a folder whose name is free; the caller has checked that it may. @throws `space.too-deep`, `space.folder-full`, `space.files-only` */
export async function addFolder(
  tx: Ctx,
  who: Who,
  target: Target,
  name: string,
  pupils = 'read',
): Promise<NodeId> {
  const now = tx.clock.now()
  const id = newId<NodeId>(now)
  await checkRoom(tx, target, [{ id, isFolder: true, height: 1 }])
  const node = { id, parent: target.folder, name, file: null, pupils, senderId: null, author: who.account }
  await changes.insertNodes(tx.db, target.owner, [node], new Date(now))
  return id
}

/** Renames a node, or opens a folder to pupils. @throws as `makeFolder`, and `space.not-empty` */
export async function changeNode(ctx: Ctx, who: Who, id: NodeId, draft: NodeDraft): Promise<Node> {
  return changing(ctx, { nodes: [id] }, async (tx) => {
    const seen = await nodeSeenBy(tx, who, id)
    if (draft.name !== undefined) await rename(tx, who, seen, namedOrRefused(draft.name))
    if (draft.pupils !== undefined) await openToPupils(tx, seen, draft.pupils)
    return shownOne(tx, who, id)
  })
}

async function rename(tx: Ctx, who: Who, { node, rights }: SeenNode, name: string): Promise<void> {
  allow(rules.mayChange(rights))
  const taken = await changes.listTaken(tx.db, node, node.parentId, node.senderId)
  const other = taken.get(rules.nameKey(name))
  if (other && other.id !== node.id) throw new Refused('space.name-taken')
  await changes.setName(tx.db, node.id, name, who.account, new Date(tx.clock.now()))
}

async function openToPupils(tx: Ctx, { node, rights }: SeenNode, pupils: string): Promise<void> {
  if (node.fileId) throw new Refused('space.no-folder')
  allow(rights.right === 4 && node.classId !== null)
  const boxed = node.pupils === 'drop' || pupils === 'drop'
  // What pupils handed in is never shown to their class by a switch.
  if (boxed && node.pupils !== pupils && (await changes.countIn(tx.db, node, node.id)) > 0)
    throw new Refused('space.not-empty')
  await changes.setPupils(tx.db, node.id, pupils)
}
