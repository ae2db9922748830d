// How full the days of a class are, for a teacher who is about to choose one.
import { classTaughtBy, schoolDay, type Who } from '#features/people'
import { addDays, type LocalDate } from '#platform/calendar'
import type { Ctx } from '#platform/ctx'
import type { ClassId, HomeworkId } from '#platform/ids'
import type { Evenings } from './contract.ts'
import { eveningLimit, levelOf, usualMinutes } from './evening-rules.ts'
import * as store from './evening-store.ts'

const longest = 62

/** Every day from one to another, at most two months, with what is due on it. @throws `absent` */
export async function viewEvenings(
  ctx: Ctx,
  who: Who,
  classId: ClassId,
  of: { from: LocalDate; to: LocalDate; except?: HomeworkId },
): Promise<Evenings> {
  const { zone, title } = await classTaughtBy(ctx, who, classId)
  const last = addDays(of.from, longest)
  const to = of.to < last ? of.to : last
  const span = { from: of.from, to, zone, today: schoolDay(ctx, zone), usual: usualMinutes }
  const except = of.except ?? null
  const due = await store.listDueFor(ctx.db, classId, span, except)
  const most = new Map(
    (await store.listMost(ctx.db, classId, span, except)).map((row) => [row.day, row.most]),
  )
  const workOn = Map.groupBy(due, (row) => row.day)
  const days: Evenings['days'] = []
  for (let date = of.from; date <= to; date = addDays(date, 1)) {
    const work = (workOn.get(date) ?? []).map(({ subject, minutes, classId: of, class: title }) => ({
      subject,
      ...(minutes === null ? {} : { minutes }),
      ...(of === classId ? {} : { group: title }),
    }))
    days.push({ date, most: most.get(date) ?? 0, work })
  }
  const level = levelOf(title)
  return { level, limit: eveningLimit(level), days }
}
