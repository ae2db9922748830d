// Writes a OneRoster 1.2 export of an exact size for the import benchmark: a thousand people and eight thousand
// enrollments per school. (A plausible region has other proportions; here the numbers are the claim.)
import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'

const pupils = 540
const teachers = 60
const guardians = 400
const homerooms = 18
const subjects =
  'Français,Mathématiques,Anglais,Histoire-géographie,SVT,Physique-chimie,EPS,Arts plastiques,Musique,Technologie,Espagnol,Latin,Accompagnement'.split(
    ',',
  )
export const peoplePerSchool = pupils + teachers + guardians
export const enrollmentsPerSchool = 8000
const given = 'Léa,Hugo,Chloé,Nathan,Inès,Élise,Noé,Maëlys,Aminata,Yanis,Zoé,Théo,Anaïs,Gaël'.split(',')
const family = "Martin,Bernard,Dubois,Nguyễn,Lefèvre,D'Angelo,Diallo,Garçon,Benali,Müller".split(',')

type Rows = (school: number) => Generator<string>

const none = ',,'
const org = (s: number) => `org-${String(s).padStart(5, '0')}`
const person = (s: number, kind: string, n: number) => `${kind}-${String(s).padStart(5, '0')}-${n}`
const classId = (s: number, room: number, subject: number) =>
  `cls-${String(s).padStart(5, '0')}-${room}-${subject}`

function* people(s: number): Generator<string> {
  const line = (kind: string, n: number, agents: string) => {
    const id = person(s, kind, n)
    const name = `${given[(s * 7 + n) % given.length]},${family[(s + n * 3) % family.length]}`
    return `${id},${none}true,${id},,${name},,,${id}@example.org,,,${agents},,,,,,,${org(s)},\n`
  }
  for (let n = 0; n < guardians; n++) yield line('g', n, '')
  for (let n = 0; n < teachers; n++) yield line('t', n, '')
  for (let n = 0; n < pupils; n++) {
    const [a, b] = [person(s, 'g', n % guardians), person(s, 'g', (n * 7 + 1) % guardians)]
    yield line('s', n, n % 4 ? `"${a},${b}"` : a)
  }
}

function* roles(s: number): Generator<string> {
  const line = (kind: string, n: number, role: string) =>
    `r-${person(s, kind, n)},${none}${person(s, kind, n)},primary,${role},,,${org(s)},\n`
  for (let n = 0; n < guardians; n++) yield line('g', n, 'guardian')
  for (let n = 0; n < teachers; n++) yield line('t', n, n === 0 ? 'principal' : 'teacher')
  for (let n = 0; n < pupils; n++) yield line('s', n, 'student')
}

function* classes(s: number): Generator<string> {
  for (let room = 0; room < homerooms; room++) {
    for (let subject = 0; subject <= subjects.length; subject++) {
      const title = `${3 + (room % 4)}e ${String.fromCharCode(65 + room)}`
      const [name, type] = subject ? [`${title} ${subjects[subject - 1]}`, 'scheduled'] : [title, 'homeroom']
      yield `${classId(s, room, subject)},${none}${name},,crs-${s}-${subject},,${type},,${org(s)},term-1,${subjects[subject - 1] ?? ''},,\n`
    }
  }
}

function* enrollments(s: number): Generator<string> {
  const perRoom = pupils / homerooms
  let n = 0
  const line = (c: string, who: string, role: string) =>
    `e-${s}-${n++},${none}${c},${org(s)},${who},${role},${role === 'teacher'},2026-09-01,2027-07-05\n`
  for (let room = 0; room < homerooms; room++) {
    for (let subject = 0; subject <= subjects.length; subject++) {
      const c = classId(s, room, subject)
      yield line(c, person(s, 't', (room * 5 + subject) % teachers), 'teacher')
      for (let p = 0; p < perRoom; p++) yield line(c, person(s, 's', room * perRoom + p), 'student')
    }
  }
  // Second teachers, up to the exact number.
  for (let i = 0; n < enrollmentsPerSchool; i++) {
    const [room, subject] = [i % homerooms, Math.floor(i / homerooms)]
    yield line(classId(s, room, subject), person(s, 't', (room * 5 + subject + 1) % teachers), 'teacher')
  }
}

const files: Record<string, { header: string; rows: Rows }> = {
  orgs: {
    header: 'name,type,identifier,parentSourcedId',
    rows: function* (s) {
      yield `${org(s)},${none}Collège ${s},school,07${String(s).padStart(5, '0')}X,\n`
    },
  },
  academicSessions: {
    header: 'title,type,startDate,endDate,parentSourcedId,schoolYear',
    rows: function* (s) {
      if (s === 0) yield `term-1,${none}Année 2026-2027,schoolYear,2026-09-01,2027-07-05,,2027\n`
    },
  },
  courses: {
    header: 'schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes',
    rows: function* (s) {
      for (let i = 0; i <= subjects.length; i++)
        yield `crs-${s}-${i},${none},${subjects[i - 1] ?? 'Vie de classe'},,,${org(s)},${subjects[i - 1] ?? ''},\n`
    },
  },
  classes: {
    header:
      'title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods',
    rows: classes,
  },
  users: {
    header:
      'enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns',
    rows: people,
  },
  roles: {
    header: 'userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId',
    rows: roles,
  },
  enrollments: {
    header: 'classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate',
    rows: enrollments,
  },
}

function* contentOf(header: string, rows: Rows, schools: number): Generator<string> {
  let text = `sourcedId,status,dateLastModified,${header}\n`
  for (let s = 0; s < schools; s++) {
    for (const line of rows(s)) text += line
    if (text.length < 262_144) continue
    yield text
    text = ''
  }
  yield text
}

/** Writes the export into a folder; returns the rows of all files, headers not counted. */
export async function writeSchoolExport(folder: string, schools: number): Promise<number> {
  await mkdir(folder, { recursive: true })
  const properties = Object.keys(files).map((name) => `file.${name},bulk`)
  const manifest = ['propertyName,value', 'manifest.version,1.0', 'oneroster.version,1.2', ...properties]
  const write = (name: string, content: Iterable<string>) =>
    pipeline(content, createWriteStream(join(folder, `${name}.csv`)))
  await write('manifest', [`${[...manifest, 'source.systemName,Benchmark'].join('\n')}\n`])
  for (const [name, { header, rows }] of Object.entries(files)) {
    await write(name, contentOf(header, rows, schools))
  }
  const perSchool = 1 + (subjects.length + 1) * (1 + homerooms) + 2 * peoplePerSchool + enrollmentsPerSchool
  return schools * perSchool + 1
}
