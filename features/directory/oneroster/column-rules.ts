// OneRoster 1.1 and 1.2 as tables: which files and columns there are, which Préau reads, and what it asks of a value.

export type Version = '1.1' | '1.2'
export type Mode = 'bulk' | 'delta' | 'absent'

/** The files that are imported, in the order in which they are read. */
export const importedFiles = [
  'orgs',
  'academicSessions',
  'courses',
  'classes',
  'users',
  'roles',
  'enrollments',
] as const
export type ImportedFile = (typeof importedFiles)[number]

/** Files of the standard that hold nothing for Préau: personal traits, credentials, gradebook, resources. */
export const otherFiles: readonly string[] =
  'demographics userProfiles categories classResources courseResources lineItems lineItemLearningObjectiveIds lineItemScoreScales resources results resultLearningObjectiveIds resultScoreScales scoreScales userResources'.split(
    ' ',
  )

/**
 * must: a row without it is left out, a file without the column is refused. should: the standard asks for it, Préau
 * does without and says so.
 */
export type Need = 'must' | 'should' | 'may'
export type Read = {
  column: string
  as: 'id' | 'ids' | 'text' | 'date' | 'boolean' | 'word'
  need: Need
  /** Known words of an enumeration; others are kept and reported. */
  words?: readonly string[]
  /** Taken when the value is missing. */
  otherwise?: string
}

export type FileSpec = { all: Record<Version, readonly string[]>; read: Record<Version, readonly Read[]> }

const columns = (text: string) => ['sourcedId', 'status', 'dateLastModified', ...text.split(',')]
const both = <T>(of: T): Record<Version, T> => ({ '1.1': of, '1.2': of })

const id = (column: string, need: Need = 'must'): Read => ({ column, as: 'id', need })
const ids = (column: string, need: Need = 'may'): Read => ({ column, as: 'ids', need })
const text = (column: string, need: Need = 'may'): Read => ({ column, as: 'text', need })
const name = (column: string): Read => ({ column, as: 'text', need: 'should', otherwise: '' })
const date = (column: string, need: Need = 'may'): Read => ({ column, as: 'date', need })
const flag = (column: string, need: Need, otherwise: string): Read => ({
  column,
  as: 'boolean',
  need,
  otherwise,
})
const word = (column: string, words: string, need: Need = 'must', otherwise?: string): Read => ({
  column,
  as: 'word',
  words: words.split(' '),
  need,
  otherwise,
})

const roles11 = 'administrator aide guardian parent proctor relative student teacher'
const roles12 =
  'aide counselor districtAdministrator guardian parent principal proctor relative siteAdministrator student systemAdministrator teacher'

const userColumns11 =
  'enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password'
const userColumns12 = `${userColumns11.replace('orgSourcedIds,role,', '')},userMasterIdentifier,preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns`
const user = [
  flag('enabledUser', 'should', 'true'),
  id('username'),
  name('givenName'),
  name('familyName'),
  text('identifier'),
  text('email'),
  ids('agentSourcedIds'),
  text('grades'),
]

/** What is read of each file, in the order of the staging tables of the store. */
export const fileSpecs: Record<ImportedFile, FileSpec> = {
  orgs: {
    all: both(columns('name,type,identifier,parentSourcedId')),
    read: both([
      text('name', 'must'),
      word('type', 'department school district local state national'),
      text('identifier'),
      id('parentSourcedId', 'may'),
    ]),
  },
  academicSessions: {
    all: both(columns('title,type,startDate,endDate,parentSourcedId,schoolYear')),
    read: both([
      text('title', 'must'),
      word('type', 'gradingPeriod semester schoolYear term'),
      date('startDate', 'must'),
      date('endDate', 'must'),
      id('parentSourcedId', 'may'),
      { column: 'schoolYear', as: 'text', need: 'should', otherwise: '' },
    ]),
  },
  courses: {
    all: both(columns('schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes')),
    read: both([text('title', 'must'), text('courseCode'), id('orgSourcedId'), text('subjects')]),
  },
  classes: {
    all: both(
      columns(
        'title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods',
      ),
    ),
    read: both([
      text('title', 'must'),
      text('grades'),
      id('courseSourcedId', 'should'),
      text('classCode'),
      word('classType', 'homeroom scheduled', 'should', 'scheduled'),
      text('location'),
      id('schoolSourcedId'),
      ids('termSourcedIds', 'should'),
      text('subjects'),
    ]),
  },
  users: {
    all: { '1.1': columns(userColumns11), '1.2': columns(userColumns12) },
    read: {
      '1.1': [...user, ids('orgSourcedIds', 'should'), word('role', roles11, 'should')],
      '1.2': [...user, text('preferredGivenName')],
    },
  },
  roles: {
    all: both(columns('userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId')),
    read: both([
      id('userSourcedId'),
      word('roleType', 'primary secondary', 'should', 'primary'),
      word('role', roles12),
      date('beginDate'),
      date('endDate'),
      id('orgSourcedId'),
    ]),
  },
  enrollments: {
    all: both(columns('classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate')),
    read: both([
      id('classSourcedId'),
      id('schoolSourcedId', 'should'),
      id('userSourcedId'),
      word('role', 'administrator proctor student teacher'),
      flag('primary', 'may', 'false'),
      date('beginDate'),
      date('endDate'),
    ]),
  },
}
