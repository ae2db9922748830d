// What the scanner set aside serves nobody: its owner may do away with it.
import type { Who } from '#features/people'
import { change } from '#platform/change'
import type { Ctx } from '#platform/ctx'
import type { FileId } from '#platform/ids'
import { absent, Refused } from '#platform/refusal'
import { deleteEverywhere, holdOwn } from './discard-store.ts'
import { tellShown } from './scanner.ts'

/**
 * Deletes a file of the sender's own that was set aside, for good and wherever it is attached or kept.
 * @throws `absent`, `file.not-set-aside`, `file.handed-in`
 */
export async function discardSetAside(ctx: Ctx, who: Who, id: FileId): Promise<void> {
  await change(ctx, async (tx, news) => {
    const file = await holdOwn(tx, who.account, id)
    if (!file) throw absent()
    if (!file.setAside) throw new Refused('file.not-set-aside')
    if (file.handedIn) throw new Refused('file.handed-in')
    await tellShown(tx, news, [{ id, owner: who.account }])
    await deleteEverywhere(tx, id)
  })
}
