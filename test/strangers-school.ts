// Addresses of a school's own page, for the test that tries them as people of another school.

import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Ctx } from '#platform/ctx'
import { type FileId, newId, type SchoolId } from '#platform/ids'
import type { Sender } from './app.ts'
import type { Try } from './strangers-absences.ts'
import type { TestPerson, TestSchool } from './world.ts'

/** One's own calendar addresses, and a calendar for whoever has its secret: tried as others in features/feeds. */
export const feedAddresses = [
  ...['GET /api/feeds', 'POST /api/feeds', 'POST /api/feeds/:feedId/renew', 'DELETE /api/feeds/:feedId'],
  'GET /api/calendars/:file',
]

/** A period at a distance that is still to come. */
export async function periodOf(head: Sender, { school }: TestSchool): Promise<string> {
  const wish = { from: '2026-12-01', to: '2026-12-02', word: '' }
  return (await head.post(`/api/schools/${school.id}/remote`, wish)).json().periods[0].id
}

type Imports = Awaited<ReturnType<typeof importsOf>>

async function anUpload({ uploads, clock }: Ctx, who: TestPerson): Promise<string> {
  const id = `${who.id}.${newId<FileId>(clock.now())}`
  await mkdir(uploads, { recursive: true })
  await writeFile(join(uploads, id), 'x')
  const info = { id, size: 1, offset: 1, metadata: { filename: 'export.zip' } }
  await writeFile(join(uploads, `${id}.json`), JSON.stringify(info))
  return id
}

/** Another school that the head runs: one import runs at a time in each. */
async function anAnnexe({ db, clock }: Ctx, head: TestPerson): Promise<SchoolId> {
  const annexe = await db
    .insertInto('org')
    .values({ source: '', sourced_id: newId(clock.now()), name: 'Annexe', type: 'school', disabled_at: null })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('person_role')
    .values({ person_id: head.id, org_id: annexe.id, role: 'principal' })
    .execute()
  return annexe.id
}

/** Imports of the head: an upload to try, one that was cut and one that was tried in annexes, and one that is over. */
export async function importsOf(ctx: Ctx, { school, mme_roy: head }: TestSchool) {
  const made = async (schoolId: SchoolId, state: string) => {
    const id = newId(ctx.clock.now())
    const at = new Date(ctx.clock.now())
    const upload = await anUpload(ctx, head)
    const row = { school_id: schoolId, by_person_id: head.id, kind: 'directory', name: 'x.zip', bytes: '1' }
    const values = {
      ...row,
      id,
      upload,
      state,
      step: null,
      made_at: at,
      changed_at: at,
      report: null,
      refusal: null,
    }
    await ctx.db.insertInto('school_import').values(values).execute()
    return `/api/schools/${schoolId}/imports/${id}`
  }
  return {
    upload: await anUpload(ctx, head),
    cut: await made(await anAnnexe(ctx, head), 'cut'),
    one: await made(await anAnnexe(ctx, head), 'tried'),
    over: await made(school.id, 'applied'),
  }
}

/** Every one of them with somebody for whom it exists. */
export function schoolTries(s: TestSchool, { period, imports }: { period: string; imports: Imports }): Try[] {
  const url = `/api/schools/${s.school.id}`
  const remote = { from: '2026-12-07', to: '2026-12-08', word: 'x' }
  const of = (rightful: TestPerson, route: string, url: string, body?: unknown): Try => ({
    rightful,
    route,
    url,
    body,
  })
  const [head, teacher] = [s.mme_roy, s.mme_diallo]
  return [
    of(head, 'GET /api/schools/:schoolId/settings', `${url}/settings`),
    of(head, 'PUT /api/schools/:schoolId/settings', `${url}/settings`, { calendarFeeds: false }),
    of(head, 'GET /api/schools/:schoolId/remote', `${url}/remote`),
    of(head, 'POST /api/schools/:schoolId/remote', `${url}/remote`, remote),
    of(head, 'DELETE /api/schools/:schoolId/remote/:periodId', `${url}/remote/${period}`),
    of(head, 'GET /api/schools/:schoolId/imports', `${url}/imports`),
    of(head, 'POST /api/schools/:schoolId/imports', `${url}/imports`, { upload: imports.upload }),
    of(head, 'GET /api/schools/:schoolId/imports/:importId', imports.one),
    of(head, 'POST /api/schools/:schoolId/imports/:importId/apply', `${imports.one}/apply`, {}),
    of(head, 'POST /api/schools/:schoolId/imports/:importId/again', `${imports.cut}/again`),
    of(head, 'DELETE /api/schools/:schoolId/imports/:importId', imports.over),
    of(head, 'GET /api/schools/:schoolId/missing', `${url}/missing`),
    of(teacher, 'GET /api/classes/:classId/missing', `/api/classes/${s.class3B.id}/missing`),
    of(head, 'GET /files/schools/:schoolId/missing.csv', `/files/schools/${s.school.id}/missing.csv`),
    of(teacher, 'PUT /api/people/:personId/call', `/api/people/${s.lea.id}/call`, { note: 'x' }),
    of(teacher, 'DELETE /api/people/:personId/call', `/api/people/${s.lea.id}/call`),
  ]
}
