// Each making of activation codes: the school's history of them, and what lets the same wish be answered twice.
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table code_run (
      id bigint generated always as identity primary key,
      made_by uuid not null references person (id) on delete cascade,
      wish_hash bytea not null,                -- SHA-256 of the wish and the key that its sender drew
      salt bytea not null,                     -- with the sender's key, which is not kept, it gives the codes again
      at timestamptz not null,
      school_id uuid references org (id) on delete cascade,  -- null for one person's code, which the account's events tell
      audience text not null check (audience in ('student', 'guardian', 'one')),
      title text,                              -- of the one class concerned
      classes integer,                         -- how many were chosen; null for the whole school
      made integer not null,
      ended integer not null,                  -- earlier codes, still unused, that stopped working
      unique (made_by, wish_hash)
    );
    create index code_run_by_school on code_run (school_id, at);
  `.execute(db)
}
