// How much of a school an import would disable: what is more than a tenth is rather a mistake, and asked about first.
import type { Disabling } from './contract.ts'
import type { Merge } from './stage-store.ts'

/** From so many on, so that one family that moves is no tenth of a village school. */
const fewest = 10
const share = 0.1

/** The schools of which this import disables more than a tenth of the people, classes or enrollments, and at least ten. */
export async function listDisabling({ client, now }: Merge): Promise<Disabling[]> {
  const found = await client.query<Disabling>(
    `with counted as (
       select r.org_id as school_id, 'person' as kind, count(distinct p.id) filter (where p.disabled_at = $1)::int as disabled,
         count(distinct p.id)::int as of
       from person_role r join person p on p.id = r.person_id where p.disabled_at is null or p.disabled_at = $1 group by 1
       union all
       select school_id, 'class', count(*) filter (where disabled_at = $1)::int, count(*)::int
       from class where disabled_at is null or disabled_at = $1 group by 1
       union all
       select c.school_id, 'enrollment', count(*) filter (where e.disabled_at = $1)::int, count(*)::int
       from enrollment e join class c on c.id = e.class_id where e.disabled_at is null or e.disabled_at = $1 group by 1)
     select o.name as school, c.kind, c.disabled, c.of from counted c join org o on o.id = c.school_id
     where c.disabled >= $2 and c.disabled > c.of * $3::float8 order by c.disabled::float / c.of desc limit 20`,
    [now, fewest, share],
  )
  return found.rows
}
