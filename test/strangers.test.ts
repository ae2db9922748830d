// Every address that names something of a school, tried by everybody of another one: to them it does not exist. The
// list is compared with what the workspace has, so that a new address cannot be forgotten.
import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { sheetPath } from '#door/formats/feed'
import type { Db } from '#platform/ctx'
import { type FileId, newId } from '#platform/ids'
import { type Answer, aWorkspace, refused, type Sender } from './app.ts'
import { markCopy } from './marking.ts'
import { absenceTries, type Try } from './strangers-absences.ts'
import { markingMade, markingTries } from './strangers-marking.ts'
import { feedAddresses, importsOf, periodOf, schoolTries } from './strangers-school.ts'
import { spaceTries } from './strangers-spaces.ts'
import { aSchool, aSlot, type TestPerson, type TestSchool } from './world.ts'

const w = await aWorkspace()
const day = '2026-11-24'
const wish = { key: 'drawn once for this wish', ending: 9 }

/** Addresses about the sender alone, or about nobody. Uploads begin with their sender's account (see documents). */
const ofOneself = new Set([
  'GET /readyz',
  'GET /api/me',
  'GET /api/today',
  'GET /api/absences/mine',
  ...['POST', 'GET', 'DELETE'].map((method) => `${method} /api/session`),
  ...['POST /renew', 'POST /switch', 'DELETE /everywhere'].map((end) => end.replace(' ', ' /api/session')),
  ...['GET', 'POST'].map((method) => `${method} /api/session/links`),
  'DELETE /api/session/links/:recordId',
  ...['POST /api/session/password', 'POST /api/session/activation', 'POST /api/session/activation/check'],
  ...['POST /api/uploads', 'PATCH /api/uploads/:upload', 'DELETE /api/uploads/:upload'],
  ...['POST /api/files', 'POST /api/files/known', 'GET /api/files/room'],
  ...['GET /api/homework/earlier', 'GET /api/remarks', 'POST /api/remarks'],
  ...['GET /api/spaces', 'GET /api/spaces/shared', 'GET /api/spaces/search'],
  ...feedAddresses,
])

