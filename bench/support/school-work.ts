// What a generated region's teachers have written by this morning: an entry for each lesson of the week so far, and
// three pieces of homework for each class. Set-based, since a region has many classes; the demo's own school is richer.
import { sql } from 'kysely'
import { schoolDay } from '#features/people'
import { addDays, mondayOf } from '#platform/calendar'
import type { Ctx } from '#platform/ctx'

const entry =
  '<p>Correction des exercices 3 à 7 page 42, puis lecture du document sur le climat.</p>' +
  '<ul><li>Ce que l’on retient : une source se lit avec sa date.</li><li>Vocabulaire au cahier.</li></ul>'
const task =
  '<p>Relire la leçon et répondre aux questions 1 à 4 par des phrases complètes. Dix lignes au moins pour la quatrième.</p>'

/** Writes diaries and sets homework wherever there is none yet. Nobody need listen: it precedes the workspace. */
export async function putTheRegionToWork(ctx: Ctx): Promise<void> {
  const today = schoolDay(ctx)
  await sql`
    insert into diary_entry (id, school_id, class_id, slot_id, on_date, author_id, body, updated_at)
    select gen_random_uuid(), s.school_id, s.class_id, s.id, d.date, s.teacher_id, ${entry}, now()
    from slot s cross join lateral unnest(s.dates) as d (date)
    where d.date between ${mondayOf(today)}::date and ${today}::date
    on conflict do nothing`.execute(ctx.db)
  await sql`
    insert into homework (id, school_id, class_id, author_id, slot_id, set_on, title, body, due_at, hand_in,
      created_at, updated_at)
    select gen_random_uuid(), s.school_id, s.class_id, s.teacher_id, s.id, s.day, s.title || ', questions', ${task},
      ${addDays(today, 1)}::date + n * interval '1 day' + interval '18 hours', n <> 2, now(), now()
    from (select distinct on (s.class_id) s.*, d.date as day from slot s cross join lateral unnest(s.dates) as d (date)
        where d.date between ${addDays(today, -7)}::date and ${today}::date order by s.class_id, d.date desc, s.id) s
      cross join generate_series(1, 3) as n
    where not exists (select 1 from homework h where h.class_id = s.class_id)`.execute(ctx.db)
}
