// Notes of calls belong to one school: a guardian with children in two is called by both. They last a week, so that
// those there are begin anew.
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    drop table call_note;
    create table call_note (
      school_id uuid not null references org (id) on delete cascade,
      person_id uuid not null references person (id) on delete cascade,
      week_on date not null,                   -- its Monday
      note text not null,
      by_person_id uuid references person (id) on delete set null,
      at timestamptz not null,
      primary key (person_id, week_on, school_id)
    );
  `.execute(db)
}
