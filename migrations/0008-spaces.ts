// Documents that people keep and exchange: folders and files in spaces, their versions, whom they are shared with.
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- A space is no row: it is a person's own, a class's or group's, or that of a school's staff, and who may do what
    -- there follows from the directory.
    create table space_node (
      id uuid primary key,
      school_id uuid not null references org (id) on delete cascade,
      person_id uuid references person (id) on delete cascade,  -- in this person's own space
      class_id uuid references class (id) on delete cascade,    -- in this class's; neither: in the staff's
      parent_id uuid references space_node (id) on delete cascade,
      path uuid[] not null,                    -- the folders that it lies in, the outermost first, its parent last
      name text not null,
      name_key text not null,                  -- two names with the same key are the same name
      name_fold text not null,                 -- what a search compares
      file_id uuid references file (id),       -- what its latest version holds; null: it is a folder
      pupils text not null default 'read',     -- what the class's pupils may do in this folder: read, write, drop
      sender_id uuid references person (id) on delete cascade,  -- set for what lies in a drop box
      author_id uuid references person (id) on delete set null,
      changed_by uuid references person (id) on delete set null,
      changed_at timestamptz not null,
      trashed_at timestamptz,                  -- of what was put into the trash itself, not of what lies in it
      trashed_by uuid references person (id) on delete set null,
      check (num_nonnulls(person_id, class_id) <= 1),
      check (pupils in ('read', 'write', 'drop'))
    );
    create unique index space_node_name
      on space_node (school_id, person_id, class_id, parent_id, sender_id, name_key) nulls not distinct
      where trashed_at is null;
    create index space_node_by_parent on space_node (parent_id);
    create index space_node_by_path on space_node using gin (path);
    create index space_node_by_person on space_node (person_id) where person_id is not null;
    create index space_node_by_class on space_node (class_id) where class_id is not null;
    create index space_node_by_file on space_node (file_id) where file_id is not null;
    create index space_node_by_trash on space_node (trashed_at) where trashed_at is not null;

    create table space_version (
      id uuid primary key,
      node_id uuid not null references space_node (id) on delete cascade,
      file_id uuid not null references file (id),
      author_id uuid references person (id) on delete set null,
      at timestamptz not null
    );
    create index space_version_by_node on space_version (node_id, at);
    create index space_version_by_file on space_version (file_id);

    create table space_share (
      id uuid primary key,
      node_id uuid not null references space_node (id) on delete cascade,
      by_id uuid references person (id) on delete set null,
      person_id uuid references person (id) on delete cascade,
      class_id uuid references class (id) on delete cascade,
      may_write boolean not null,
      among_pupils boolean not null,           -- a pupil's, with pupils: counts only while the school allows it
      at timestamptz not null,
      check (num_nonnulls(person_id, class_id) = 1)
    );
    create unique index space_share_once on space_share (node_id, person_id, class_id) nulls not distinct;
    create index space_share_by_person on space_share (person_id) where person_id is not null;
    create index space_share_by_class on space_share (class_id) where class_id is not null;

    create table space_setting (
      school_id uuid primary key references org (id) on delete cascade,
      pupils_share boolean not null            -- pupils may share with their classmates
    );

    alter table file add column preview_sha256 text;  -- a PDF made from an office document
    create index file_by_preview_hash on file (preview_sha256) where preview_sha256 is not null;
    create function file_preview_deleted() returns trigger language plpgsql as $$ begin
      insert into loose_bytes values (old.preview_sha256, now())
        on conflict (hash) do update set since = excluded.since;
      return null;
    end $$;
    create trigger file_preview_deleted after delete on file for each row
      when (old.preview_sha256 is not null) execute function file_preview_deleted();
  `.execute(db)
}
