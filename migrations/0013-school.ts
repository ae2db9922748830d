// What a school decides for itself: its settings, days at a distance, who was called, imports made in the browser, and
// the secret addresses of calendars.
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table school_setting (
      school_id uuid not null references org (id) on delete cascade,
      section text not null,                   -- named by the feature whose settings they are
      value jsonb not null,                    -- only what differs from the defaults
      changed_by uuid references person (id) on delete set null,
      changed_at timestamptz not null,
      primary key (school_id, section)
    );

    -- Days on which lessons are held at a distance. Never deleted: the history says who switched when.
    create table remote_period (
      id uuid primary key,
      school_id uuid not null references org (id) on delete cascade,
      from_on date not null,
      to_on date not null,                     -- inclusive
      class_ids uuid[],                        -- null: the whole school
      word text not null,                      -- the head's word to everybody
      made_by uuid references person (id) on delete set null,
      made_at timestamptz not null,
      ended_by uuid references person (id) on delete set null,
      ended_at timestamptz,
      ended_on date                            -- from this day on it no longer counts
    );
    create index remote_period_by_school on remote_period (school_id, to_on);

    -- Somebody was called because they had not connected. Goes when its week is over.
    create table call_note (
      person_id uuid not null references person (id) on delete cascade,
      week_on date not null,                   -- its Monday
      note text not null,
      by_person_id uuid references person (id) on delete set null,
      at timestamptz not null,
      primary key (person_id, week_on)
    );

    create table school_import (
      id uuid primary key,
      school_id uuid not null references org (id) on delete cascade,
      by_person_id uuid references person (id) on delete set null,
      kind text not null,                      -- directory or timetable
      name text not null,                      -- of the file, as its sender called it
      bytes bigint not null,
      upload text,                             -- null once the file is gone
      state text not null,                     -- trying, tried, applying, applied, refused, cut, discarded
      confirmed boolean not null default false,
      step text,
      done real not null default 0,
      made_at timestamptz not null,
      changed_at timestamptz not null,
      report jsonb,
      refusal jsonb
    );
    create index school_import_by_school on school_import (school_id, made_at);
    create unique index school_import_running on school_import (school_id) where state in ('trying', 'applying');

    create table calendar_feed (
      id uuid primary key,
      person_id uuid not null references person (id) on delete cascade,
      child_id uuid references person (id) on delete cascade,
      secret_hash bytea not null unique,       -- SHA-256 of 160 random bits
      homework text not null,                  -- none, all-day or due
      language text not null,
      made_at timestamptz not null,
      last_used_on date
    );
    create index calendar_feed_by_person on calendar_feed (person_id);
  `.execute(db)
}
