// Moving and copying nodes with all that lies in them. Each holds its spaces for as long as it takes, so it asks the
// database as often for thousands as for one, give or take a few long inserts.
import type { Who } from '#features/people'
import type { Ctx } from '#platform/ctx'
import { type NodeId, newId, type PersonId, type VersionId } from '#platform/ids'
import { Refused } from '#platform/refusal'
import type { Nodes, Transfer } from '../contract.ts'
import { allow, nodesSeenBy, placeSeenBy, type SeenNode } from '../place-actions.ts'
import * as rules from '../rules.ts'
import type * as store from '../store.ts'
import { changing, checkRoom, isDropBox, senderIn, shown, type Target, targetOf } from './change-actions.ts'
import * as changes from './change-store.ts'

/** Brings nodes into another place; where a name is taken there, they get a number. @throws `absent`, `space.read-only`, `space.into-itself`, `space.too-deep` … */
export async function moveNodes(ctx: Ctx, who: Who, { nodes: ids, to }: Transfer): Promise<Nodes> {
  return changing(ctx, { nodes: ids, places: [to] }, async (tx) => {
    const target = targetOf(await placeSeenBy(tx, who, to))
    allow(rules.mayAdd(target.right))
    const seen = outermost(await nodesSeenBy(tx, who, ids))
    const leaves = ({ node }: SeenNode) => !sameSpace(node, target.owner)
    for (const one of seen) allow(leaves(one) ? rules.mayTakeAway(one.rights) : rules.mayChange(one.rights))
    const coming = seen.filter((one) => one.node.parentId !== (target.folder?.id ?? null) || leaves(one))
    await checkRoom(tx, target, await measured(tx, coming))
    // What a pupil dropped stays that pupil's in another drop box.
    const wanted = coming.map(({ node }) => ({
      name: node.name,
      senderId: isDropBox(target.folder) ? (node.senderId ?? who.account) : null,
    }))
    const names = await freeNames(tx, target, wanted)
    const moved = coming.map((one, i) => ({
      id: one.node.id,
      depth: one.node.path.length,
      isFolder: one.node.fileId === null,
      name: names[i] ?? one.node.name,
      senderId: wanted[i]?.senderId ?? null,
      leaves: leaves(one),
    }))
    await changes.moveNodes(tx.db, target.owner, target.folder, moved)
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
    const copies = copiesOf(tx, who, target.folder, [
      ...seen.map(({ node }, i) => ({ ...node, name: names[i] ?? node.name, parentId: null, senderId })),
      ...(await visibleInside(tx, who, seen)),
    ])
    await changes.insertNodes(tx.db, target.owner, copies, new Date(tx.clock.now()))
    return shown(
      tx,
      who,
      copies.slice(0, seen.length).map(({ id }) => id),
    )
  })
}

/** What lies in nodes that the sender sees, folders before what lies in them. @throws `space.too-many` */
async function visibleInside(tx: Ctx, who: Who, seen: readonly SeenNode[]): Promise<store.NodeRow[]> {
  const rights = new Map(seen.map(({ node, rights }) => [node.id, rights.right]))
  const folders = seen.filter(({ node }) => !node.fileId).map(({ node }) => node.id)
  const inside = await changes.listTrees(tx.db, folders, rules.mostAtOnce)
  if (seen.length + inside.length > rules.mostAtOnce)
    throw new Refused('space.too-many', { limit: rules.mostAtOnce })
  const leads = ({ path }: store.NodeRow) => path.some((id) => rights.get(id) === 4)
  return inside.filter((node) => leads(node) || !node.senderId || node.senderId === who.account)
}

type Original = Pick<store.NodeRow, 'id' | 'parentId' | 'name' | 'fileId' | 'pupils' | 'senderId'>

/** New nodes like these, in their order; those without a parent lie in `folder`. */
function copiesOf(
  { clock }: Ctx,
  { account: author }: Who,
  folder: store.NodeRow | null,
  originals: readonly Original[],
): changes.NewNode[] {
  const made = new Map<NodeId, Pick<store.NodeRow, 'id' | 'path'>>()
  return originals.map(({ id: original, parentId, name, fileId, pupils, senderId }) => {
    const parent = (parentId && made.get(parentId)) ?? folder
    const id = newId<NodeId>(clock.now())
    made.set(original, { id, path: parent ? [...parent.path, parent.id] : [] })
    const file = fileId && { id: fileId, version: newId<VersionId>(clock.now()) }
    // A copied drop box stays one, with whose each thing in it is.
    return { id, parent, name, file, pupils, senderId, author }
  })
}
