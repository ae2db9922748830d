// Schools for tests: small, complete, and a new one for each call.
import { randomUUID } from 'node:crypto'
import type { Db } from '#platform/ctx'
import type { ClassId, PersonId, SchoolId, SlotId } from '#platform/ids'

export type TestPerson = { id: PersonId; key: string; username: string }
export type TestClass = { id: ClassId; key: string; title: string }
export type TestSchool = Awaited<ReturnType<typeof aSchool>>

/** A person with a role at a school. */
export async function aPerson(
  db: Db,
  school: { id: SchoolId },
  role: string,
  givenName: string,
  familyName: string,
): Promise<TestPerson> {
  const mark = randomUUID().slice(0, 8)
  const person = await db
    .insertInto('person')
    .values({
      source: 'test',
      sourced_id: `${givenName}-${mark}`,
      username: `${givenName}.${mark}`.toLowerCase(),
      given_name: givenName,
      family_name: familyName,
    })
    .returning(['id', 'key', 'username'])
    .executeTakeFirstOrThrow()
  await db.insertInto('person_role').values({ person_id: person.id, org_id: school.id, role }).execute()
  return person
}

/** A homeroom, or a group when `type` is scheduled, with its teachers and pupils. */
export async function aClass(
  db: Db,
  school: { id: SchoolId },
  title: string,
  members: {
    teachers?: TestPerson[]
    pupils?: TestPerson[]
    type?: 'homeroom' | 'scheduled'
    subject?: string
  },
): Promise<TestClass> {
  const row = await db
    .insertInto('class')
    .values({
      source: 'test',
      sourced_id: randomUUID(),
      school_id: school.id,
      title,
      type: members.type ?? 'homeroom',
      subject: members.subject ?? null,
    })
    .returning(['id', 'key', 'title'])
    .executeTakeFirstOrThrow()
  for (const teacher of members.teachers ?? []) await enroll(db, row, teacher, 'teacher')
  for (const pupil of members.pupils ?? []) await enroll(db, row, pupil, 'student')
  return row
}

export async function enroll(
  db: Db,
  c: { id: ClassId },
  person: TestPerson,
  role: 'student' | 'teacher' | 'proctor',
): Promise<void> {
  const mark = randomUUID()
  await db
    .insertInto('enrollment')
    .values({ class_id: c.id, person_id: person.id, role, source: 'test', sourced_id: mark })
    .execute()
}

/**
 * A collège with two homerooms and a half-group: Mme Diallo teaches French in 3e B and its group 1, M. Benali maths in
 * 3e A and 3e B. Léa (in group 1) and Théo are in 3e B, Nour in 3e A. Mme Diop is Léa's guardian; Mme Roy runs the school.
 */
export async function aSchool(db: Db, name = 'Collège Rosa-Parks') {
  const school = await db
    .insertInto('org')
    .values({ source: 'test', sourced_id: randomUUID(), name, type: 'school', disabled_at: null })
    .returning(['id', 'key', 'name'])
    .executeTakeFirstOrThrow()
  const mme_diallo = await aPerson(db, school, 'teacher', 'Aminata', 'Diallo')
  const m_benali = await aPerson(db, school, 'teacher', 'Karim', 'Benali')
  const lea = await aPerson(db, school, 'student', 'Léa', 'Diop')
  const theo = await aPerson(db, school, 'student', 'Théo', 'Bertin')
  const nour = await aPerson(db, school, 'student', 'Nour', 'Adjani')
  const mme_diop = await aPerson(db, school, 'guardian', 'Awa', 'Diop')
  const mme_roy = await aPerson(db, school, 'principal', 'Claire', 'Roy')
  await db
    .insertInto('guardianship')
    .values({ guardian_id: mme_diop.id, child_id: lea.id, source: 'test' })
    .execute()
  const class3A = await aClass(db, school, '3e A', { teachers: [m_benali], pupils: [nour] })
  const class3B = await aClass(db, school, '3e B', { teachers: [mme_diallo, m_benali], pupils: [lea, theo] })
  const group1 = await aClass(db, school, '3e B, groupe 1', {
    teachers: [mme_diallo],
    pupils: [lea],
    type: 'scheduled',
    subject: 'Français',
  })
  return { school, mme_diallo, m_benali, lea, theo, nour, mme_diop, mme_roy, class3A, class3B, group1 }
}

/** A slot of the timetable on the given days; 8:00 to 8:55 unless said otherwise. */
export async function aSlot(
  db: Db,
  school: { id: SchoolId },
  of: { class: TestClass; teacher?: TestPerson; title?: string; room?: string; start?: string; end?: string },
  dates: string[],
): Promise<{ id: SlotId }> {
  return db
    .insertInto('slot')
    .values({
      school_id: school.id,
      class_id: of.class.id,
      teacher_id: of.teacher?.id ?? null,
      source: 'test',
      uid: randomUUID(),
      title: of.title ?? 'Français',
      room: of.room ?? null,
      starts_at: of.start ?? '08:00',
      ends_at: of.end ?? '08:55',
      dates,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
}
