// A pupil's marks and work over the years: for the pupil, the guardians, and each teacher the work of their own.
import { childOf, classTaughtBy, pupilsOf, schoolDay, type Who } from '#features/people'
import { instantOf, usualZone } from '#platform/calendar'
import type { Ctx } from '#platform/ctx'
import type { ClassId, PersonId } from '#platform/ids'
import { absent } from '#platform/refusal'
import { withoutMark } from '../rules.ts'
import type { History } from './contract.ts'
import { daysOf, schoolYearAt } from './history-rules.ts'
import * as store from './history-store.ts'

/** More than anybody is set in a year; what goes beyond is said. */
const most = 600

/** One's own history, or a child's. @throws `absent` */
export async function viewHistory(
  ctx: Ctx,
  who: Who,
  child: PersonId | undefined,
  year: number | undefined,
): Promise<History> {
  if (child) {
    const { sees, id } = await childOf(ctx, who, child)
    const history = await historyOf(ctx, id, year)
    return sees === 'all' ? history : withheld(history)
  }
  return historyOf(ctx, who.account, year)
}

/** A pupil's history with one teacher: the work that the asker set in a class that both are in. @throws `absent` */
export async function viewHistoryInClass(
  ctx: Ctx,
  who: Who,
  classId: ClassId,
  pupilId: PersonId,
  year: number | undefined,
): Promise<History> {
  const taught = await classTaughtBy(ctx, who, classId)
  const pupil = (await pupilsOf(ctx, taught)).find((p) => p.id === pupilId)
  if (!pupil) throw absent()
  return read(ctx, { pupil: pupilId, of: { teacher: who.account, classId } }, pupil, taught.zone, year)
}

async function historyOf(ctx: Ctx, id: PersonId, year: number | undefined): Promise<History> {
  const pupil = await store.findName(ctx.db, id)
  if (!pupil) throw absent()
  return read(ctx, { pupil: id, of: null }, pupil, pupil.zone ?? usualZone, year)
}

function withheld(history: History): History {
  const work = history.work.map(({ earlier, ...item }) => withoutMark({ ...item, homeworkId: item.id }))
  return { ...history, work: work.map(({ homeworkId, ...item }) => item), withheld: true }
}

async function read(
  ctx: Ctx,
  asked: store.Asked,
  { id, givenName, familyName }: History['pupil'],
  zone: string,
  wanted: number | undefined,
): Promise<History> {
  const current = schoolYearAt(schoolDay(ctx, zone))
  const year = wanted ?? current
  const { from, to } = daysOf(year)
  const [begin, end] = [`${year}-08-01`, `${year + 1}-08-01`].map((day) => instantOf(day, '00:00', zone))
  const rows = await store.listHistory(ctx.db, asked, new Date(begin ?? 0), new Date(end ?? 0), most + 1)
  const years = await store.listYears(ctx.db, asked, zone)
  return {
    pupil: { id, givenName, familyName },
    year,
    years: [...new Set([current, ...years])].sort((a, b) => b - a),
    terms: await store.listTerms(ctx.db, asked.pupil, from, to),
    work: rows.slice(0, most).map(present),
    more: rows.length > most,
  }
}

function present(row: store.HistoryRow): History['work'][number] {
  const { homeworkId, title, subject, dueAt, state, late, mark, outOf, coefficient, round, earlier } = row
  return {
    id: homeworkId,
    title,
    subject,
    class: row.class,
    dueAt: dueAt.toISOString(),
    handIn: row.handIn,
    state,
    ...(late ? { late } : {}),
    ...(mark === undefined ? {} : { mark }),
    ...(outOf === null ? {} : { outOf }),
    ...(coefficient === null ? {} : { coefficient }),
    ...(round ? { round } : {}),
    ...(earlier?.length ? { earlier } : {}),
  }
}
