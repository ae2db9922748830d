// Taking over homework that was set before, one's own or a colleague's.
import { ownCopies } from '#features/documents'
import { schoolDay, type Who } from '#features/people'
import type { Ctx } from '#platform/ctx'
import type { HomeworkId } from '#platform/ids'
import { absent } from '#platform/refusal'
import { plainText } from '#platform/rich-text'
import type { Earlier, Reusable } from './contract.ts'
import { onceEach, wordsOf } from './earlier-rules.ts'
import * as store from './earlier-store.ts'

const mostRead = 200
const mostShown = 40
const previewLetters = 160

/** What a teacher may take over, each once even where several classes had it; none for those who teach nothing. */
export async function listEarlier(
  ctx: Ctx,
  who: Who,
  whose: 'mine' | 'colleagues',
  words: string,
): Promise<Earlier> {
  const wanted = { whose, words: wordsOf(words) }
  const rows = await store.listReusable(ctx.db, who.account, schoolDay(ctx), wanted, mostRead)
  const homework = onceEach(rows).slice(0, mostShown)
  return {
    homework: homework.map(({ body, teacher, mine, minutes, files, ...row }) => ({
      ...row,
      words: plainText(body).slice(0, previewLetters),
      ...(teacher && !mine ? { teacher } : {}),
      ...(minutes === null ? {} : { minutes }),
      documents: files.length,
    })),
  }
}

/** What is taken over of homework; its documents become the asker's own, without their bytes being stored again. @throws `absent` */
export async function reuseHomework(ctx: Ctx, who: Who, id: HomeworkId): Promise<Reusable> {
  const wanted = { whose: 'all', words: [], id } as const
  const [row] = await store.listReusable(ctx.db, who.account, schoolDay(ctx), wanted, 1)
  if (!row) throw absent()
  const { title, body, handIn, minutes, files } = row
  const attachments = await ownCopies(ctx, who, files)
  return { title, body, handIn, ...(minutes === null ? {} : { minutes }), attachments }
}
