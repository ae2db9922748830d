// A region's diaries for the search: schools with classes, and in each class entries and homework whose words are as
// frequent as words are (Zipf), set-based, so that a million is made in minutes.
import { sql } from 'kysely'
import type { Ctx } from '#platform/ctx'
import type { ClassId, PersonId, SchoolId } from '#platform/ids'

const common =
  `exercice correction lecture leçon page cahier texte document question réponse vocabulaire évaluation contrôle
 chapitre séance activité groupe devoir révision théorème Thalès Pythagore équation fonction fraction triangle cercle
 proportionnalité géométrie statistiques probabilités expérience cellule énergie électricité réaction molécule atome
 volcan climat territoire frise révolution république empire guerre traité carte paragraphe argumentation poésie nouvelle
 récit dialogue conjugaison imparfait subjonctif participe accord grammaire orthographe dictée rédaction brouillon lecteur
 personnage auteur théâtre roman lettre poilu résistance témoignage source analyse schéma légende mesure calculatrice
 règle compas algorithme programme tableur réseau donnée capteur maquette matériau structure course relais natation
 escalade rythme mélodie chant couleur perspective portrait musée the verbs lesson listening speaking reading writing
 irregular past present grammar exercise homework ficha palabras verbos canción`.split(/\s+/)
const syllables = 'ba ce dé fi go hu ja ké lo mi nu pa qui ré so té va za chou tion ment eur ette ard'.split(
  ' ',
)

