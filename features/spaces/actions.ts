// Looking into spaces: which there are, what lies in a place, what a node is, what a search finds.
import { rightsOn } from '#features/documents'
import { guardianRoles, profileOf, schoolDay, type Who } from '#features/people'
import type { Ctx } from '#platform/ctx'
import type { NodeId } from '#platform/ids'
import { absent } from '#platform/refusal'
import type { Crumb, Found, Listing, NodeFacts, Shared, Space, Spaces } from './contract.ts'
import { nodeSeenBy, placeSeenBy, spaceAround, spacesSeenBy } from './place-actions.ts'
import * as rules from './rules.ts'
import * as store from './store.ts'

const mostFound = 100
const mostPast = 50
const mostShared = 500
/** Found names are looked through for those that the asker may read: this many at most. */
const mostLookedAt = 1_000

type SpaceBrief = Omit<Space, 'right' | 'past'>
const brief = ({ key, kind, title, school }: store.SpaceRow): SpaceBrief => ({ key, kind, title, school })

/**
 * The spaces of somebody: their own, those of their classes and groups, that of the staff, and classes taught before. As
 * many queries for fifty as for one.
 */
export async function listSpaces(ctx: Ctx, who: Who): Promise<Spaces> {
  const profile = await profileOf(ctx, who.account)
  if (!profile) throw absent()
  const outside = ['student', ...guardianRoles]
  const classes = new Map([...profile.teaches, ...profile.attends].map((one) => [one.id, one]))
  const staff = profile.roles.filter(({ role }) => !outside.includes(role)).map(({ id }) => id)
  const past = await store.listPastTaught(ctx.db, who.account, mostPast)
  const names = [
    { kind: 'own' as const, id: who.account },
    ...[...classes.keys()].map((id) => ({ kind: 'class' as const, id })),
    ...[...new Set(staff)].map((id) => ({ kind: 'staff' as const, id })),
    ...past.filter((id) => !classes.has(id)).map((id) => ({ kind: 'class' as const, id })),
  ]
  const seen = await spacesSeenBy(ctx, who, names)
  const isPast = ({ classId }: store.SpaceRow) => classId !== null && past.includes(classId)
  const spaces = seen.map(({ space, right }) => ({
    ...brief(space),
    right: rules.rightLevel(right),
    ...(isPast(space) ? { past: true as const } : {}),
  }))
  return { spaces, shared: (await listShared(ctx, who)).length }
}

/** What lies in a place. @throws `absent` */
export async function viewPlace(ctx: Ctx, who: Who, place: string): Promise<Listing> {
  const { space, folder, right, inside } = await placeSeenBy(ctx, who, place)
  const asker = { account: who.account, leads: right === 4 }
  const nodes = await store.listNodes(ctx.db, folder ?? space, folder?.id ?? null, asker)
  return {
    space: brief(space),
    inside,
    trail: folder ? await trailTo(ctx, who, [...folder.path, folder.id]) : [],
    right: rules.rightLevel(right),
    pupils: folder?.classId ? folder.pupils : 'read',
    nodes,
  }
}

/** Those of the folders that the asker sees: whoever sees a shared one learns nothing of what lies around it. */
async function trailTo(ctx: Ctx, who: Who, path: readonly NodeId[]): Promise<Crumb[]> {
  const seen = new Set((await rightsOn(ctx, who, path)).map(({ id }) => id))
  return (await store.listCrumbs(ctx.db, path)).filter(({ id }) => seen.has(id))
}

/** A node with where it lies, its versions and what it holds. @throws `absent` */
export async function viewNode(ctx: Ctx, who: Who, id: NodeId): Promise<NodeFacts> {
  const { node, rights } = await nodeSeenBy(ctx, who, id)
  const leads = rights.right === 4
  const [shown] = await store.viewNodes(ctx.db, [id], { account: who.account, leads })
  if (!shown) throw absent()
  const mayWrite = rules.mayWrite(rights)
  return {
    node: shown,
    space: brief((await spaceAround(ctx, who, node)).space),
    trail: await trailTo(ctx, who, node.path),
    right: rules.rightLevel(rights.right),
    versions: node.fileId && mayWrite ? await store.listVersions(ctx.db, id, who.account) : [],
  }
}

/** What others share with somebody, in use and readable. */
export async function listShared(ctx: Ctx, who: Who): Promise<Shared> {
  const asker = { account: who.account, today: schoolDay(ctx) }
  const rows = await store.listShared(ctx.db, asker, mostShared)
  const rights = await readable(ctx, who, rows)
  return rows.flatMap((row) => {
    const right = rights.get(row.id)
    if (!right) return []
    return [
      { ...store.presentNode(row, false), sharedBy: row.sharedBy ?? '', right: rules.rightLevel(right) },
    ]
  })
}

async function readable(ctx: Ctx, who: Who, rows: readonly { id: NodeId }[]): Promise<Map<NodeId, number>> {
  const rights = await rightsOn(
    ctx,
    who,
    rows.map(({ id }) => id),
  )
  return new Map(rights.filter((one) => one.alive).map(({ id, right }) => [id, right]))
}

/** What somebody may read whose name holds the words; latest change first. */
export async function searchByName(ctx: Ctx, who: Who, query: string): Promise<Found> {
  const words = rules.nameFold(query).split(/\s+/).filter(Boolean)
  if (words.join('').length < 2) return []
  const asker = { account: who.account, today: schoolDay(ctx) }
  const rows = await store.searchNodes(ctx.db, asker, words, mostLookedAt)
  const rights = await readable(ctx, who, rows)
  const found = rows.filter(({ id }) => rights.has(id)).slice(0, mostFound)
  const folders = [...new Set(found.flatMap((row) => (row.parentId ? [row.parentId] : [])))]
  const seen = new Set((await rightsOn(ctx, who, folders)).map(({ id }) => id))
  const names = new Map((await store.listCrumbs(ctx.db, folders)).map(({ id, name }) => [id, name]))
  const spaces = await spacesOf(ctx, found)
  return found.map((row) => {
    const space = spaces.get(store.keyOf(row)) as store.SpaceRow
    const around = row.parentId && seen.has(row.parentId) ? row.parentId : null
    return {
      ...store.presentNode(row, false),
      space: space.title,
      kind: space.kind,
      where: around ? (names.get(around) ?? '') : '',
      place: around ?? space.key,
    }
  })
}

async function spacesOf(ctx: Ctx, rows: readonly store.Owner[]): Promise<Map<string, store.SpaceRow>> {
  const owners = new Map(rows.map((row) => [store.keyOf(row), store.spaceNameOf(row)]))
  const found = await store.findSpaces(ctx.db, [...owners.values()], schoolDay(ctx), guardianRoles)
  return new Map(found.map((space) => [space.key, space]))
}
