// A teacher's own store of remarks for feedback: kept, changed, forgotten.
import { schoolDay, type Who } from '#features/people'
import type { Ctx } from '#platform/ctx'
import { newId } from '#platform/ids'
import { absent, Refused } from '#platform/refusal'
import { cleanLine, cleanText } from '#platform/text'
import type { Remark, RemarkDraft, RemarkId, Remarks } from './contract.ts'
import * as store from './remark-store.ts'

const most = 500

async function checkTeaches(ctx: Ctx, who: Who): Promise<void> {
  if (!(await store.teaches(ctx.db, who.account, schoolDay(ctx)))) throw absent()
}

function clean({ subject, words }: RemarkDraft): RemarkDraft {
  const cleaned = { subject: cleanLine(subject), words: cleanText(words).trim() }
  if (cleaned.words === '') throw new Refused('remark.empty')
  return cleaned
}

/** One's own remarks, the last first. @throws `absent` for whoever does not teach */
export async function viewRemarks(ctx: Ctx, who: Who): Promise<Remarks> {
  await checkTeaches(ctx, who)
  return { remarks: await store.listRemarks(ctx.db, who.account) }
}

/** Keeps a remark, once. @throws `absent`, `remark.empty`, `remark.too-many` */
export async function keepRemark(ctx: Ctx, who: Who, draft: RemarkDraft): Promise<Remark> {
  await checkTeaches(ctx, who)
  const now = ctx.clock.now()
  const remark = { id: newId<RemarkId>(now), ...clean(draft) }
  return ctx.db.transaction().execute(async (tx) => {
    await store.insertRemark(tx, who.account, remark, new Date(now))
    if ((await store.listRemarks(tx, who.account)).length > most) throw new Refused('remark.too-many')
    return remark
  })
}

/** Changes a remark of one's own. @throws `absent`, `remark.empty` */
export async function changeRemark(ctx: Ctx, who: Who, id: RemarkId, draft: RemarkDraft): Promise<Remark> {
  const cleaned = clean(draft)
  const at = new Date(ctx.clock.now())
  if (!(await store.updateRemark(ctx.db, who.account, id, cleaned, at))) throw absent()
  return { id, ...cleaned }
}

/** Forgets a remark of one's own. @throws `absent` */
export async function forgetRemark(ctx: Ctx, who: Who, id: RemarkId): Promise<void> {
  if (!(await store.deleteRemark(ctx.db, who.account, id))) throw absent()
}
