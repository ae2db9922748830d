// The addresses of absences and covers, as another school's people try them (see strangers.test.ts).
import type { TestPerson, TestSchool } from './world.ts'

export type Try = {
  /** The address as the workspace has it, with its method. */
  route: string
  url: string
  body?: unknown
  /** Somebody to whom it does exist, who tries it last. */
  rightful: TestPerson
}

/** An absence of Mme Diallo's, its span, and a lesson in it as "<slotId>.<date>". */
type Made = { away: object; absence: string; covered: string }

/** Each address, the reading ones first, in an order in which its rightful owner can use them one after the other. */
export function absenceTries(s: TestSchool, { away, absence, covered }: Made): Try[] {
  const ofSchool = `/api/schools/${s.school.id}/absences`
  const one = (route: string, url: string, body?: unknown): Try => ({ rightful: s.mme_roy, route, url, body })
  const cover = `/api/lessons/${covered}/cover`
  return [
    one('GET /api/schools/:schoolId/absences', `${ofSchool}?day=2026-11-24`),
    one('POST /api/schools/:schoolId/absences', ofSchool, { teacherId: s.m_benali.id, ...away }),
    one('PUT /api/schools/:schoolId/absences/rules', `${ofSchool}/rules`, { teachersEnterAbsences: true }),
    one('GET /api/lessons/:lessonId/cover', cover),
    one('PUT /api/lessons/:lessonId/cover', cover, { kind: 'study' }),
    one('DELETE /api/lessons/:lessonId/cover', cover),
    one('PUT /api/absences/:absenceId', `/api/absences/${absence}`, away),
    one('DELETE /api/absences/:absenceId', `/api/absences/${absence}`),
    one('POST /api/absences/:absenceId/restore', `/api/absences/${absence}/restore`),
  ]
}
