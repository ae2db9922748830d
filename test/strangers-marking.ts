// The addresses of scales, marking, history and kept remarks, as another school's people try them (strangers.test.ts).
import type { Marking } from '#feature/homework/scales/contract.ts'
import type { Sender } from './app.ts'
import type { Try } from './strangers-absences.ts'
import type { TestPerson, TestSchool } from './world.ts'

/** Homework of Mme Diallo's with what it is marked by, and a remark that she keeps. */
type Made = { homework: string; marking: Marking; remark: string }

/** What homework is marked by, and a remark that its teacher keeps. */
export async function markingMade(
  teacher: Sender,
  homework: string,
): Promise<{ marking: Marking; remark: string }> {
  const remark = await teacher.post('/api/remarks', { subject: '', words: 'Bien' })
  const { marking } = (await teacher.get(`/api/homework/${homework}/marking`)).json()
  return { marking, remark: remark.json().id }
}

/** Each address, with whoever may use it. */
export function markingTries(s: TestSchool, { homework, marking, remark }: Made): Try[] {
  const { mme_diallo: teacher, mme_roy: head, school } = s
  const one = (rightful: TestPerson, route: string, url: string, body?: unknown): Try => ({
    rightful,
    route,
    url,
    body,
  })
  const scales = `/api/schools/${school.id}/scales`
  const ofHomework = `/api/homework/${homework}/marking`
  const ofPupil = `/api/classes/${s.class3B.id}/pupils/${s.lea.id}`
  const words = { subject: '', words: 'Très bien' }
  return [
    one(head, 'GET /api/schools/:schoolId/scales', scales),
    one(head, 'PUT /api/schools/:schoolId/scales', scales, { scales: [marking.scale], version: '' }),
    one(teacher, 'GET /api/homework/:homeworkId/marking', ofHomework),
    one(teacher, 'PUT /api/homework/:homeworkId/marking', ofHomework, marking),
    one(head, 'GET /files/schools/:schoolId/oneroster.zip', `/files/schools/${school.id}/oneroster.zip`),
    one(teacher, 'GET /files/classes/:classId/oneroster.zip', `/files/classes/${s.class3B.id}/oneroster.zip`),
    one(s.mme_diop, 'GET /api/history', `/api/history?child=${s.lea.id}`),
    one(teacher, 'GET /api/classes/:classId/pupils/:pupilId/history', `${ofPupil}/history`),
    one(teacher, 'PUT /api/remarks/:remarkId', `/api/remarks/${remark}`, words),
    one(teacher, 'DELETE /api/remarks/:remarkId', `/api/remarks/${remark}`),
  ]
}
