// What a teacher draws on a copy and says about it: both belong to one hand-in, and are seen once it is given back.
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table annotation (
      submission_id uuid not null references submission (id) on delete cascade,
      file_id uuid not null references file (id),
      items jsonb not null,                    -- vectors in page coordinates, as the contract says
      version integer not null,                -- goes up with every save: two who draw at once do not overwrite
      author_id uuid references person (id) on delete set null,
      saved_at timestamptz not null,
      primary key (submission_id, file_id)
    );
    create index annotation_by_file on annotation (file_id);

    create table voice_message (
      submission_id uuid not null references submission (id) on delete cascade,
      file_id uuid not null references file (id),
      author_id uuid references person (id) on delete set null,
      said_at timestamptz not null,
      primary key (submission_id, file_id)
    );
    create index voice_message_by_file on voice_message (file_id);
  `.execute(db)
}
