// The timetable: slots with the dates on which they take place, and changes to single lessons.
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table slot (
      id uuid primary key default gen_random_uuid(),
      school_id uuid not null references org (id) on delete cascade,
      class_id uuid not null references class (id) on delete cascade,   -- homeroom or group that attends
      teacher_id uuid references person (id) on delete set null,
      source text not null,                    -- calendar that delivered it
      uid text not null,                       -- iCalendar UID, with the RECURRENCE-ID behind a '#' for an exception
      title text not null,                     -- as shown: the subject
      subject text,
      room text,
      starts_at time not null,                 -- wall clock in the school's zone
      ends_at time not null,
      dates date[] not null,                   -- the days on which it takes place, weekly rules and exceptions resolved
      cancelled_dates date[] not null default '{}',  -- occurrences that the calendar marks as cancelled
      unique (school_id, source, uid)
    );
    create index slot_by_class on slot (class_id);
    create index slot_by_teacher on slot (teacher_id);
    create index slot_by_date on slot using gin (dates);

    create table lesson_change (
      slot_id uuid not null references slot (id) on delete cascade,
      on_date date not null,
      kind text not null,                      -- cancelled or moved
      to_date date,
      to_starts_at time,
      to_ends_at time,
      to_room text,
      note text,
      by_person_id uuid references person (id) on delete set null,
      at timestamptz not null,
      primary key (slot_id, on_date)
    );
  `.execute(db)
}