async function made(s: TestSchool) {
  const diallo = await w.as(s.mme_diallo)
  const aFile = async (owner: TestPerson, name: string, type: string, over = {}) => {
    const id = newId<FileId>(w.clock.now())
    const stored = await w.ctx.files.put(Readable.from([Buffer.from(`%PDF-1.4 ${name}`)]))
    const file = {
      id,
      school_id: s.school.id,
      owner_id: owner.id,
      ...stored,
      name,
      type,
      view_sha256: null,
      ...over,
    }
    await w.ctx.db
      .insertInto('file')
      .values({ ...file, created_at: new Date(w.clock.now()) })
      .execute()
    return id
  }
  const fileId = await aFile(s.mme_diallo, 'carte.pdf', 'application/pdf')
  const voiceId = await aFile(s.mme_diallo, 'voix.webm', 'audio/webm')
  const officeId = await aFile(s.mme_diallo, 'plan.odt', 'application/vnd.oasis.opendocument.text')
  const asideId = await aFile(s.lea, 'jeu.txt', 'text/plain', { scan: 'infected', scanned_at: new Date(0) })
  const discardId = await aFile(s.lea, 'autre.txt', 'text/plain', {
    scan: 'infected',
    scanned_at: new Date(0),
  })
  const pageId = await aFile(s.lea, 'page.jpg', 'image/jpeg')
  const slot = await aSlot(w.ctx.db, s.school, { class: s.class3B, teacher: s.mme_diallo }, [day])
  const covered = await aSlot(
    w.ctx.db,
    s.school,
    { class: s.class3B, teacher: s.mme_diallo, start: '15:00', end: '15:55' },
    [day],
  )
  const away = { from: { date: day, time: '15:00' }, to: { date: day, time: '16:00' } }
  const absence = (
    await (
      await w.as(s.mme_roy)
    ).post(`/api/schools/${s.school.id}/absences`, {
      teacherId: s.mme_diallo.id,
      ...away,
    })
  ).json().id as string
  const draft = { title: 'Lire', body: '', dueAt: '2026-11-26T07:00:00Z', handIn: true, attachments: [] }
  const set = async (over = {}) =>
    (await diallo.post(`/api/classes/${s.class3B.id}/homework`, { ...draft, ...over })).json().id as string
  const lessonId = `${slot.id}.${day}`
  const entry = (
    await diallo.put(`/api/lessons/${lessonId}/entry`, { body: '<p>Lu</p>', attachments: [] })
  ).json()
  const parallel = await aSlot(w.ctx.db, s.school, { class: s.class3A, teacher: s.mme_diallo }, [
    day,
    '2026-12-01',
  ])
  const copied = await diallo.post('/api/entries/copies', {
    copies: [{ entryId: entry.id, version: 1, lessonId: `${parallel.id}.${day}` }],
  })
  const homework = await set()
  const handedIn = await (await w.as(s.lea)).post(`/api/homework/${homework}/submissions`, {
    text: 'a',
    files: [pageId],
  })
  await markCopy(diallo, `/api/homework/${homework}/pupils/${s.lea.id}`, { mark: '12' })
  const submission = handedIn.json().submission.id as string
  return {
    imports: await importsOf(w.ctx, s),
    period: await periodOf(await w.as(s.mme_roy), s),
    draft,
    parallel: `${parallel.id}.2026-12-01`,
    copy: copied.json().entries[0] as { id: string; version: number },
    away,
    absence,
    covered: `${covered.id}.${day}`,
    lessonId,
    entry: entry.id as string,
    homework,
    toTick: await set({ handIn: false }),
    toHandIn: await set(),
    submission,
    fileId,
    voiceId,
    pageId,
    officeId,
    asideId,
    discardId,
    ...(await markingMade(diallo, homework)),
  }
}

