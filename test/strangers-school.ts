// Addresses of a school's own page, for the test that tries them as people of another school.
import type { Try } from './strangers-absences.ts'
import type { TestPerson, TestSchool } from './world.ts'

/** Every one of them with somebody for whom it exists. */
export function schoolTries(s: TestSchool, period: string): Try[] {
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
    of(head, 'GET /api/schools/:schoolId/missing', `${url}/missing`),
    of(teacher, 'GET /api/classes/:classId/missing', `/api/classes/${s.class3B.id}/missing`),
    of(head, 'GET /files/schools/:schoolId/missing.csv', `/files/schools/${s.school.id}/missing.csv`),
    of(teacher, 'PUT /api/people/:personId/call', `/api/people/${s.lea.id}/call`, { note: 'x' }),
    of(teacher, 'DELETE /api/people/:personId/call', `/api/people/${s.lea.id}/call`),
  ]
}
