// Files, the diary, homework, what is handed in and what comes back.
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table file (
      id uuid primary key,
      school_id uuid not null references org (id) on delete cascade,
      owner_id uuid not null references person (id) on delete cascade,
      sha256 text not null,                    -- hex; also the name in the store
      bytes bigint not null,
      name text not null,                      -- as the sender called it
      type text not null,                      -- media type found by content, never by name
      view_sha256 text,                        -- upright JPEG made from a photo, when one was needed
      created_at timestamptz not null
    );
    create index file_by_owner_hash on file (owner_id, sha256);

    create table diary_entry (
      id uuid primary key,
      school_id uuid not null references org (id) on delete cascade,
      class_id uuid not null references class (id) on delete cascade,
      slot_id uuid references slot (id) on delete set null,
      on_date date not null,
      author_id uuid references person (id) on delete set null,
      body text not null,                      -- sanitised HTML
      updated_at timestamptz not null,
      withdrawn_at timestamptz
    );
    create unique index diary_entry_by_lesson on diary_entry (slot_id, on_date) where withdrawn_at is null;
    create index diary_entry_by_class on diary_entry (class_id, on_date);

    create table diary_attachment (
      entry_id uuid not null references diary_entry (id) on delete cascade,
      file_id uuid not null references file (id),
      position integer not null,
      primary key (entry_id, file_id)
    );
    create index diary_attachment_by_file on diary_attachment (file_id);

    create table homework (
      id uuid primary key,
      school_id uuid not null references org (id) on delete cascade,
      class_id uuid not null references class (id) on delete cascade,
      author_id uuid references person (id) on delete set null,
      slot_id uuid references slot (id) on delete set null,   -- lesson in which it was set
      set_on date not null,
      title text not null,
      body text not null,                      -- sanitised HTML
      due_at timestamptz not null,
      hand_in boolean not null,
      created_at timestamptz not null,
      updated_at timestamptz not null,
      withdrawn_at timestamptz
    );
    create index homework_by_class on homework (class_id, due_at);

    create table homework_attachment (
      homework_id uuid not null references homework (id) on delete cascade,
      file_id uuid not null references file (id),
      position integer not null,
      primary key (homework_id, file_id)
    );
    create index homework_attachment_by_file on homework_attachment (file_id);

    create table homework_tick (
      homework_id uuid not null references homework (id) on delete cascade,
      pupil_id uuid not null references person (id) on delete cascade,
      at timestamptz not null,
      primary key (homework_id, pupil_id)
    );

    create table submission (
      id uuid primary key,
      school_id uuid not null references org (id) on delete cascade,
      homework_id uuid not null references homework (id) on delete cascade,
      pupil_id uuid not null references person (id) on delete cascade,
      body text not null,                      -- plain text
      submitted_at timestamptz not null,
      late boolean not null,
      replaced_at timestamptz                  -- set when a newer hand-in took its place; never deleted
    );
    create unique index submission_current on submission (homework_id, pupil_id) where replaced_at is null;
    create index submission_by_pupil on submission (pupil_id);

    create table submission_file (
      submission_id uuid not null references submission (id) on delete cascade,
      file_id uuid not null references file (id),
      position integer not null,
      primary key (submission_id, file_id)
    );
    create index submission_file_by_file on submission_file (file_id);

    create table receipt (
      submission_id uuid primary key references submission (id) on delete cascade,
      jws jsonb not null                       -- flattened JWS (RFC 7515), EdDSA (RFC 8037)
    );

    create table result (
      homework_id uuid not null references homework (id) on delete cascade,
      pupil_id uuid not null references person (id) on delete cascade,
      submission_id uuid references submission (id) on delete set null,
      mark text,                               -- as written on the school's scale, e.g. "15,5"
      feedback text not null default '',       -- sanitised HTML
      author_id uuid references person (id) on delete set null,
      saved_at timestamptz not null,
      given_back_at timestamptz,               -- null while the teacher is still writing
      primary key (homework_id, pupil_id)
    );
    create index result_by_pupil on result (pupil_id);
  `.execute(db)
}
