// A whole Préau with one small school, for benchmarks that ask what happens to a few people rather than to a region:
// started as `preau start` does, and ended with its folder afterwards.
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cookieNames, keyRing, newPassId, sealPass } from '#door/formats/pass'
import type { Tables } from '#migrations/tables'
import { type Config, readConfig } from '#platform/config'
import type { Db } from '#platform/ctx'
import { openDatabase } from '#platform/db'
import { type HomeworkId, newId } from '#platform/ids'
import { aClass, aPerson, type TestClass, type TestPerson } from '#test/world'
import { findEmbedded, startEmbedded, updateDatabase } from '../../apps/start/database.ts'
import { start } from '../../apps/start/main.ts'
import type { Pupil } from './pupil.ts'
import type { BenchOptions } from './report.ts'

export type Part = 'workspace' | 'door' | 'postgres'

const pupilsAtWork = 12

type School = { class3B: TestClass; pupils: TestPerson[]; homework: HomeworkId[] }

async function aSchoolAtWork(db: Db): Promise<School> {
  const school = await db
    .insertInto('org')
    .values({ source: 'bench', sourced_id: 'school', name: 'Collège Rosa-Parks', type: 'school' })
    .returning(['id'])
    .executeTakeFirstOrThrow()
  const pupils: TestPerson[] = []
  for (let i = 0; i < pupilsAtWork; i++) pupils.push(await aPerson(db, school, 'student', 'Élève', `N° ${i}`))
  const class3B = await aClass(db, school, '3e B', { pupils })
  const now = new Date()
  const homework = ['Exposé', 'Rédaction', 'Devoir maison'].map((title) => ({
    id: newId<HomeworkId>(now.getTime()),
    school_id: school.id,
    class_id: class3B.id,
    set_on: now.toISOString().slice(0, 10),
    title,
    body: '',
    due_at: new Date(now.getTime() + 86_400_000),
    hand_in: true,
    created_at: now,
    updated_at: now,
  }))
  await db.insertInto('homework').values(homework).execute()
  return { class3B, pupils, homework: homework.map((h) => h.id) }
}

export type OpenSchool = {
  origin: string
  data: string
  db: Db
  school: School
  pidOf(part: Part): Promise<number>
}

/** Starts it on an empty folder. */
export async function openSchool(options: BenchOptions): Promise<OpenSchool> {
  const data = await mkdtemp(join(tmpdir(), 'preau-handin-'))
  options.afterwards(() => rm(data, { recursive: true, force: true }))
  await chmod(data, 0o711)
  const config = readConfig({ PREAU_DATA: data, PREAU_PORT: '0', PREAU_LOG: 'silent' })
  const school = await prepare(config)
  const say = (line: string) => void (/does not start|could not/.test(line) && options.say(line))
  const starting = start(config, { say, terminal: true })
  options.afterwards(() => starting.stop())
  const { url } = await starting.open
  const { db, close } = openDatabase<Tables>((await findEmbedded(config)) ?? '', { connections: 2 })
  options.afterwards(close)
  const pidOf = async (part: Part) => JSON.parse(await readFile(join(data, 'run/pids.json'), 'utf8'))[part]
  return { origin: url.replace(/\/$/, ''), data, pidOf, db, school }
}

/** A school of our own instead of the demo's. */
async function prepare(config: Config): Promise<School> {
  const server = await startEmbedded(config, {})
  try {
    await updateDatabase(server.url)
    const { db, close } = openDatabase<Tables>(server.url, { connections: 2 })
    return await aSchoolAtWork(db).finally(close)
  } finally {
    await server.stop()
  }
}

/** Each pupil with a pass, as after a sign-in. */
export async function passesOf({ db, origin, school }: OpenSchool, stop: AbortSignal): Promise<Pupil[]> {
  const keys = await db.selectFrom('signing_key').selectAll().where('purpose', '=', 'pass').execute()
  const ring = keyRing(keys.map((k) => [k.kid, k.secret] as const))
  const issuedAt = Math.floor(Date.now() / 1000)
  return school.pupils.map((pupil, i) => {
    const pass = { id: newPassId(), account: pupil.id, keys: { s: [school.class3B.key] }, issuedAt }
    const cookie = `${cookieNames.session}=${sealPass({ kind: 'session', ...pass }, ring)}`
    return { origin, cookie, homework: school.homework[i % school.homework.length] as string, stop }
  })
}