async function tries(s: TestSchool): Promise<Try[]> {
  const all = await made(s)
  const { draft, lessonId, entry, homework, toTick, toHandIn, submission, fileId, voiceId, pageId } = all
  const { officeId, asideId, discardId } = all
  const { mme_diallo: teacher, lea: pupil, mme_diop: guardian, mme_roy: head, class3B, school } = s
  const classUrl = `/api/classes/${class3B.id}`
  const work = `/api/homework/${homework}`
  const copy = `${work}/pupils/${pupil.id}`
  const result = { mark: '3', feedback: '', submissionId: submission, version: 1 }
  const handedIn = `/api/submissions/${submission}`
  const handIn = { text: 'de nouveau', files: [] }
  const { dueAt, ...alike } = draft
  const [room, quotas] = [`/api/schools/${school.id}/storage`, { school: null, pupil: 9, adult: null }]
  const one = (rightful: TestPerson, route: string, url: string, body?: unknown): Try => ({
    rightful,
    route,
    url,
    body,
  })
  return [
    ...[absenceTries(s, all), markingTries(s, all), schoolTries(s, all)].flat(),
    one(head, 'GET /api/schools/:schoolId/accounts', `/api/schools/${school.id}/accounts`),
    one(head, 'GET /api/schools/:schoolId/codes', `/api/schools/${school.id}/codes?who=student`),
    one(head, 'POST /api/schools/:schoolId/codes', `/api/schools/${school.id}/codes`, {
      ...wish,
      who: 'guardian',
    }),
    one(head, 'GET /api/schools/:schoolId/storage', room),
    one(head, 'PUT /api/schools/:schoolId/storage', room, quotas),
    one(
      head,
      'POST /api/schools/:schoolId/set-aside/:fileId/release',
      `/api/schools/${school.id}/set-aside/${asideId}/release`,
    ),
    one(head, 'PUT /api/schools/:schoolId/storage/:personId', `${room}/${pupil.id}`, { bytes: 9 }),
    one(head, 'GET /api/schools/:schoolId/classes', `/api/schools/${school.id}/classes`),
    one(pupil, 'GET /api/submissions/:submissionId/receipt', `/api/submissions/${submission}/receipt`),
    one(teacher, 'GET /api/submissions/:submissionId/corrections', `${handedIn}/corrections`),
    one(
      teacher,
      'PUT /api/submissions/:submissionId/files/:fileId/annotations',
      `${handedIn}/files/${pageId}/annotations`,
      { version: 0, items: [] },
    ),
    one(teacher, 'PUT /api/submissions/:submissionId/voice/:fileId', `${handedIn}/voice/${voiceId}`),
    one(teacher, 'DELETE /api/submissions/:submissionId/voice/:fileId', `${handedIn}/voice/${voiceId}`),
    one(head, 'POST /api/accounts/:personId/code', `/api/accounts/${pupil.id}/code`, wish),
    one(head, 'GET /api/pupils/:pupilId/guardians', `/api/pupils/${pupil.id}/guardians`),
    one(
      head,
      'PUT /api/pupils/:pupilId/guardians/:guardianId',
      `/api/pupils/${pupil.id}/guardians/${guardian.id}`,
      {
        sees: 'day',
        before: 'all',
      },
    ),
    one(pupil, 'GET /api/classes/:classId', classUrl),
    one(teacher, 'GET /api/classes/:classId/accounts', `${classUrl}/accounts`),
    one(teacher, 'POST /api/classes/:classId/codes', `${classUrl}/codes`, wish),
    one(teacher, 'GET /api/classes/:classId/pupils', `${classUrl}/pupils`),
    one(pupil, 'GET /api/classes/:classId/diary/year', `${classUrl}/diary/year`),
    one(pupil, 'GET /api/classes/:classId/diary/period', `${classUrl}/diary/period?from=${day}&to=${day}`),
    one(teacher, 'GET /api/classes/:classId/diary/ahead', `${classUrl}/diary/ahead?from=${day}&to=${day}`),
    one(teacher, 'GET /api/classes/:classId/diary/parallels', `${classUrl}/diary/parallels?week=${day}`),
    one(teacher, 'POST /api/entries/copies', '/api/entries/copies', {
      copies: [{ entryId: entry, version: 1, lessonId: all.parallel }],
    }),
    one(teacher, 'POST /api/entries/copies/undo', '/api/entries/copies/undo', { entries: [all.copy] }),
    one(pupil, 'GET /api/diary/search', `/api/diary/search?q=lu&in=${class3B.id}`),
    one(pupil, 'GET /api/classes/:classId/diary', `${classUrl}/diary?week=${day}`),
    one(teacher, 'POST /api/classes/:classId/homework', `${classUrl}/homework`, draft),
    one(teacher, 'GET /api/classes/:classId/grid', `${classUrl}/grid`),
    one(teacher, 'PUT /api/lessons/:lessonId/change', `/api/lessons/${lessonId}/change`, {
      kind: 'cancelled',
    }),
    one(teacher, 'DELETE /api/lessons/:lessonId/change', `/api/lessons/${lessonId}/change`),
    one(teacher, 'GET /api/lessons/:lessonId/entry', `/api/lessons/${lessonId}/entry`),
    one(teacher, 'PUT /api/lessons/:lessonId/entry', `/api/lessons/${lessonId}/entry`, {
      body: '<p>x</p>',
      attachments: [],
      version: 1,
    }),
    one(teacher, 'DELETE /api/entries/:entryId', `/api/entries/${entry}`),
    one(teacher, 'POST /api/entries/:entryId/restore', `/api/entries/${entry}/restore`),
    one(guardian, 'GET /api/homework', `/api/homework?child=${pupil.id}`),
    one(pupil, 'GET /api/homework/:homeworkId', work),
    one(teacher, 'PUT /api/homework/:homeworkId', work, { ...draft, version: 1 }),
    one(teacher, 'DELETE /api/homework/:homeworkId', work),
    one(teacher, 'POST /api/homework/:homeworkId/restore', `${work}/restore`),
    one(teacher, 'GET /api/homework/:homeworkId/setting', `${work}/setting`),
    one(teacher, 'PUT /api/homework/:homeworkId/publication', `${work}/publication`, { at: null }),
    one(teacher, 'PUT /api/homework/:homeworkId/extensions', `${work}/extensions`, {
      pupils: [pupil.id],
      dueAt: '2026-12-01T07:00:00Z',
    }),
    one(teacher, 'POST /api/homework/:homeworkId/reuse', `${work}/reuse`),
    one(teacher, 'POST /api/homework/sets', '/api/homework/sets', {
      ...alike,
      classes: [{ classId: class3B.id, dueAt }],
    }),
    one(teacher, 'GET /api/classes/:classId/evenings', `${classUrl}/evenings?from=${day}&to=${day}`),
    one(pupil, 'GET /api/homework/:homeworkId/mine', `${work}/mine`),
    one(guardian, 'GET /api/homework/:homeworkId/whose', `${work}/whose`),
    one(pupil, 'PUT /api/homework/:homeworkId/tick', `/api/homework/${toTick}/tick`),
    one(pupil, 'DELETE /api/homework/:homeworkId/tick', `/api/homework/${toTick}/tick`),
    one(teacher, 'GET /api/homework/:homeworkId/pupils/:pupilId', copy),
    one(teacher, 'PUT /api/homework/:homeworkId/pupils/:pupilId/result', `${copy}/result`, result),
    one(teacher, 'POST /api/homework/:homeworkId/give-back', `${work}/give-back`, {}),
    one(pupil, 'POST /api/homework/:homeworkId/submissions', `/api/homework/${toHandIn}/submissions`, handIn),
    one(teacher, 'GET /files/homework/:homeworkId/copies.zip', `/files/homework/${homework}/copies.zip`),
    one(teacher, 'GET /files/homework/:homeworkId/marks.csv', `/files/homework/${homework}/marks.csv`),
    one(teacher, 'GET /files/:fileId/:name', `/files/${fileId}/carte.pdf`),
    one(pupil, 'DELETE /api/files/:fileId', `/api/files/${discardId}`),
    one(teacher, 'POST /api/files/:fileId/preview', `/api/files/${officeId}/preview`),
    ...(await spaceTries(w, s, fileId)),
    one(pupil, 'GET /sheets/:key/:kind/:which', sheetPath(class3B.key, `day/${day}`)),
    one(pupil, 'GET /sheets/:key/:kind/:which', sheetPath(class3B.key, `homework/${homework}`)),
  ]
}

