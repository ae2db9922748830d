// Marking in depth: a school's scales, what each piece of homework is marked by, rubrics, rounds, kept remarks.
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table mark_scale (
      id uuid primary key,
      school_id uuid not null references org (id) on delete cascade,
      position integer not null,
      scale jsonb not null,
      changed_by uuid references person (id) on delete set null,
      changed_at timestamptz not null
    );
    create index mark_scale_by_school on mark_scale (school_id, position);

    create table homework_marking (
      homework_id uuid primary key references homework (id) on delete cascade,
      scale jsonb not null,                    -- as it was when it was chosen: later changes of the school's do not reach it
      coefficient double precision,
      counts text not null default 'last',     -- of several rounds: last | best
      rubric jsonb,
      chosen_by uuid references person (id) on delete set null,
      chosen_at timestamptz not null
    );
    create index homework_marking_by_chooser on homework_marking (chosen_by, chosen_at desc);

    alter table result
      alter column saved_at drop not null,     -- null: a new round was asked for and nothing is written for it yet
      add column version integer not null default 1,
      add column value double precision,       -- the mark as a share of its scale, 0 to 1; null when it is none
      add column rubric jsonb,                 -- the level chosen for each criterion
      add column round integer not null default 1,
      add column again_until timestamptz,      -- of a later round: when it was asked for by
      add column earlier_mark text,            -- of a later round: the mark of the earlier ones that counts
      add column earlier_value double precision; -- the same as a share, where the best round counts

    create table result_round (                -- rounds that are over: given back and asked for anew
      homework_id uuid not null references homework (id) on delete cascade,
      pupil_id uuid not null references person (id) on delete cascade,
      round integer not null,
      submission_id uuid references submission (id) on delete set null,
      mark text,
      value double precision,
      feedback text not null,
      rubric jsonb,
      author_id uuid references person (id) on delete set null,
      saved_at timestamptz not null,
      given_back_at timestamptz not null,
      again_until timestamptz not null,
      word text not null,                      -- what to do better, as the teacher asked
      primary key (homework_id, pupil_id, round)
    );
    create index result_round_by_pupil on result_round (pupil_id);

    create table remark (
      id uuid primary key,
      owner_id uuid not null references person (id) on delete cascade,
      subject text not null,
      words text not null,
      changed_at timestamptz not null
    );
    create index remark_by_owner on remark (owner_id);
  `.execute(db)
}
