// Sharing inside the school: with a person or a class, to read or to write, until it is withdrawn.
import { guardianRoles, schoolDay, schoolRunBy, type Who } from '#features/people'
import type { Ctx } from '#platform/ctx'
import { type ClassId, type NodeId, newId, type PersonId, type SchoolId, type ShareId } from '#platform/ids'
import { absent, Refused } from '#platform/refusal'
import { changing } from '../changes/change-actions.ts'
import type { Receivers, Setting, ShareDraft, Shares } from '../contract.ts'
import { nodeSeenBy } from '../place-actions.ts'
import { nameFold } from '../rules.ts'
import type { NodeRow } from '../store.ts'
import * as store from './share-store.ts'

/** A node that the asker leads: others learn nothing of its shares. @throws `absent` */
async function ledNode(ctx: Ctx, who: Who, id: NodeId): Promise<NodeRow> {
  const { node, rights } = await nodeSeenBy(ctx, who, id)
  if (rights.right < 4) throw absent()
  return node
}

async function sharerOf(ctx: Ctx, who: Who, school: SchoolId): Promise<store.Sharer> {
  const isPupil = await store.isPupilOf(ctx.db, school, who.account, schoolDay(ctx), guardianRoles)
  return { person: who.account, isPupil, amongPupils: await store.findPupilsShare(ctx.db, school) }
}

/** With whom a node is shared, for those who lead it. @throws `absent` */
export async function viewShares(ctx: Ctx, who: Who, id: NodeId): Promise<Shares> {
  await ledNode(ctx, who, id)
  return store.listShares(ctx.db, id)
}

/** With whom it may be shared, by name. @throws `absent` */
export async function findReceivers(ctx: Ctx, who: Who, id: NodeId, query: string): Promise<Receivers> {
  const node = await ledNode(ctx, who, id)
  const sharer = await sharerOf(ctx, who, node.schoolId)
  const wanted = { words: likeOf(query), id: null }
  const found = await store.listReceivers(
    ctx.db,
    node.schoolId,
    sharer,
    schoolDay(ctx),
    guardianRoles,
    wanted,
  )
  return found.map(({ isPupil: _, ...receiver }) => receiver)
}

const likeOf = (query: string) =>
  nameFold(query)
    .trim()
    .replaceAll(/[\\%_]/g, '\\$&')

/** Shares a node, or changes the right of who has it. @throws `absent`, `space.not-shareable`, `space.receiver-unknown` */
export async function shareNode(ctx: Ctx, who: Who, id: NodeId, draft: ShareDraft): Promise<Shares> {
  return changing(ctx, { nodes: [id] }, async (tx) => {
    const node = await ledNode(tx, who, id)
    // What pupils handed in stays between them and their teachers.
    if (node.senderId || node.pupils === 'drop') throw new Refused('space.not-shareable')
    const sharer = await sharerOf(tx, who, node.schoolId)
    const wanted = { words: '', id: draft.id }
    const [receiver] = await store.listReceivers(
      tx.db,
      node.schoolId,
      sharer,
      schoolDay(tx),
      guardianRoles,
      wanted,
    )
    if (receiver?.kind !== draft.kind) throw new Refused('space.receiver-unknown')
    const now = tx.clock.now()
    const share = {
      id: newId<ShareId>(now),
      nodeId: id,
      by: who.account,
      personId: draft.kind === 'person' ? (draft.id as PersonId) : null,
      classId: draft.kind === 'class' ? (draft.id as ClassId) : null,
      write: draft.write,
      amongPupils: sharer.isPupil && receiver.isPupil,
    }
    await store.putShare(tx.db, share, new Date(now))
    return store.listShares(tx.db, id)
  })
}

/** Ends a share, at once. @throws `absent` */
export async function withdrawShare(ctx: Ctx, who: Who, id: NodeId, share: ShareId): Promise<Shares> {
  await ledNode(ctx, who, id)
  if (!(await store.deleteShare(ctx.db, id, share))) throw absent()
  return store.listShares(ctx.db, id)
}

/** What a school allows, for those who run it. @throws `absent` */
export async function viewSetting(ctx: Ctx, who: Who, school: SchoolId): Promise<Setting> {
  await schoolRunBy(ctx, who, school)
  return { pupilsShare: await store.findPupilsShare(ctx.db, school) }
}

/** Allows pupils to share among themselves, or ends all that they share so. @throws `absent` */
export async function changeSetting(
  ctx: Ctx,
  who: Who,
  school: SchoolId,
  setting: Setting,
): Promise<Setting> {
  await schoolRunBy(ctx, who, school)
  await store.setPupilsShare(ctx.db, school, setting.pupilsShare)
  return setting
}
