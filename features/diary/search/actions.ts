// Searching the diary and the homework of the classes that the reader may see.
import { administratorRoles, classSeenBy, schoolDay, type Who } from '#features/people'
import { groupsOf } from '#features/timetable'
import { addDays } from '#platform/calendar'
import type { Ctx } from '#platform/ctx'
import { readableText } from '#platform/math-text'
import type { Ask, Found, Hit } from './contract.ts'
import { monthsFrom, snippetOf, type Term, termsIn } from './rules.ts'
import * as store from './store.ts'

const onPage = 20

/** The classes and schools that are searched: all of the reader's, or the one class that they name. @throws `absent` */
async function scopeOf(ctx: Ctx, who: Who, ask: Ask): Promise<store.Scope> {
  if (ask.in) {
    const seen = await classSeenBy(ctx, who, ask.in)
    // A pupil's homeroom is searched without the groups that they are not in.
    if (seen.type !== 'homeroom' || (seen.relation !== 'teacher' && seen.relation !== 'administrator'))
      return { classes: [seen.id], schools: [] }
    const groups = await groupsOf(ctx, [seen.id])
    return { classes: [seen.id, ...groups.map(({ id }) => id)], schools: [] }
  }
  const reader = { account: who.account, child: ask.child, today: schoolDay(ctx), administratorRoles }
  const { classes, homerooms, schools } = await store.findScope(ctx.db, reader)
  // Whoever teaches a homeroom reads what its groups did.
  const groups = homerooms.length > 0 ? await groupsOf(ctx, homerooms) : []
  return { classes: [...new Set([...classes, ...groups.map(({ id }) => id)])], schools }
}

/** A whole school is looked at so far back first: of a frequent word the latest are enough, the year is not read. */
const recentDays = 15
const aheadDays = 31
/** The index knows the month of the timetable's day; a lesson may have been moved by so many days. */
const furthestMoveDays = 60
/** A range of more months than this is no help to the index. */
const mostMonths = 15

async function hitsOf(
  ctx: Ctx,
  wish: store.Wish,
  page: { offset: number; limit: number },
): Promise<store.HitRow[]> {
  const { from, to } = wish
  const today = schoolDay(ctx)
  const find = (months: readonly number[]) => store.findHits(ctx.db, wish, months, page)
  if (from) {
    const until = to ?? addDays(today, aheadDays)
    const months = monthsFrom(addDays(from, -furthestMoveDays), addDays(until, furthestMoveDays))
    return months.length > mostMonths ? find([]) : find(months)
  }
  if (wish.scope.schools.length === 0) return find([])
  const recent = await find(monthsFrom(addDays(to ?? today, -recentDays), to ?? addDays(today, aheadDays)))
  return (recent[0]?.total ?? 0) >= store.most ? recent : find([])
}

const nothing: Found = { hits: [], total: 0, most: store.most }

/** What is found of what the reader may see, the best first, then the latest. @throws `absent` for a class not theirs */
export async function searchDiary(ctx: Ctx, who: Who, ask: Ask): Promise<Found> {
  const scope = await scopeOf(ctx, who, ask)
  const terms = termsIn(ask.q)
  if (terms.length === 0 || scope.classes.length + scope.schools.length === 0) return nothing
  const { page = 0, subject, from, to } = ask
  const known = await Promise.all(
    terms.map(async (term) =>
      term.kind === 'prefix' ? { ...term, words: await store.listWords(ctx.db, term.word) } : term,
    ),
  )
  const now = new Date(ctx.clock.now())
  const wish = { terms: known, scope, subject, from, to, now, account: who.account }
  const rows = await hitsOf(ctx, wish, { offset: page * onPage, limit: onPage + 1 })
  const shown = rows.slice(0, onPage)
  if (shown.length === 0) return nothing
  const words = terms.flatMap((term) => (term.kind === 'phrase' ? [] : [term.word]))
  const [details, stems] = await Promise.all([store.listDetails(ctx.db, shown), store.stemsOf(ctx.db, words)])
  const byId = new Map(details.map((detail) => [detail.id, detail]))
  const hits = shown.flatMap(({ kind, id }) => {
    const detail = byId.get(id)
    return detail ? [present(kind, detail, terms, stems)] : []
  })
  const next = rows.length > onPage ? { next: page + 1 } : {}
  return { hits, total: rows[0]?.total ?? 0, most: store.most, ...next }
}

function present(
  kind: Hit['kind'],
  detail: store.Detail,
  terms: readonly Term[],
  stems: readonly string[],
): Hit {
  const { body, title, teacher, ...rest } = detail
  return {
    kind,
    ...rest,
    ...(teacher ? { teacher } : {}),
    ...(title ? { title: snippetOf(title, terms, stems) } : {}),
    snippet: snippetOf(readableText(body), terms, stems),
  }
}
