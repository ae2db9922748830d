// Homework in depth: for named pupils, published later, with extensions and an estimated time; a version for two who
// edit at once.
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table homework
      add column for_some boolean not null default false,   -- only the pupils in homework_pupil have it
      add column publish_at timestamptz,                    -- when it is to be seen; null once it is
      add column minutes integer,                           -- estimated time
      add column version integer not null default 1,
      add column changed_by uuid references person (id) on delete set null;
    create index homework_to_publish on homework (publish_at) where publish_at is not null;
    create index homework_by_school on homework (school_id, set_on);

    create table homework_pupil (
      homework_id uuid not null references homework (id) on delete cascade,
      pupil_id uuid not null references person (id) on delete cascade,
      primary key (homework_id, pupil_id)
    );
    create index homework_pupil_by_pupil on homework_pupil (pupil_id);

    create table homework_extension (
      homework_id uuid not null references homework (id) on delete cascade,
      pupil_id uuid not null references person (id) on delete cascade,
      due_at timestamptz not null,                          -- counts while it is later than the class's
      word text not null default '',
      given_by uuid references person (id) on delete set null,
      given_at timestamptz not null,
      primary key (homework_id, pupil_id)
    );
    create index homework_extension_by_pupil on homework_extension (pupil_id, due_at);
  `.execute(db)
}