/** Every row of every table, as one hash. */
async function digest(db: Db): Promise<string> {
  const tables = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'public' order by 1`.execute(
    db,
  )
  const hashes: (string | undefined)[] = []
  for (const { name } of tables.rows) {
    const found = await sql<{ all: string }>`
      select md5(coalesce(string_agg(x::text, '|' order by x::text), '')) as all from ${sql.table(name)} x`.execute(
      db,
    )
    hashes.push(found.rows[0]?.all)
  }
  expect(hashes.length).toBeGreaterThan(20)
  return hashes.join()
}

function send(sender: Sender, { route, url, body }: Try): Promise<Answer> {
  const method = route.split(' ')[0]
  if (method === 'POST') return sender.post(url, body)
  if (method === 'PUT') return sender.put(url, body)
  return method === 'DELETE' ? sender.delete(url) : sender.get(url)
}

/** "METHOD /address" of every route, from the tree that Fastify prints (four characters a step); HEAD goes with GET. */
function routesOf(tree: string): string[] {
  const path: string[] = []
  return tree.split('\n').flatMap((line) => {
    if (line.trim() === '') return []
    const found = /^(.*?)[├└]── (\S+) \((.*)\)$/.exec(line)
    if (!found) throw new Error(`no route can be read in: ${line}`)
    const [, indent = '', part = '', methods = ''] = found
    path.splice(indent.length / 4, Infinity, part)
    return methods.split(', ').flatMap((method) => (method === 'HEAD' ? [] : [`${method} ${path.join('')}`]))
  })
}

test('every address that names something of a school is absent for everybody of another school', async () => {
  const s = await aSchool(w.ctx.db)
  const other = await aSchool(w.ctx.db)
  const all = await tries(s)
  const known = new Set([...all.map(({ route }) => route), ...ofOneself])
  expect(routesOf(w.app.printRoutes({ commonPrefix: false })).sort()).toEqual([...known].sort())

  const before = await digest(w.ctx.db)
  const { mme_diallo, m_benali, lea, mme_diop, mme_roy } = other
  for (const stranger of [mme_diallo, m_benali, lea, mme_diop, mme_roy]) {
    const sender = await w.as(stranger)
    for (const one of all) {
      const answer = await send(sender, one)
      expect(answer.statusCode, `${one.route} as ${stranger.username}: ${answer.body}`).toBe(404)
      refused(answer, 'absent')
    }
  }
  for (const one of all) {
    refused(await send(w.nobody, one), 'session.needed')
  }
  expect(await digest(w.ctx.db), 'nothing of it happened').toBe(before)
  // The same requests of those whose it is find what they name.
  for (const one of all) {
    const answer = await send(await w.as(one.rightful), one)
    expect(answer.statusCode, `${one.route}: ${answer.body}`).toBeLessThan(400)
  }
}, 90_000)

test('an id of another school inside a request of one’s own opens nothing', async () => {
  const s = await aSchool(w.ctx.db)
  const other = await aSchool(w.ctx.db)
  const theirs = await made(s)
  const own = await made(other)
  const [teacher, guardian] = [await w.as(other.mme_diallo), await w.as(other.mme_diop)]
  const before = await digest(w.ctx.db)
  const classUrl = `/api/classes/${other.class3B.id}/homework`
  const work = `/api/homework/${own.homework}`
  const withFile = { ...own.draft, attachments: [theirs.fileId] }
  refused(await teacher.post(classUrl, withFile), 'file.not-yours')
  refused(await teacher.put(work, withFile), 'file.not-yours')
  refused(
    await teacher.post(classUrl, { ...own.draft, lessonId: theirs.lessonId }),
    'homework.lesson-unknown',
  )
  const entry = { body: '<p>x</p>', attachments: [theirs.fileId] }
  refused(await teacher.put(`/api/lessons/${own.lessonId}/entry`, entry), 'file.not-yours')
  refused(await teacher.get(`${work}/pupils/${s.lea.id}`), 'absent')
  refused(await teacher.post(`${work}/give-back`, { pupils: [s.lea.id] }), 'result.nothing-saved')
  const result = { mark: '3', feedback: '', submissionId: theirs.submission }
  refused(await teacher.put(`${work}/pupils/${other.lea.id}/result`, result), 'result.copy-renewed')
  refused(await guardian.get(`${work}/mine?child=${s.lea.id}`), 'absent')
  refused(await guardian.get(`/api/homework?child=${s.lea.id}`), 'absent')
  const pupil = await w.as(other.lea)
  const handIn = `/api/homework/${own.toHandIn}/submissions`
  refused(await pupil.post(handIn, { text: 'a', files: [theirs.fileId] }), 'file.not-yours')
  refused(await pupil.post(handIn, { text: 'a', files: [], id: theirs.submission }), 'absent')
  expect(await digest(w.ctx.db), 'nothing of it happened').toBe(before)
})