/** Numbers in [0, 1) that depend on the seed alone (mulberry32). */
export function randomFrom(seed: number): () => number {
  let a = seed >>> 0
  return () => {
    a = (a + 0x6d2b79f5) >>> 0
    let t = a
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** The words of a region, the most frequent first. */
export function vocabulary(random: () => number, size = 20_000): string[] {
  const made = new Set(common)
  while (made.size < size) {
    const length = 2 + Math.floor(random() * 3)
    made.add(Array.from({ length }, () => syllables[Math.floor(random() * syllables.length)]).join(''))
  }
  return [...made]
}

/**
 * Ranks as frequent as words are (Zipf and Mandelbrot: 1 / (rank + 10)): the first of twenty thousand stands in a quarter of
 * all texts of forty words.
 */
export function zipf(random: () => number, size: number): () => number {
  const q = 10
  return () => Math.min(size - 1, Math.floor(q * ((size + q) / q) ** random() - q))
}

export type Readers = { pupils: PersonId[]; teachers: PersonId[]; heads: PersonId[] }
export type Made = { words: string[]; readers: Readers; entries: number; homework: number }

const perClass = 1000
const classesPerSchool = 40

/**
 * Makes `entries` diary entries (and a tenth as much homework): a thousand for each class, forty classes a school, a
 * pupil for each class in four of them, a teacher for each six classes, a head for each school.
 */
export async function fillYears(
  ctx: Ctx,
  entries: number,
  seed: number,
  say: (text: string) => void,
): Promise<Made> {
  const random = randomFrom(seed)
  const words = vocabulary(random)
  await sql`create table region_text (n serial primary key, body text)`.execute(ctx.db)
  await makeTexts(ctx, words, random)
  const classes = Math.ceil(entries / perClass)
  const schools = Math.ceil(classes / classesPerSchool)
  await sql`
    insert into org (source, sourced_id, name, type) select 'bench', 's' || n, 'Collège ' || n, 'school'
    from generate_series(1, ${schools}::int) n`.execute(ctx.db)
  await sql`
    insert into class (source, sourced_id, school_id, title, type)
    select 'bench', 'c' || n, o.id, 'Classe ' || n, case when n % 4 = 0 then 'homeroom' else 'scheduled' end
    from generate_series(1, ${classes}::int) n
      join org o on o.source = 'bench' and o.sourced_id = 's' || ((n - 1) / ${classesPerSchool}::int + 1)`.execute(
    ctx.db,
  )
  const readers = await makeReaders(ctx, classes, schools)
  // Built at once at the end, as after a restore: one by one they take half of the time.
  const indexes = await sql<{ name: string; definition: string }>`
    select indexname as name, indexdef as definition from pg_indexes
    where indexname in ('diary_entry_by_words', 'homework_by_words')`.execute(ctx.db)
  for (const { name } of indexes.rows) await sql`drop index ${sql.id(name)}`.execute(ctx.db)
  const triggers = (state: string) =>
    sql
      .raw(`alter table diary_entry ${state} trigger user; alter table homework ${state} trigger user`)
      .execute(ctx.db)
  await triggers('disable')
  await writeEntries(ctx, classes, say)
  await sql`
    insert into homework (id, school_id, class_id, set_on, title, body, due_at, hand_in, created_at, updated_at)
    select gen_random_uuid(), c.school_id, c.id, '2025-09-01'::date + i * 2, substr(t.body, 4, 40), t.body, now(), false, now(), now()
    from generate_series(1, ${perClass / 10}::int) i cross join class c
      join region_text t on t.n = 1 + abs(hashtext('h' || c.sourced_id || i)) % 20000
    where c.source = 'bench'`.execute(ctx.db)
  await sql`
    insert into search_word select distinct u.lexeme from region_text t cross join lateral unnest(search_words(t.body)) u
    where length(u.lexeme) between 3 and 40 on conflict do nothing`.execute(ctx.db)
  await sql`drop table region_text`.execute(ctx.db)
  await triggers('enable')
  say('the indexes are built')
  for (const { definition } of indexes.rows) await sql.raw(definition).execute(ctx.db)
  await sql`vacuum analyze`.execute(ctx.db)
  // What was written is on the disk before anything is measured: no school writes its years in five minutes.
  await sql`checkpoint`.execute(ctx.db)
  return { words, readers, entries: classes * perClass, homework: (classes * perClass) / 10 }
}

/** Day after day, as they are written: a class's entries lie far from each other. Two steps at a time, on two cores. */
async function writeEntries(ctx: Ctx, classes: number, say: (text: string) => void): Promise<void> {
  const steps = 20
  let [next, written] = [0, 0]
  const write = async () => {
    for (let step = next++; step < steps; step = next++) {
      await sql`
        insert into diary_entry (id, school_id, class_id, on_date, body, updated_at, subject)
        select gen_random_uuid(), c.school_id, c.id, '2025-09-01'::date + (i * 270 / ${perClass}::int), t.body, now(),
          (array['Français', 'Mathématiques', 'Anglais', 'Histoire-géographie', 'SVT'])[1 + i % 5]
        from generate_series(${(step * perClass) / steps}::int, ${((step + 1) * perClass) / steps - 1}::int) i
          cross join class c join region_text t on t.n = 1 + abs(hashtext(c.sourced_id || i)) % 20000
        where c.source = 'bench'`.execute(ctx.db)
      written += 1 / steps
      say(`${Math.round(written * classes * perClass).toLocaleString('en')} entries are written`)
    }
  }
  await Promise.all([write(), write()])
}

/** Twenty thousand different texts of about forty words, in a language of filler words and the vocabulary. */
async function makeTexts(ctx: Ctx, words: readonly string[], random: () => number): Promise<void> {
  const rank = zipf(random, words.length)
  const filler = 'le la les de du des et à en sur pour avec une un'.split(' ')
  const text = () =>
    `<p>${Array.from({ length: 25 + Math.floor(random() * 30) }, (_, i) =>
      i % 3 === 1 ? filler[Math.floor(random() * filler.length)] : words[rank()],
    ).join(' ')}.</p>`
  for (let i = 0; i < 20; i++) {
    const texts = Array.from({ length: 1000 }, text)
    await sql`insert into region_text (body) select unnest(${texts}::text[])`.execute(ctx.db)
  }
}

async function makeReaders(ctx: Ctx, classes: number, schools: number): Promise<Readers> {
  const people = async (kind: string, many: number) => {
    const made = await sql<{ id: PersonId }>`
      insert into person (source, sourced_id, username, given_name, family_name)
      select 'bench', ${kind} || n, ${kind} || n, ${kind}, n::text from generate_series(1, ${many}::int) n
      returning id`.execute(ctx.db)
    return made.rows.map(({ id }) => id)
  }
  const ids = await sql<{ id: ClassId }>`
    select id from class where source = 'bench' order by substr(sourced_id, 2)::int`.execute(ctx.db)
  const schoolIds = await sql<{ id: SchoolId }>`
    select id from org where source = 'bench' order by substr(sourced_id, 2)::int`.execute(ctx.db)
  const enroll = (list: PersonId[], per: number, role: string) =>
    sql`
      insert into enrollment (class_id, person_id, role, source, sourced_id)
      select c, p, ${role}, 'bench', gen_random_uuid()::text
      from unnest(${list}::uuid[]) with ordinality as p (p, n)
        join unnest(${ids.rows.map(({ id }) => id)}::uuid[]) with ordinality as c (c, m) on (c.m - 1) / ${per}::int = p.n - 1`.execute(
      ctx.db,
    )
  const pupils = await people('pupil', Math.ceil(classes / 4))
  const teachers = await people('teacher', Math.ceil(classes / 6))
  const heads = await people('head', schools)
  await enroll(pupils, 4, 'student')
  await enroll(teachers, 6, 'teacher')
  await sql`
    insert into person_role (person_id, org_id, role)
    select p, o, 'principal' from unnest(${heads}::uuid[], ${schoolIds.rows.map(({ id }) => id)}::uuid[]) as r (p, o)`.execute(
    ctx.db,
  )
  return { pupils, teachers, heads }
}
