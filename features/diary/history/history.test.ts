// The diary over the year: everything from the first day, whoever wrote it and whatever became of the slot.
import { expect, test } from 'vitest'
import { aWorkspace, refused } from '#test/app'
import { aSchool, aSlot } from '#test/world'

const w = await aWorkspace()

test('weeks, subjects and a period hold what a teacher who left wrote in slots that are gone', async () => {
  const s = await aSchool(w.ctx.db)
  const other = await aSchool(w.ctx.db)
  const slot = (title: string, date: string) =>
    aSlot(w.ctx.db, s.school, { class: s.class3B, teacher: s.m_benali, title }, [date])
  const benali = await w.as(s.m_benali)
  const lesson = { maths: await slot('Maths', '2026-09-02'), physics: await slot('Physique', '2026-11-24') }
  await benali.put(`/api/lessons/${lesson.maths.id}.2026-09-02/entry`, {
    body: '<p>Rentrée</p>',
    attachments: [],
  })
  await benali.put(`/api/lessons/${lesson.physics.id}.2026-11-24/entry`, {
    body: '<p>Ohm</p>',
    attachments: [],
  })
  const draft = {
    title: 'Loi d’Ohm',
    body: '<p>ex. 3</p>',
    dueAt: '2026-11-26T07:00:00Z',
    handIn: false,
    attachments: [],
  }
  await (await w.as(s.mme_diallo)).post(`/api/classes/${s.class3B.id}/homework`, draft)
  await w.ctx.db.deleteFrom('slot').where('id', '=', lesson.maths.id).execute()
  await w.ctx.db
    .updateTable('person')
    .set({ disabled_at: new Date() })
    .where('id', '=', s.m_benali.id)
    .execute()

  const base = `/api/classes/${s.class3B.id}/diary`
  for (const person of [s.lea, s.mme_diop, s.mme_diallo, s.mme_roy]) {
    const reader = await w.as(person)
    expect((await reader.get(`${base}/year`)).json()).toEqual({
      class: '3e B',
      weeks: [
        { monday: '2026-08-31', count: 1 },
        { monday: '2026-11-23', count: 1 },
      ],
      subjects: [
        { name: 'Maths', count: 1 },
        { name: 'Physique', count: 1 },
      ],
    })
    const whole = (await reader.get(`${base}/period?from=2026-09-01&to=2026-11-30`)).json()
    expect(whole).toMatchObject({
      class: '3e B',
      entries: [
        { subject: 'Maths', teacher: 'Karim Benali', body: '<p>Rentrée</p>' },
        { subject: 'Physique' },
      ],
      homework: [{ title: 'Loi d’Ohm', setOn: '2026-11-24' }],
    })
    const maths = (await reader.get(`${base}/period?from=2026-09-01&to=2026-11-30&subject=Maths`)).json()
    expect(maths.entries).toHaveLength(1)
    expect(maths.homework).toEqual([])
  }
  const lea = await w.as(s.lea)
  refused(await lea.get(`${base}/period?from=2026-09-01&to=2028-09-01`), 'diary.period-too-long')
  refused(await lea.get(`${base}/period?from=2026-09-02&to=2026-09-01`), 'diary.period-too-long')
  for (const person of [s.nour, other.lea, other.mme_roy]) {
    const stranger = await w.as(person)
    refused(await stranger.get(`${base}/year`), 'absent')
    refused(await stranger.get(`${base}/period?from=2026-09-01&to=2026-11-30`), 'absent')
  }
})
