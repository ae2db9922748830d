// What schools decided about guardians.
import { sql } from 'kysely'
import type { Db } from '#platform/ctx'
import type { PersonId } from '#platform/ids'
import type { Decided, Guardians } from './contract.ts'

type Row = Omit<Guardians['guardians'][number], 'decided'> & { by: string | null; at: Date | null }

const named = (alias: string) =>
  sql`coalesce(${sql.ref(`${alias}.preferred_name`)}, ${sql.ref(`${alias}.given_name`)})`

/** A pupil's name, if the account is in use. */
export async function findPupil(db: Db, pupil: PersonId): Promise<Guardians['pupil'] | undefined> {
  const found = await sql<Guardians['pupil']>`
    select id, ${named('p')} as "givenName", family_name as "familyName" from person p
    where id = ${pupil} and disabled_at is null and enabled`.execute(db)
  return found.rows[0]
}

/** The guardians whom the directory names for a pupil, with what each may see and who decided it. */
export async function listGuardians(db: Db, pupil: PersonId): Promise<Guardians['guardians']> {
  const found = await sql<Row>`
    select p.id, ${named('p')} as "givenName", p.family_name as "familyName", coalesce(r.sees, 'all') as sees,
      ${named('b')} || ' ' || b.family_name as "by", r.set_at as at
    from guardianship g join person p on p.id = g.guardian_id
      left join guardian_right r on r.guardian_id = g.guardian_id and r.child_id = g.child_id
      left join person b on b.id = r.set_by
    where g.child_id = ${pupil} and p.disabled_at is null
    order by p.family_name collate "fr-x-icu", p.given_name collate "fr-x-icu"`.execute(db)
  return found.rows.map(({ by, at, ...guardian }) => ({
    ...guardian,
    ...(at && { decided: { by, at: at.toISOString() } }),
  }))
}

/** What one guardian may see of a pupil, for the rest of the transaction; undefined when they are not a guardian. */
export async function lockDecision(
  db: Db,
  guardian: PersonId,
  pupil: PersonId,
): Promise<Decided | undefined> {
  const found = await sql<{ sees: Decided }>`
    select coalesce((select r.sees from guardian_right r
        where r.guardian_id = g.guardian_id and r.child_id = g.child_id), 'all') as sees
    from guardianship g where g.guardian_id = ${guardian} and g.child_id = ${pupil} for update of g`.execute(
    db,
  )
  return found.rows[0]?.sees
}

/** Writes down what one guardian may see. */
export async function putDecision(
  db: Db,
  of: { guardian: PersonId; pupil: PersonId },
  sees: Decided,
  by: PersonId,
  at: Date,
): Promise<void> {
  await sql`
    insert into guardian_right (guardian_id, child_id, sees, set_by, set_at)
    values (${of.guardian}, ${of.pupil}, ${sees}, ${by}, ${at})
    on conflict (guardian_id, child_id) do update
      set sees = excluded.sees, set_by = excluded.set_by, set_at = excluded.set_at`.execute(db)
}

/** Whether the directory calls somebody a guardian of a pupil, under any of their records. */
export async function isGuardian(db: Db, account: PersonId, pupil: PersonId): Promise<boolean> {
  const found = await sql`
    select 1 from guardianship g left join guardian_link l on l.record_id = g.guardian_id
    where g.child_id = ${pupil} and ${account} in (g.guardian_id, l.account_id)`.execute(db)
  return found.rows.length > 0
}

/** The accounts through which a guardian signs in: their own, and the one that it was linked to. */
export async function listAccountsOf(db: Db, guardian: PersonId): Promise<PersonId[]> {
  const found = await sql<{ id: PersonId }>`
    select account_id as id from guardian_link where record_id = ${guardian}`.execute(db)
  return [guardian, ...found.rows.map((r) => r.id)]
}
