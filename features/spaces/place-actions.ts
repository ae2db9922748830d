// The checks through which every other part obtains a space, a folder or a node: absent and forbidden look alike.
import { type Right, rightInSpace, rightsOn } from '#features/documents'
import { guardianRoles, schoolDay, type Who } from '#features/people'
import type { Ctx } from '#platform/ctx'
import type { NodeId } from '#platform/ids'
import { absent, Refused } from '#platform/refusal'
import { readPlace, type SpaceName } from './rules.ts'
import * as store from './store.ts'

export type SeenPlace = {
  space: store.SpaceRow
  /** None: the top of the space. */
  folder: store.NodeRow | null
  right: number
  /** The asker sees the space itself, not only what is shared of it. */
  inside: boolean
}

/** A space or a folder in use, for whoever sees it. @throws `absent` */
export async function placeSeenBy(ctx: Ctx, who: Who, place: string): Promise<SeenPlace> {
  const named = readPlace(place)
  if (!named) throw absent()
  if (!('folder' in named)) {
    const space = await spaceOf(ctx, named)
    const right = await rightInSpace(ctx, who, space)
    if (right === 0) throw absent()
    return { space, folder: null, right, inside: true }
  }
  const { node, rights } = await nodeSeenBy(ctx, who, named.folder)
  if (node.fileId) throw absent()
  const { space, inside } = await spaceAround(ctx, who, node)
  return { space, folder: node, right: rights.right, inside }
}

/** The space of a node, and whether the asker sees it as such. */
export async function spaceAround(
  ctx: Ctx,
  who: Who,
  node: store.NodeRow,
): Promise<{ space: store.SpaceRow; inside: boolean }> {
  const space = await spaceOf(ctx, store.spaceNameOf(node))
  return { space, inside: (await rightInSpace(ctx, who, space)) > 0 }
}

async function spaceOf(ctx: Ctx, name: SpaceName): Promise<store.SpaceRow> {
  const space = await store.findSpace(ctx.db, name, schoolDay(ctx), guardianRoles)
  if (!space) throw absent()
  return space
}

export type SeenNode = { node: store.NodeRow; rights: Right }

/** Nodes that are all there and not in the trash, in the order of their ids, for whoever sees them. @throws `absent` */
export async function nodesSeenBy(ctx: Ctx, who: Who, ids: readonly NodeId[]): Promise<SeenNode[]> {
  const seen = await knownNodes(ctx, who, ids)
  if (seen.some(({ rights }) => !rights.alive)) throw absent()
  return seen
}

/** As `nodesSeenBy`, also what is in the trash. @throws `absent` */
export async function knownNodes(ctx: Ctx, who: Who, ids: readonly NodeId[]): Promise<SeenNode[]> {
  const wanted = [...new Set(ids)]
  const rights = new Map((await rightsOn(ctx, who, wanted)).map((right) => [right.id, right]))
  const nodes = new Map((await store.findNodes(ctx.db, wanted)).map((node) => [node.id, node]))
  return wanted.map((id) => {
    const [node, right] = [nodes.get(id), rights.get(id)]
    if (!node || !right) throw absent()
    return { node, rights: right }
  })
}

/** A node that is there and not in the trash. @throws `absent` */
export async function nodeSeenBy(ctx: Ctx, who: Who, id: NodeId): Promise<SeenNode> {
  const [seen] = await nodesSeenBy(ctx, who, [id])
  if (!seen) throw absent()
  return seen
}

/** @throws `space.read-only` unless it may be done. */
export function allow(may: boolean): void {
  if (!may) throw new Refused('space.read-only')
}
