// All copies of one piece of homework at once, with their results, for a teacher to take along.
import { sql } from 'kysely'
import type { Db } from '#platform/ctx'
import type { HomeworkId, PersonId, SubmissionId } from '#platform/ids'
import type { Attachment } from '../contract.ts'
import type { Filled } from '../scales/contract.ts'

export type CopyRow = {
  givenName: string
  familyName: string
  ticked: boolean
  submissionId: SubmissionId | null
  text: string | null
  submittedAt: Date | null
  late: boolean | null
  /** `drawn`: corrected upon; `viewSha256`: of a photo that is shown upright. */
  files: (Attachment & { drawn?: boolean; viewSha256?: string })[]
  mark: string | null
  /** Sanitised HTML. */
  feedback: string | null
  givenBack: boolean
  rubric: Filled | null
  round: number
}

/** The copies of some pupils, in the order of the school's list. The caller has checked who asks. */
export async function listCopies(db: Db, id: HomeworkId, pupils: readonly PersonId[]): Promise<CopyRow[]> {
  const found = await sql<CopyRow>`
    select coalesce(p.preferred_name, p.given_name) as "givenName", p.family_name as "familyName",
      t.at is not null as ticked, s.id as "submissionId", s.body as text, s.submitted_at as "submittedAt", s.late,
      coalesce((select json_agg(json_strip_nulls(json_build_object('id', f.id, 'name', f.name, 'type', f.type, 'bytes', f.bytes,
          'sha256', f.sha256, 'viewSha256', f.view_sha256, 'drawn', (select true from annotation n
            where n.submission_id = s.id and n.file_id = f.id and n.items <> '[]'::jsonb), 'scan', case when f.scan in ('waiting', 'infected', 'unchecked') then f.scan end)) order by a.position)
        from submission_file a join file f on f.id = a.file_id where a.submission_id = s.id), '[]') as files,
      r.mark, r.feedback, r.given_back_at is not null as "givenBack",
      r.rubric, coalesce(r.round, 1) as round
    from person p
      left join homework_tick t on t.homework_id = ${id} and t.pupil_id = p.id
      left join submission s on s.homework_id = ${id} and s.pupil_id = p.id and s.replaced_at is null
      left join result r on r.homework_id = ${id} and r.pupil_id = p.id
    where p.id = any(${[...pupils]}::uuid[])
    order by p.family_name collate "fr-x-icu", p.given_name collate "fr-x-icu", p.id`.execute(db)
  return found.rows
}
