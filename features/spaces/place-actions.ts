// The checks through which every other part obtains a space, a folder or a node: absent and forbidden look alike.
import { type Right, rightsInSpaces, rightsOn } from '#features/documents'
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
    const [seen] = await spacesSeenBy(ctx, who, [named])
    if (!seen) throw absent()
    return { ...seen, folder: null, inside: true }
  }
  const { node, rights } = await nodeSeenBy(ctx, who, named.folder)
  if (node.fileId) throw absent()
  const { space, inside } = await spaceAround(ctx, who, node)
  return { space, folder: node, right: rights.right, inside }
}

/** Those of the spaces that the asker sees, in their order and with the right in each: two queries for all of them. */
export async function spacesSeenBy(
  ctx: Ctx,
  who: Who,
  names: readonly SpaceName[],
): Promise<{ space: store.SpaceRow; right: number }[]> {
  const spaces = await store.findSpaces(ctx.db, names, schoolDay(ctx), guardianRoles)
  const rights = await rightsInSpaces(ctx, who, spaces)
  return spaces.map((space, i) => ({ space, right: rights[i] ?? 0 })).filter(({ right }) => right > 0)
}

/** The space of a node, and whether the asker sees it as such. */
export async function spaceAround(
  ctx: Ctx,
  who: Who,
  node: store.NodeRow,
): Promise<{ space: store.SpaceRow; inside: boolean }> {
  const [space] = await store.findSpaces(ctx.db, [store.spaceNameOf(node)], schoolDay(ctx), guardianRoles)
  if (!space) throw absent()
  const [right = 0] = await rightsInSpaces(ctx, who, [space])
  return { space, inside: right > 0 }
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
