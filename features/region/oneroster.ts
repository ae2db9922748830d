// A region as OneRoster 1.2 CSV (bulk): the columns of each file and the rows that a school adds to them.
import type { MadeClass, MadePerson, MadeRole, MadeSchool } from './rules/model.ts'
import { departmentNames, firstDepartment, grades } from './rules/plan.ts'
import { courseId, subjects, subjectsOf } from './rules/programme.ts'
import type { SchoolYear } from './rules/year.ts'

/** Columns by file, in the order of the OneRoster 1.2 CSV binding. */
export const columns = {
  orgs: 'sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId',
  academicSessions:
    'sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear',
  courses:
    'sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes',
  classes:
    'sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods',
  users:
    'sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns',
  roles:
    'sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId',
  enrollments:
    'sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate',
} as const

export type FileName = keyof typeof columns
export const fileNames = Object.keys(columns) as FileName[]

const absentFiles = `categories classResources courseResources demographics lineItemLearningObjectiveIds
  lineItemScoreScales lineItems resources resultLearningObjectiveIds resultScoreScales results scoreScales userProfiles
  userResources`.split(/\s+/)

/** A cell, quoted where RFC 4180 asks for it. */
function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const regionId = 'region'
const departmentId = (department: number) => `departement-${department}`

/** manifest.csv, whole. */
export function manifest(seed: number): string {
  const files = [
    ...fileNames.map((name) => [name, 'bulk']),
    ...absentFiles.map((name) => [name, 'absent']),
  ].sort(([a], [b]) => ((a as string) < (b as string) ? -1 : 1))
  return [
    'propertyName,value',
    'manifest.version,1.0',
    'oneroster.version,1.2',
    ...files.map(([name, what]) => `file.${name},${what}`),
    `source.systemName,preau-region-${seed}`,
    `source.systemCode,${seed}`,
    '',
  ].join('\r\n')
}

/** The region and its departments. */
export function regionRows(departments: number): string {
  const rows = [`${regionId},,,Région Val-d’Orée,state,,`]
  for (let i = 0; i < departments; i++) {
    const number = firstDepartment + i
    const name = departmentNames[i] ?? `Département ${number}`
    rows.push(`${departmentId(number)},,,${name},district,${number},${regionId}`)
  }
  return `${rows.join('\r\n')}\r\n`
}

/** The school year and its terms; end dates are exclusive, and `schoolYear` is the year in which it ends. */
export function sessionRows(year: SchoolYear): string {
  const own = `${year.sourcedId},,,${year.title},schoolYear,${year.start},${year.end},,${year.year + 1}\r\n`
  const terms = year.terms.map(
    (t) => `${t.sourcedId},,,${t.title},term,${t.start},${t.end},${year.sourcedId},${year.year + 1}\r\n`,
  )
  return own + terms.join('')
}

/** Every course of every grade: homerooms (DIV), half-groups (GRP), subjects. */
export function courseRows(year: SchoolYear): string {
  let rows = ''
  for (const { grade } of grades) {
    const row = (code: string, title: string, subject: string, subjectCode: string) => {
      const id = courseId(code, grade)
      rows += `${id},,,${year.sourcedId},${cell(title)},${id},${grade},${regionId},${cell(subject)},${subjectCode}\r\n`
    }
    row('DIV', `Classe de ${grade}`, '', '')
    row('GRP', `Groupe de ${grade}`, '', '')
    for (const code of subjectsOf(grade)) {
      const title = subjects[code]?.title as string
      row(code, `${title} ${grade}`, title, code)
    }
  }
  return rows
}

/** The school itself. */
export function orgRow({ plan }: MadeSchool): string {
  return `${plan.uai},,,${cell(plan.name)},school,${plan.uai},${departmentId(plan.department)}\r\n`
}

const list = (values: readonly string[]) => cell(values.join(','))

/** A class; it runs through all terms of the year. */
export function classRow(school: MadeSchool, made: MadeClass, year: SchoolYear): string {
  const terms = list(year.terms.map((term) => term.sourcedId))
  const type = made.homeroom ? 'homeroom' : 'scheduled'
  const subject = made.subject && cell(subjects[made.subject]?.title as string)
  return `${made.sourcedId},,,${cell(made.title)},${list(made.grades)},${made.courseId},${made.code},${type},${made.room},${school.plan.uai},${terms},${subject},${made.subject},\r\n`
}

/** A person, without password. */
export function userRow(school: MadeSchool, p: MadePerson): string {
  return `${p.sourcedId},,,true,${p.username},,${p.givenName},${p.familyName},,,${p.email},,,${list(p.agents)},${p.grade},,,,,,${school.plan.uai},\r\n`
}

/** A role; `number` makes its sourcedId. */
export function roleRow(school: MadeSchool, made: MadeRole, number: number): string {
  const type = made.primary ? 'primary' : 'secondary'
  return `r${number},,,${made.person.sourcedId},${type},${made.role},,,${school.plan.uai},\r\n`
}

/** The enrollments of a class, numbered from `number` on. Of its teachers, the first is the one in charge. */
export function enrollmentRows(school: MadeSchool, made: MadeClass, number: number): string {
  const middle = `,,,${made.sourcedId},${school.plan.uai},`
  let rows = ''
  let next = number
  for (const [i, teacher] of made.teachers.entries()) {
    rows += `e${next++}${middle}${teacher.sourcedId},teacher,${i === 0},,\r\n`
  }
  for (const pupil of made.pupils) rows += `e${next++}${middle}${pupil.sourcedId},student,,,\r\n`
  return rows
}
