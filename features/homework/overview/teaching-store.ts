// A teacher's homework under way, for many teachers at once: how many copies came, wait to be read, can be given back.
import { sql } from 'kysely'
import type { Db } from '#platform/ctx'
import type { ClassId, HomeworkId, PersonId } from '#platform/ids'
import { inForce } from '#platform/in-force'

export type TeachingRow = {
  account: PersonId
  homeworkId: HomeworkId
  classId: ClassId
  class: string
  title: string
  dueAt: string
  /** Still to come: the class does not see it yet. */
  publishAt?: string
  handIn: boolean
  /** Pupils of the class today who have this homework, and how many of them handed in or ticked. */
  pupils: number
  handedIn: number
  /** Copies that wait to be read, and results that wait to be given back. */
  toRead: number
  ready: number
}

/**
 * The homework that teachers set in the classes that they still teach: what is due from `now` on, and of what was due
 * since `from` that of which copies wait to be read or to be given back. Counted over the pupils of today, as on the
 * desk: how many handed in (of work without hand-in, how many ticked), how many wait, how many are ready.
 */
export async function listTeaching(
  db: Db,
  teachers: readonly PersonId[],
  today: string,
  from: Date,
  now: Date,
): Promise<TeachingRow[]> {
  const found = await sql<Omit<TeachingRow, 'dueAt' | 'publishAt'> & { dueAt: Date; publishAt: Date | null }>`
    select t.person_id as account, h.id as "homeworkId", c.id as "classId", c.title as class, h.title,
      h.due_at as "dueAt", h.hand_in as "handIn", h.publish_at as "publishAt",
      of.pupils, of."handedIn", of."toRead", of.ready
    from enrollment t join class c on c.id = t.class_id
      join homework h on h.class_id = c.id and h.author_id = t.person_id
      cross join lateral (
        select count(*)::int as pupils,
          (count(*) filter (where case when h.hand_in then s.id is not null else k.at is not null end))::int as "handedIn",
          (count(*) filter (where s.id is not null and r.given_back_at is null
            and (r.saved_at is null or r.submission_id is distinct from s.id)))::int as "toRead",
          (count(*) filter (where r.saved_at is not null and r.given_back_at is null
            and r.submission_id is not distinct from s.id))::int as ready
        from assigned e join person p on p.id = e.pupil_id
          left join submission s on s.homework_id = h.id and s.pupil_id = p.id and s.replaced_at is null
          left join homework_tick k on k.homework_id = h.id and k.pupil_id = p.id
          left join result r on r.homework_id = h.id and r.pupil_id = p.id
        where e.homework_id = h.id and ${inForce('e', today)} and p.disabled_at is null and p.enabled) of
    where t.person_id = any(${[...teachers]}::uuid[]) and t.role = 'teacher' and c.disabled_at is null and ${inForce('t', today)}
      and h.withdrawn_at is null and h.due_at >= ${from}
    order by h.due_at`.execute(db)
  const open = found.rows.filter((row) => row.toRead + row.ready > 0 || row.dueAt >= now)
  return open.map(({ publishAt, ...row }) => ({
    ...row,
    dueAt: row.dueAt.toISOString(),
    ...(publishAt ? { publishAt: publishAt.toISOString() } : {}),
  }))
}
