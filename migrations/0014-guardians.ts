// What a school lets a guardian see of a child, and the accounts of several schools that are one person's.
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- Set by the school; no row: everything. Kept apart from guardianship, so that an import of the directory that
    -- takes a link away and brings it back finds what was decided.
    create table guardian_right (
      guardian_id uuid not null references person (id) on delete cascade,
      child_id uuid not null references person (id) on delete cascade,
      sees text not null check (sees in ('all', 'day', 'nothing')),
      set_by uuid references person (id) on delete set null,
      set_at timestamptz not null,
      primary key (guardian_id, child_id)
    );
    create index guardian_right_by_child on guardian_right (child_id);

    -- What the school of record_id calls one of its guardians is the person who signs in as account_id.
    create table guardian_link (
      record_id uuid primary key references person (id) on delete cascade,
      account_id uuid not null references person (id) on delete cascade,
      linked_at timestamptz not null,
      check (record_id <> account_id)
    );
    create index guardian_link_by_account on guardian_link (account_id);

    -- Who sees what of which child: the one place that every check asks. Of several records of one person, the
    -- strictest counts.
    create view care as
      select guardian_id, child_id, (array['day', 'all'])[min(grade)] as sees
      from (
        select w.guardian_id, w.child_id,
          case coalesce(r.sees, 'all') when 'nothing' then 0 when 'day' then 1 else 2 end as grade
        from (
          select guardian_id, guardian_id as record_id, child_id from guardianship
          union all
          select l.account_id, l.record_id, g.child_id
          from guardian_link l join person p on p.id = l.record_id join guardianship g on g.guardian_id = l.record_id
          where p.disabled_at is null and p.enabled
        ) w left join guardian_right r on r.guardian_id = w.record_id and r.child_id = w.child_id
      ) graded
      group by guardian_id, child_id having min(grade) > 0;
  `.execute(db)
}
