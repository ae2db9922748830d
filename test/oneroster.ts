// OneRoster exports for tests: small ones written on the spot, and real ones from others where they are at hand.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { buffer } from 'node:stream/consumers'
import yazl from 'yazl'

/** Rows by file name; each row's first three columns are sourcedId, status and dateLastModified. */
export type ExportRows = Record<string, string[]>

const headers: Record<string, string> = {
  orgs: 'name,type,identifier,parentSourcedId',
  academicSessions: 'title,type,startDate,endDate,parentSourcedId,schoolYear',
  courses: 'schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes',
  classes:
    'title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods',
  'users 1.1':
    'enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password',
  'users 1.2':
    'enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns',
  roles: 'userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId',
  enrollments: 'classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate',
}

export type ExportShape = { version?: '1.1' | '1.2'; mode?: 'bulk' | 'delta'; source?: string }

/** The files of an export, name to content. */
export function exportFiles(rows: ExportRows, shape: ExportShape = {}): Record<string, string> {
  const { version = '1.2', mode = 'bulk', source = 'Test' } = shape
  const files: Record<string, string> = {}
  for (const [name, lines] of Object.entries(rows)) {
    const header = headers[name === 'users' ? `users ${version}` : name]
    files[`${name}.csv`] = `${[`sourcedId,status,dateLastModified,${header}`, ...lines].join('\n')}\n`
  }
  const manifest = [
    'propertyName,value',
    'manifest.version,1.0',
    `oneroster.version,${version}`,
    ...Object.keys(rows).map((name) => `file.${name},${mode}`),
    `source.systemName,${source}`,
  ]
  return { 'manifest.csv': `${manifest.join('\n')}\n`, ...files }
}

/** Writes files into a new folder and returns its path. */
export async function folderOf(files: Record<string, string | Buffer>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'preau-export-'))
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), content)
  }
  return folder
}

/** The bytes of a zip. `mode` is the Unix mode of its entries. */
export async function zipBytes(files: Record<string, string | Buffer>, mode = 0o100644): Promise<Buffer> {
  const zip = new yazl.ZipFile()
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), name, { mode })
  zip.end()
  return buffer(zip.outputStream)
}

/** Writes a zip and returns its path. */
export async function zipOf(files: Record<string, string | Buffer> | Buffer): Promise<string> {
  const bytes = Buffer.isBuffer(files) ? files : await zipBytes(files)
  return join(await folderOf({ 'export.zip': bytes }), 'export.zip')
}

/** Where real exports by others stand, beside the repository or one of its worktrees; undefined on most machines. */
export function foreignExports(): string | undefined {
  const root = resolve(import.meta.dirname, '..')
  let common = root
  try {
    const git = execFileSync('git', ['rev-parse', '--path-format=absolute', '--git-common-dir'], {
      cwd: root,
    })
    common = dirname(git.toString().trim())
  } catch {
    // Not a git checkout.
  }
  return [root, common].map((at) => join(at, '../shared/oneroster')).find((path) => existsSync(path))
}
