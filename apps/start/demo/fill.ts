// Three weeks of a school at work: diaries written, homework set, handed in and given back, by the same actions that
// people's requests take, each at the moment when its author would have acted.
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { writeEntry } from '#feature/diary/actions.ts'
import { insertFile } from '#feature/documents/store.ts'
import { setHomework } from '#feature/homework/actions.ts'
import { giveBack, saveResult } from '#feature/homework/marking/marking-actions.ts'
import { openShelf } from '#feature/homework/shelf.ts'
import { handIn, tick } from '#feature/homework/work-actions.ts'
import { classTaughtBy, pupilsOf, schoolDay, type Who } from '#features/people'
import { addDays, instantOf, usualZone, weekday } from '#platform/calendar'
import type { Ctx } from '#platform/ctx'
import type { ClassId, FileId, HomeworkId, PersonId, SchoolId, SubmissionId } from '#platform/ids'
import { contentFor, type DemoWork } from './content.ts'
import { onePagePdf } from './fiche.ts'

/** User names. */
export type DemoPeople = { pupil: string; teacher: string; guardian: string; administrator: string }

type Lesson = {
  lessonId: string
  classId: ClassId
  schoolId: SchoolId
  teacherId: PersonId
  title: string
  className: string
  date: string
  start: string
}

const weeksBack = 2
const daysAhead = 4

const as = (account: PersonId): Who => ({ account, keys: {}, passId: 'demo', issuedAt: 0 })
const at = (ctx: Ctx, instant: number): Ctx => ({ ...ctx, clock: { now: () => instant } })

/** A small steady number from a text: the same demo each time. */
function draw(text: string, below: number): number {
  let hash = 2166136261
  for (const char of text) hash = Math.imul(hash ^ char.charCodeAt(0), 16777619) >>> 0
  return hash % below
}

/** The lessons of the classes that the demo's people see, some weeks back and some days ahead, oldest first. */
async function lessonsSeenBy(ctx: Ctx, people: DemoPeople): Promise<Lesson[]> {
  const today = schoolDay(ctx)
  const names = [people.pupil, people.teacher, people.guardian]
  const found = await sql<Lesson>`
    with seen as (
      select p.id from person p where p.username = any(${names})
      union select g.child_id from guardianship g join person p on p.id = g.guardian_id where p.username = any(${names})),
    classes as (select distinct e.class_id from enrollment e join seen on seen.id = e.person_id)
    select s.id || '.' || d.date as "lessonId", s.class_id as "classId", s.school_id as "schoolId",
      s.teacher_id as "teacherId", s.title, c.title as "className", d.date::text, to_char(s.starts_at, 'HH24:MI') as start
    from slot s join classes using (class_id) join class c on c.id = s.class_id join lateral unnest(s.dates) as d (date) on true
    where d.date between ${addDays(today, -7 * weeksBack)}::date and ${addDays(today, daysAhead)}::date
      and s.teacher_id is not null and not s.cancelled_dates @> array[d.date]
    order by d.date, s.starts_at, s.id`.execute(ctx.db)
  return found.rows
}

/** Writes diaries, sets homework, hands some of it in and gives some of it back. */
export async function fillDiaries(ctx: Ctx, people: DemoPeople): Promise<void> {
  const lessons = await lessonsSeenBy(ctx, people)
  const teacher = await idOf(ctx, people.teacher)
  const pupil = await idOf(ctx, people.pupil)
  const now = ctx.clock.now()
  const count = new Map<string, number>()
  for (const lesson of lessons) {
    const course = `${lesson.classId} ${lesson.title}`
    const nth = count.get(course) ?? 0
    count.set(course, nth + 1)
    const content = contentFor(lesson.title, lesson.className)
    const begun = instantOf(lesson.date, lesson.start, usualZone)
    // What is to come stands in the diary only where its teacher prepares ahead, as the demo's does.
    if (begun > now && lesson.teacherId !== teacher) continue
    await writeUp(
      ctx,
      lesson,
      content.diary[nth % content.diary.length] ?? '',
      nth === 1 && lesson.teacherId === teacher,
    )
    const work = content.work[Math.floor(nth / 3) % Math.max(1, content.work.length)]
    if (!work || nth % 3 !== 0 || begun > now) continue
    const id = await give(ctx, lesson, work)
    if (id) await answer(ctx, { id, lesson, work, mine: lesson.teacherId === teacher, demoPupil: pupil })
  }
}

async function idOf(ctx: Ctx, username: string): Promise<PersonId> {
  const found = await ctx.db
    .selectFrom('person')
    .select('id')
    .where('username', '=', username)
    .executeTakeFirstOrThrow()
  return found.id
}

