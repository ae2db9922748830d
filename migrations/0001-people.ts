// Organisations, classes and the people in them, as OneRoster names them.
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create extension if not exists plpgsql;

    -- A short opaque key. A pass lists the keys that its holder may read; changing a key ends what old passes open.
    create function new_key() returns text language sql volatile as
      $$ select translate(encode(substring(uuid_send(gen_random_uuid()) from 1 for 9), 'base64'), '+/', '-_') $$;

    create table org (
      id uuid primary key default gen_random_uuid(),
      source text not null,                    -- system that delivered it (OneRoster source.systemName), '' when made here
      sourced_id text not null,
      name text not null,
      type text not null,                      -- school, district, department, local, state, national
      identifier text,                         -- UAI code for a French school
      parent_id uuid references org (id),
      zone text not null default 'Europe/Paris',
      key text not null unique default new_key(),
      disabled_at timestamptz,
      unique (source, sourced_id)
    );

    create table academic_session (
      id uuid primary key default gen_random_uuid(),
      source text not null,
      sourced_id text not null,
      title text not null,
      type text not null,
      start_date date not null,
      end_date date not null,                  -- exclusive, as OneRoster has it
      school_year text not null,
      parent_id uuid references academic_session (id),
      disabled_at timestamptz,
      unique (source, sourced_id)
    );

    create table course (
      id uuid primary key default gen_random_uuid(),
      source text not null,
      sourced_id text not null,
      org_id uuid not null references org (id),
      title text not null,
      code text,
      subject text,
      disabled_at timestamptz,
      unique (source, sourced_id)
    );

    create table class (
      id uuid primary key default gen_random_uuid(),
      source text not null,
      sourced_id text not null,
      school_id uuid not null references org (id),
      course_id uuid references course (id),
      title text not null,
      code text,
      type text not null,                      -- homeroom or scheduled (a group)
      grades text,
      location text,
      subject text,
      key text not null unique default new_key(),
      disabled_at timestamptz,
      unique (source, sourced_id)
    );
    create index class_by_school on class (school_id);

    create table class_session (
      class_id uuid not null references class (id) on delete cascade,
      session_id uuid not null references academic_session (id) on delete cascade,
      primary key (class_id, session_id)
    );

    create table person (
      id uuid primary key default gen_random_uuid(),
      source text not null,
      sourced_id text not null,
      username text not null,
      given_name text not null,
      family_name text not null,
      preferred_name text,
      identifier text,
      grades text,
      email text,
      key text not null unique default new_key(),  -- opens the person's own sheets
      enabled boolean not null default true,
      disabled_at timestamptz,
      last_seen_on date,
      unique (source, sourced_id)
    );
    create unique index person_username on person (lower(username));

    create table person_role (
      person_id uuid not null references person (id) on delete cascade,
      org_id uuid not null references org (id) on delete cascade,
      role text not null,                      -- student, teacher, guardian, parent, siteAdministrator, principal …
      is_primary boolean not null default true,
      begin_date date,
      end_date date,
      source text not null default '',         -- system that delivered it: an import takes away only roles of its own
      primary key (person_id, org_id, role)
    );
    create index person_role_by_org on person_role (org_id, role);

    create table guardianship (
      guardian_id uuid not null references person (id) on delete cascade,
      child_id uuid not null references person (id) on delete cascade,
      source text not null,
      primary key (guardian_id, child_id)
    );
    create index guardianship_by_child on guardianship (child_id);

    create table enrollment (
      class_id uuid not null references class (id) on delete cascade,
      person_id uuid not null references person (id) on delete cascade,
      role text not null,                      -- student, teacher, proctor, administrator
      source text not null,
      sourced_id text not null,
      is_primary boolean not null default false,
      begin_date date,
      end_date date,
      disabled_at timestamptz,
      primary key (class_id, person_id, role)
    );
    create index enrollment_by_person on enrollment (person_id);

    create table import_run (
      id uuid primary key default gen_random_uuid(),
      source text not null,
      started_at timestamptz not null,
      finished_at timestamptz,
      applied boolean not null,
      report jsonb not null
    );
  `.execute(db)
}
