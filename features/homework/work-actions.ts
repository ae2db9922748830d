// What pupils do with homework, and what they and their guardians see of it.
import { filesUsableBy, noteHandedIn } from '#features/documents'
import { childOf, classAttendedBy, schoolDay, type Who } from '#features/people'
import { giveReceipt, receiptFile, receiptReadBy } from '#features/receipts'
import { paperWorkOf } from '#features/school'
import { change, type News } from '#platform/change'
import type { Ctx, Db } from '#platform/ctx'
import { violates } from '#platform/db'
import { type FileId, type HomeworkId, newId, type PersonId, type SubmissionId } from '#platform/ids'
import { absent, Refused } from '#platform/refusal'
import { cleanText } from '#platform/text'
import { homeworkForSome, refuse } from './actions.ts'
import type { HandedIn, Homework, MyWork, SubmissionDraft, Whose, WorkList, WorkState } from './contract.ts'
import { listRounds } from './rounds/round-store.ts'
import * as rules from './rules.ts'
import type { Marking } from './scales/contract.ts'
import { listHaving } from './setting/setting-store.ts'
import type { Shelf } from './shelf.ts'
import * as store from './store.ts'
import * as work from './work-store.ts'

const year = 365 * 86_400_000
const mostInList = 400

/** What one pupil did and got back: the pupil's own, or that of a guardian's child. @throws `absent`, `homework.withdrawn` */
export async function viewMine(
  ctx: Ctx,
  shelf: Shelf,
  who: Who,
  id: HomeworkId,
  child?: PersonId,
): Promise<MyWork> {
  const found = await shelf.find(id)
  if (!found) throw absent()
  const pupil = child ?? who.account
  const seen = await work.findWork(ctx.pool, id, pupil, who.account, schoolDay(ctx))
  const mayAsk = pupil === who.account || seen.guarded !== null
  if (!mayAsk || !(seen.attends || seen.submission || seen.round > 1)) throw absent()
  if (found.row.withdrawn) throw new Refused('homework.withdrawn')
  const paper = !found.row.handIn && seen.attends && (await shelf.takesPaper(found.row))
  const rounds = seen.round > 1 ? await listRounds(ctx.pool, id, pupil) : []
  const all = { ...myWork(found.row, seen, ctx.clock.now(), paper), rounds }
  return pupil === who.account || seen.guarded === 'all' ? all : theDayAlone(all)
}

/** Whose work it is, among the sender and the sender's children: of whom `viewMine` would answer. @throws `absent` */
export async function whoseWork(ctx: Pick<Ctx, 'db' | 'clock'>, who: Who, id: HomeworkId): Promise<Whose> {
  const having = await listHaving(ctx.db, id, who.account, schoolDay(ctx))
  if (having.length === 0) throw absent()
  return {
    mine: having.includes(who.account),
    children: having.filter((person) => person !== who.account),
  }
}

const withoutRubric = ({ rubric: _, ...rest }: Marking) => rest

function theDayAlone(all: MyWork): MyWork {
  return {
    ...all,
    state: rules.withoutMark(all.state),
    submission: null,
    result: null,
    rounds: [],
    withheld: true,
  }
}

/** Homework with the date that counts for one pupil. */
export function withExtension(homework: Homework, extension: work.Work['extension']): Homework {
  if (!extension) return homework
  return {
    ...homework,
    dueAt: extension.dueAt,
    extension: { was: homework.dueAt, word: extension.word },
  }
}

/** `paper`: it is taken although its teacher asks for none, since the class is at a distance. */
function myWork(
  row: store.HomeworkRow,
  seen: work.Work,
  now: number,
  paper: boolean,
): Omit<MyWork, 'rounds'> {
  const { submission, attends } = seen
  const result = seen.result?.givenBackAt ? seen.result : null
  const facts = { ticked: seen.ticked, handedIn: submission !== null, givenBack: result !== null }
  const homework = withExtension(row.shared, seen.extension)
  const dueAt = Date.parse(homework.dueAt)
  return {
    homework,
    state: {
      homeworkId: row.shared.id,
      state: rules.stateOf(row.handIn, facts),
      ...(submission ? { submittedAt: submission.submittedAt } : {}),
      ...(submission?.late ? { late: true } : {}),
      ...(seen.counting ? { mark: seen.counting } : {}),
      ...(seen.round > 1 ? { round: seen.round } : {}),
    },
    submission,
    result,
    marking: seen.marking && withoutRubric(seen.marking),
    mayHandIn:
      attends &&
      rules.obstacleToHandingIn({ ...row, dueAt, handIn: row.handIn || paper }, facts, now) === null,
  }
}