async function writeUp(ctx: Ctx, lesson: Lesson, body: string, withFiles: boolean): Promise<void> {
  const attachments = withFiles ? await lessonFiles(ctx, lesson) : []
  await writeEntry(ctx, as(lesson.teacherId), lesson.lessonId, { body, attachments })
}

/** A sheet to print and a short film, as a teacher would attach. */
async function lessonFiles(ctx: Ctx, lesson: Lesson): Promise<FileId[]> {
  const sheet = onePagePdf(`Fiche de révision : ${lesson.title}`, [
    '1. Relire la leçon.',
    '2. Refaire les exemples.',
    '3. Poser une question par écrit.',
  ])
  const film = await readFile(new URL('fractale.mp4', import.meta.url))
  return [
    await keep(ctx, lesson, 'fiche-de-revision.pdf', 'application/pdf', sheet),
    await keep(ctx, lesson, 'fractale.mp4', 'video/mp4', film),
  ]
}

async function keep(ctx: Ctx, lesson: Lesson, name: string, type: string, bytes: Buffer): Promise<FileId> {
  const id = randomUUID() as FileId
  const stored = await ctx.files.put(Readable.from([bytes]))
  const file = {
    id,
    name,
    type,
    ...stored,
    view: false,
    viewSha256: null,
    scan: 'off' as const,
    forHandIn: false,
  }
  await insertFile(ctx.db, lesson.schoolId, lesson.teacherId, file, ctx.clock.now())
  return id
}

/** Sets homework at the lesson's start, due some days later in the evening, never on a Sunday. */
async function give(ctx: Ctx, lesson: Lesson, work: DemoWork): Promise<HomeworkId> {
  const due = addDays(lesson.date, work.days)
  const dueAt = new Date(
    instantOf(weekday(due) === 7 ? addDays(due, 1) : due, '18:00', usualZone),
  ).toISOString()
  const { title, body, handIn } = work
  const then = at(ctx, instantOf(lesson.date, lesson.start, usualZone))
  const draft = { title, body, handIn, dueAt, attachments: [], lessonId: lesson.lessonId }
  const set = await setHomework(then, as(lesson.teacherId), lesson.classId, draft)
  return set.id
}

type Given = { id: HomeworkId; lesson: Lesson; work: DemoWork; mine: boolean; demoPupil: PersonId }

/** What pupils did with it until now, and, for the demo's teacher and work that was due, what came back. */
async function answer(ctx: Ctx, { id, lesson, work, mine, demoPupil }: Given): Promise<void> {
  const set = instantOf(lesson.date, lesson.start, usualZone)
  const due = set + work.days * 86_400_000
  const over = due < ctx.clock.now()
  const pupils = await pupilsOf(ctx, await classTaughtBy(ctx, as(lesson.teacherId), lesson.classId))
  // Copies are read by the demo's teacher; elsewhere only the demo's pupil matters.
  const active = mine ? pupils : pupils.filter((p) => p.id === demoPupil)
  const shelf = openShelf(ctx)
  const marked: Read[] = []
  for (const { id: account } of active) {
    const chance = draw(`${account} ${id}`, 100)
    const isDemo = account === demoPupil
    if (isDemo ? !over : chance > (over ? 88 : 35)) continue
    const when = Math.min(
      set + (0.2 + (chance / 100) * (over ? 0.95 : 0.5)) * work.days * 86_400_000,
      ctx.clock.now() - 60_000,
    )
    const then = at(ctx, when)
    if (!work.handIn) await tick(then, shelf, as(account), id, true)
    else {
      const text = `${work.title}\n\n(Texte de la démonstration.)`
      const { submission } = await handIn(then, shelf, as(account), id, { text, files: [] })
      if (over && mine && chance % 4 !== 0)
        marked.push({ pupil: account, submissionId: submission?.id ?? null })
    }
  }
  await giveBackTo(ctx, lesson, id, marked)
}

type Read = { pupil: PersonId; submissionId: SubmissionId | null }

async function giveBackTo(ctx: Ctx, lesson: Lesson, id: HomeworkId, copies: Read[]): Promise<void> {
  const teacher = as(lesson.teacherId)
  const feedback = '<p>Bon travail, soigne la conclusion.</p>'
  for (const { pupil, submissionId } of copies) {
    const half = 16 + draw(`mark ${pupil} ${id}`, 24)
    const mark = String(half / 2).replace('.', ',')
    await saveResult(ctx, teacher, id, pupil, { mark, feedback, submissionId })
  }
  if (copies.length > 0) await giveBack(ctx, teacher, id, { pupils: copies.map(({ pupil }) => pupil) })
}
