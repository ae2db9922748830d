// Absences of teachers and who covers their lessons; the diary's words for searching, its subject for when a slot goes,
// and entries that are written ahead.
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await absences(db)
  await diary(db)
  await search(db)
}

async function absences(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table timetable_setting (
      school_id uuid primary key references org (id) on delete cascade,
      teachers_enter_absences boolean not null default false
    );

    create table teacher_absence (
      id uuid primary key,
      school_id uuid not null references org (id) on delete cascade,
      teacher_id uuid not null references person (id) on delete cascade,
      from_date date not null,
      from_time time,                          -- wall clock of the school; null: from the beginning of the day
      to_date date not null,
      to_time time,                            -- null: to the end of the day
      reason text,                             -- for those who run the school and the teacher, for nobody else
      by_person_id uuid references person (id) on delete set null,
      at timestamptz not null,
      withdrawn_at timestamptz
    );
    create index teacher_absence_by_teacher on teacher_absence (teacher_id, to_date);
    create index teacher_absence_by_school on teacher_absence (school_id, to_date);

    create table absence_event (
      id bigint generated always as identity primary key,
      absence_id uuid not null references teacher_absence (id) on delete cascade,
      kind text not null,                      -- entered, changed, withdrawn or restored
      from_date date not null,
      from_time time,
      to_date date not null,
      to_time time,
      by_person_id uuid references person (id) on delete set null,
      at timestamptz not null
    );
    create index absence_event_by_absence on absence_event (absence_id);

    create table lesson_cover (
      id uuid primary key,
      school_id uuid not null references org (id) on delete cascade,
      absence_id uuid not null references teacher_absence (id) on delete cascade,
      slot_id uuid references slot (id) on delete set null,
      class_id uuid not null references class (id) on delete cascade,
      on_date date not null,
      starts_at time not null,                 -- when and what the lesson was, so that it is found again after an import
      title text not null,
      kind text not null,                      -- teacher, study or home
      teacher_id uuid references person (id) on delete set null,
      subject text,
      room text,
      to_starts_at time,
      to_ends_at time,
      note text,
      by_person_id uuid references person (id) on delete set null,
      at timestamptz not null,
      withdrawn_at timestamptz                 -- set when another one took its place, too; never deleted
    );
    create unique index lesson_cover_by_lesson on lesson_cover (slot_id, on_date) where withdrawn_at is null;
    create index lesson_cover_by_teacher on lesson_cover (teacher_id, on_date);
    create index lesson_cover_by_class on lesson_cover (class_id, on_date);
    create index lesson_cover_by_absence on lesson_cover (absence_id);
  `.execute(db)
}

async function diary(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table diary_entry
      add column subject text,                 -- the lesson's, for when an import takes its slot away
      add column starts_at time,
      add column copied_from uuid references diary_entry (id) on delete set null,
      add column shown_on_day boolean not null default false;  -- the class sees it from the lesson's day on
    update diary_entry d set subject = s.title, starts_at = s.starts_at from slot s where s.id = d.slot_id;
    create index diary_entry_by_copied on diary_entry (copied_from) where copied_from is not null;
  `.execute(db)
}

/**
 * Words without case and accents. No extension, so that a PostgreSQL of somebody else's needs no superuser. A word is
 * there as it is written (for prefixes and phrases), and by its French and its English stem; beside them stand the class,
 * the school and the month, so that one index answers "this word in these classes lately".
 */
async function search(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function folded(said text) returns text language sql immutable parallel safe strict as $$
      select replace(replace(translate(normalize(lower(said), NFD), 'øłđ' || U&'\\0300\\0301\\0302\\0303\\0304\\0306\\0307\\0308\\030A\\030B\\030C\\0323\\0327\\0328', 'old'),
        'œ', 'oe'), 'æ', 'ae') $$;

    create function search_words(said text) returns tsvector language plpgsql immutable parallel safe strict as $$
      declare f text := public.folded(said);
      begin
        return to_tsvector('pg_catalog.simple', f)
          || strip(to_tsvector('pg_catalog.french', f)) || strip(to_tsvector('pg_catalog.english', f));
      end $$;

    create function month_word(day date) returns text language sql immutable parallel safe strict as $$
      select '#' || (extract(year from day) * 12 + extract(month from day))::int $$;

    alter table diary_entry add column search tsvector generated always as (
      array_to_tsvector(array['#' || class_id::text, '#' || school_id::text, month_word(on_date)])
        || search_words(coalesce(subject, '') || ' ' || body)) stored;
    create index diary_entry_by_words on diary_entry using gin (search) where withdrawn_at is null;

    alter table homework add column search tsvector generated always as (
      array_to_tsvector(array['#' || class_id::text, '#' || school_id::text, month_word(set_on)])
        || setweight(search_words(title), 'A') || search_words(body)) stored;
    create index homework_by_words on homework using gin (search) where withdrawn_at is null;

    -- Every word there is, so that a beginning is looked up here first and then only whole words are searched for:
    -- an index of words reads all that any class ever wrote with a common beginning.
    create table search_word (word text collate "C" primary key);
    create function keep_words() returns trigger language plpgsql as $$
      begin
        insert into public.search_word
          select lexeme from unnest(new.search) where positions is not null and length(lexeme) between 3 and 40
            and left(lexeme, 1) <> '#' order by lexeme
          on conflict do nothing;
        return null;
      end $$;
    create trigger diary_entry_words after insert or update of body, subject on diary_entry
      for each row execute function keep_words();
    create trigger homework_words after insert or update of title, body on homework
      for each row execute function keep_words();
    insert into search_word
      select distinct u.lexeme from (select search from diary_entry union all select search from homework) t
        cross join lateral unnest(t.search) u
      where u.positions is not null and length(u.lexeme) between 3 and 40 and left(u.lexeme, 1) <> '#'
      on conflict do nothing;
  `.execute(db)
}