/** All of a pupil's work of a year, own or a child's. @throws `absent` */
export async function listMine(ctx: Ctx, who: Who, child?: PersonId): Promise<WorkList> {
  const { id: pupil, sees } = child ? await childOf(ctx, who, child) : { id: who.account, sees: 'all' }
  const since = new Date(ctx.clock.now() - year)
  const until = new Date(ctx.clock.now() + year)
  const rows = await store.listForPupil(ctx.db, pupil, schoolDay(ctx), since, mostInList)
  const states = await work.listWorkStates(ctx.db, [pupil], schoolDay(ctx), since, until)
  return {
    homework: rows.map((row) => row.shared),
    states: states
      .filter(({ touched }) => touched)
      .map(stateAlone)
      .map((state) => (sees === 'all' ? state : rules.withoutMark(state))),
  }
}

/** A pupil's state without what only today's page needs. */
function stateAlone({ pupilId, touched, own, ...state }: work.PupilStanding): WorkState {
  return state
}

/** A pupil has done something: news for their page and their guardians', and for the one who reads the copies. */
async function tellWork(news: News, pupil: PersonId, id: HomeworkId): Promise<void> {
  await news('work', [pupil])
  await news('copies', [id])
}

async function attendedHomework(ctx: Ctx, who: Who, id: HomeworkId): Promise<store.HomeworkRow> {
  const found = await store.findHomework(ctx.db, id)
  if (!found) throw absent()
  await classAttendedBy(ctx, who, found.classId)
  if (!store.isShared(found)) await homeworkForSome(ctx, who, found)
  return found
}

/** Ticks work off that needs no hand-in, or takes the tick away. @throws `absent`, `homework.withdrawn`, `homework.hand-in-asked` */
export async function tick(ctx: Ctx, shelf: Shelf, who: Who, id: HomeworkId, done: boolean): Promise<MyWork> {
  refuse(rules.obstacleToTicking(await attendedHomework(ctx, who, id)))
  await change(ctx, async (tx, news) => {
    await work.setTick(tx, id, who.account, done ? new Date(ctx.clock.now()) : null)
    await tellWork(news, who.account, id)
  })
  return viewMine(ctx, shelf, who, id)
}

/**
 * Takes a hand-in and answers with its receipt. When it resolves, both are committed and synced to disk, as the files
 * were when they were claimed. The same `draft.id` again is the same hand-in, whatever came of it since.
 * @throws `absent`, `homework.withdrawn`, `homework.no-hand-in`, `submission.closed`, `submission.empty`, `file.not-yours`
 */
export async function handIn(
  ctx: Ctx,
  shelf: Shelf,
  who: Who,
  id: HomeworkId,
  draft: SubmissionDraft,
): Promise<HandedIn> {
  await attendedHomework(ctx, who, id)
  const at = ctx.clock.now()
  const submission = draft.id ?? newId<SubmissionId>(at)
  const text = cleanText(draft.text)
  const files = await filesUsableBy(ctx, who, draft.files)
  await change(ctx, async (tx, news) => {
    if (await isRetry(tx, who, id, submission)) return
    await take(tx, { id: submission, homeworkId: id, pupil: who.account, text, files, at: new Date(at) })
    await tellWork(news, who.account, id)
  }).catch((error) => {
    // Another hand-in took the same id at the same moment: as if it had come a moment later.
    throw violates(error, 'submission_pkey') ? absent() : error
  })
  const { file: receipt } = receiptFile(await receiptReadBy(ctx, who, submission))
  return { ...(await viewMine(ctx, shelf, who, id)), receipt }
}

/** Whether this hand-in is here already. Whoever sends it again meanwhile waits for the first to end. */
async function isRetry(tx: Db, who: Who, homeworkId: HomeworkId, id: SubmissionId): Promise<boolean> {
  await work.lockWork(tx, homeworkId, who.account)
  const before = await work.findSubmission(tx, id)
  if (!before) return false
  if (before.pupil !== who.account || before.homeworkId !== homeworkId) throw absent()
  return true
}

type Sent = {
  id: SubmissionId
  homeworkId: HomeworkId
  pupil: PersonId
  text: string
  files: FileId[]
  at: Date
}

async function take(tx: Db, sent: Sent): Promise<void> {
  const homework = await store.lockHomework(tx, sent.homeworkId, 'to-hand-in', sent.pupil)
  if (!homework) throw absent()
  const progress = await work.findProgress(tx, sent.homeworkId, sent.pupil)
  const at = sent.at.getTime()
  const takesPaper = async () =>
    (await paperWorkOf({ db: tx, clock: { now: () => at } }, homework.schoolId))(homework.classId, at)
  const taken = homework.handIn || (await takesPaper())
  refuse(rules.obstacleToHandingIn({ ...homework, handIn: taken }, progress, at))
  refuse(rules.obstacleToContent(sent.text, sent.files.length))
  const late = rules.isLate(homework.dueAt, at)
  await work.insertSubmission(tx, homework.schoolId, { ...sent, late })
  await noteHandedIn(tx, sent.files)
  await giveReceipt(tx, sent.id, at)
}
