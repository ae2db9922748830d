// Which pupils have which homework: one answer for every question about it.
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- The pupils of its class or group; of homework for some, those of them who are named. With the dates of the
    -- enrollment that makes it so: whoever asks says whether it must be in force. Published, withdrawn and more time are
    -- the homework's.
    create view assigned as
      select h.id as homework_id, e.person_id as pupil_id, e.begin_date, e.end_date, e.disabled_at
      from homework h join enrollment e on e.class_id = h.class_id and e.role = 'student'
      where not h.for_some
        or exists (select 1 from homework_pupil n where n.homework_id = h.id and n.pupil_id = e.person_id);
  `.execute(db)
}
