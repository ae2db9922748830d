// What guards files: whether a virus scanner has seen them, what each person uses and may use, and bytes that nothing
// may refer to any more.
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table file
      add column scan text not null default 'off',          -- off, waiting, clean, infected or unchecked
      add column scan_due_at timestamptz,                    -- when the scanner is to take it (again); null: never
      add column scanned_at timestamptz,
      add column finding text,                               -- what the scanner found, in its own words
      add column for_hand_in boolean not null default false, -- uploaded on a hand-in's page
      add column handed_in boolean not null default false;   -- handed in at least once: the school's to keep

    update file set for_hand_in = true, handed_in = true where id in (select file_id from submission_file);

    create index file_to_scan on file (scan_due_at) where scan_due_at is not null;
    create index file_infected on file (school_id) where scan = 'infected';
    create index file_by_hash on file (sha256);
    create index file_by_view_hash on file (view_sha256) where view_sha256 is not null;
    create index file_on_its_way_to_hand_in on file (owner_id, created_at) where for_hand_in and not handed_in;

    -- Bytes to which perhaps nothing refers: looked at again when they have lain here for a while. Its column is not
    -- called sha256, since it refers to nothing.
    create table loose_bytes (hash text primary key, since timestamptz not null);
    create index loose_bytes_by_age on loose_bytes (since);

    -- Kept by the triggers below, whoever adds or deletes files.
    create table storage_use (
      person_id uuid not null references person (id) on delete cascade,
      school_id uuid not null references org (id) on delete cascade,
      own_bytes bigint not null,
      handed_in_bytes bigint not null,
      primary key (person_id, school_id)
    );
    create index storage_use_by_school on storage_use (school_id) include (own_bytes, handed_in_bytes);
    insert into storage_use
      select owner_id, school_id, coalesce(sum(bytes) filter (where not handed_in), 0),
        coalesce(sum(bytes) filter (where handed_in), 0)
      from file group by owner_id, school_id;

    -- Own values; what is null, or has no row, is as the rules say.
    create table school_quota (
      school_id uuid primary key references org (id) on delete cascade,
      bytes bigint,
      pupil_bytes bigint,
      adult_bytes bigint
    );
    create table person_quota (
      person_id uuid not null references person (id) on delete cascade,
      school_id uuid not null references org (id) on delete cascade,
      bytes bigint not null,
      primary key (person_id, school_id)
    );

    create function file_added() returns trigger language plpgsql as $$ begin
      insert into storage_use as u (person_id, school_id, own_bytes, handed_in_bytes)
        select owner_id, school_id, coalesce(sum(bytes) filter (where not handed_in), 0),
          coalesce(sum(bytes) filter (where handed_in), 0)
        from added group by owner_id, school_id order by owner_id, school_id
      on conflict (person_id, school_id) do update set own_bytes = u.own_bytes + excluded.own_bytes,
        handed_in_bytes = u.handed_in_bytes + excluded.handed_in_bytes;
      return null;
    end $$;
    create trigger file_added after insert on file referencing new table as added
      for each statement execute function file_added();

    create function file_deleted() returns trigger language plpgsql as $$ begin
      perform 1 from storage_use where (person_id, school_id) in (select owner_id, school_id from gone)
        order by person_id, school_id for update;
      update storage_use u set own_bytes = u.own_bytes - g.own, handed_in_bytes = u.handed_in_bytes - g.handed_in
        from (select owner_id, school_id, coalesce(sum(bytes) filter (where not handed_in), 0) as own,
          coalesce(sum(bytes) filter (where handed_in), 0) as handed_in from gone group by owner_id, school_id) g
        where u.person_id = g.owner_id and u.school_id = g.school_id;
      insert into loose_bytes
        select hash, now() from (
          select sha256 as hash from gone union select view_sha256 from gone where view_sha256 is not null) h
        order by hash
      on conflict (hash) do update set since = excluded.since;
      return null;
    end $$;
    create trigger file_deleted after delete on file referencing old table as gone
      for each statement execute function file_deleted();

    create function file_handed_in() returns trigger language plpgsql as $$ begin
      perform 1 from storage_use u where (person_id, school_id) in (
        select a.owner_id, a.school_id from after a join before b using (id) where a.handed_in <> b.handed_in)
        order by person_id, school_id for update;
      update storage_use u set own_bytes = u.own_bytes - m.bytes, handed_in_bytes = u.handed_in_bytes + m.bytes
        from (select a.owner_id, a.school_id, sum(case when a.handed_in then a.bytes else -a.bytes end) as bytes
          from after a join before b using (id) where a.handed_in <> b.handed_in group by 1, 2) m
        where u.person_id = m.owner_id and u.school_id = m.school_id;
      return null;
    end $$;
    create trigger file_handed_in after update on file referencing old table as before new table as after
      for each statement execute function file_handed_in();
  `.execute(db)
}
