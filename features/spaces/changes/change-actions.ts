// Changing what lies in spaces: folders, names, moves and copies. One change of a space at a time.
import type { Who } from '#features/people'
import { change } from '#platform/change'
import type { Ctx, Db } from '#platform/ctx'
import { type NodeId, newId, type PersonId, type SchoolId, type VersionId } from '#platform/ids'
import { absent, Refused } from '#platform/refusal'
import type { NewFolder, Node, NodeDraft, Nodes, Transfer } from '../contract.ts'
import {
  allow,
  knownNodes,
  nodeSeenBy,
  nodesSeenBy,
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
  const { folder: parent, schoolId, owner } = target
  const node = { id, parent, name, fileId: null, pupils, senderId: null, author: who.account }
  await changes.insertNode(tx.db, schoolId, owner, node, new Date(now))
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

/** Brings nodes into another place; where a name is taken there, they get a number. @throws `absent`, `space.read-only`, `space.into-itself`, `space.too-deep` … */
export async function moveNodes(ctx: Ctx, who: Who, { nodes: ids, to }: Transfer): Promise<Nodes> {
  return changing(ctx, { nodes: ids, places: [to] }, async (tx) => {
    const target = targetOf(await placeSeenBy(tx, who, to))
    allow(rules.mayAdd(target.right))
    const seen = outermost(await nodesSeenBy(tx, who, ids))
    for (const { node, rights } of seen)
      allow(sameSpace(node, target.owner) ? rules.mayChange(rights) : rules.mayTakeAway(rights))
    const coming = seen.filter(
      ({ node }) => node.parentId !== (target.folder?.id ?? null) || !sameSpace(node, target.owner),
    )
    await checkRoom(tx, target, await measured(tx, coming))
    // What a pupil dropped stays that pupil's in another drop box.
    const senders = coming.map(({ node }) =>
      isDropBox(target.folder) ? (node.senderId ?? who.account) : null,
    )
    const wanted = coming.map(({ node }, i) => ({ name: node.name, senderId: senders[i] ?? null }))
    const names = await freeNames(tx, target, wanted)
    for (const [i, { node }] of coming.entries()) {
      const name = names[i] ?? node.name
      const moved = { id: node.id, path: node.path, name, senderId: senders[i] ?? null }
      await changes.moveNode(tx.db, target.owner, target.folder, moved, !sameSpace(node, target.owner))
    }
    return shown(
      tx,
      who,
      seen.map(({ node }) => node.id),
    )
  })
}

/** Of nodes that lie in one another, the outer ones. */
function outermost(seen: SeenNode[]): SeenNode[] {
  const chosen = new Set(seen.map(({ node }) => node.id))
  return seen.filter(({ node }) => !node.path.some((id) => chosen.has(id)))
}

const sameSpace = (a: store.Owner, b: store.Owner) =>
  a.personId === b.personId && a.classId === b.classId && a.schoolId === b.schoolId

async function measured(tx: Ctx, seen: readonly SeenNode[]) {
  const heights = await changes.listHeights(
    tx.db,
    seen.map(({ node }) => node.id),
  )
  return seen.map(({ node }) => ({
    id: node.id,
    isFolder: node.fileId === null,
    height: heights.get(node.id) ?? 0,
  }))
}

type Wanted = { name: string; senderId: PersonId | null }

/** Names in a place beside those that are taken there: in a drop box, by the same sender. */
async function freeNames(tx: Ctx, { owner, folder }: Target, wanted: readonly Wanted[]): Promise<string[]> {
  const taken = new Map<PersonId | null, Set<string>>()
  for (const { senderId } of wanted) {
    if (taken.has(senderId)) continue
    const names = await changes.listTaken(tx.db, owner, folder?.id ?? null, senderId)
    taken.set(senderId, new Set(names.keys()))
  }
  return wanted.map(({ name, senderId }) => {
    const keys = taken.get(senderId) ?? new Set()
    const free = rules.nameBeside(name, keys)
    keys.add(rules.nameKey(free))
    return free
  })
}

/** Copies nodes with all that the sender sees in them; their latest versions, not their history. @throws as `moveNodes`, and `space.too-many` */
export async function copyNodes(ctx: Ctx, who: Who, { nodes: ids, to }: Transfer): Promise<Nodes> {
  return changing(ctx, { nodes: ids, places: [to] }, async (tx) => {
    const target = targetOf(await placeSeenBy(tx, who, to))
    allow(rules.mayAdd(target.right))
    const seen = outermost(await nodesSeenBy(tx, who, ids))
    await checkRoom(tx, target, await measured(tx, seen))
    const senderId = senderIn(target.folder, who)
    const wanted = seen.map(({ node }) => ({ name: node.name, senderId }))
    const names = await freeNames(tx, target, wanted)
    const made: NodeId[] = []
    let left = rules.mostAtOnce
    for (const [i, one] of seen.entries()) {
      const copied = await copyTree(tx, who, target, one, names[i] ?? one.node.name, left)
      left -= copied.count
      made.push(copied.id)
    }
    return shown(tx, who, made)
  })
}

async function copyTree(
  tx: Ctx,
  who: Who,
  target: Target,
  { node, rights }: SeenNode,
  name: string,
  most: number,
) {
  const inside = node.fileId ? [] : await changes.listTree(tx.db, node.id, most)
  if (inside.length + 1 > most) throw new Refused('space.too-many', { limit: rules.mostAtOnce })
  const visible = inside.filter(({ senderId }) => rights.right === 4 || !senderId || senderId === who.account)
  const made = new Map<NodeId, Pick<store.NodeRow, 'id' | 'path'>>()
  const at = new Date(tx.clock.now())
  for (const one of [node, ...visible]) {
    const parent = one === node ? target.folder : (made.get(one.parentId as NodeId) ?? null)
    const id = newId<NodeId>(tx.clock.now())
    // A copied drop box stays one, with whose each thing in it is.
    const senderId = one === node ? senderIn(target.folder, who) : one.senderId
    const called = one === node ? name : one.name
    const copy = {
      id,
      parent,
      name: called,
      fileId: one.fileId,
      pupils: one.pupils,
      senderId,
      author: who.account,
    }
    await changes.insertNode(tx.db, target.schoolId, target.owner, copy, at)
    made.set(one.id, { id, path: parent ? [...parent.path, parent.id] : [] })
    if (!one.fileId) continue
    const version = {
      id: newId<VersionId>(tx.clock.now()),
      nodeId: id,
      fileId: one.fileId,
      author: who.account,
    }
    await changes.insertVersion(tx.db, version, at)
  }
  return { id: (made.get(node.id) as { id: NodeId }).id, count: made.size }
}
