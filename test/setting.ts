// Homework that Mme Diallo sets for 3e B, as the tests of setting in depth begin.
import { expect } from 'vitest'
import { sheetPath } from '#door/formats/feed'
import type { Setting } from '#feature/homework/setting/contract.ts'
import type { TestWorkspace } from '#test/app'
import type { TestPerson, TestSchool } from '#test/world'

export const due = '2026-11-26T07:00:00.000Z'
export const later = '2026-11-30T07:00:00.000Z'
export const base = {
  title: 'Fiche de Léa',
  body: '<p>Pages 3</p>',
  dueAt: due,
  handIn: true,
  attachments: [],
}

/** The class's sheet of the day on which the tests begin. */
export const dayOf = (s: TestSchool) => sheetPath(s.class3B.key, 'day/2026-11-24')

/** What the tests ask of one workspace. */
export function settingIn(w: TestWorkspace) {
  const get = async <T>(by: TestPerson, url: string): Promise<T> =>
    (await (await w.as(by)).get(url)).json<T>()
  return {
    get,
    /** Sets `base`, but for what `over` says. */
    async setBy(s: TestSchool, over: object = {}): Promise<{ id: string; url: string }> {
      const diallo = await w.as(s.mme_diallo)
      const answer = await diallo.post(`/api/classes/${s.class3B.id}/homework`, { ...base, ...over })
      expect(answer.statusCode, answer.body).toBe(200)
      return { id: answer.json().id, url: `/api/homework/${answer.json().id}` }
    },
    settingOf: (s: TestSchool, url: string) => get<Setting>(s.mme_diallo, `${url}/setting`),
  }
}
