// `preau backup`: makes a backup of this installation, lists and checks those that there are, and tries the newest.
import { resolve } from 'node:path'
import {
  type Backup,
  findBackup,
  lastTried,
  listBackups,
  openArchive,
  type Tried,
} from '#platform/backup/archive'
import { lockArchive } from '#platform/backup/archive-lock'
import { readKeep } from '#platform/backup/retention'
import { verifyArchive } from '#platform/backup/verify'
import { wallClock } from '#platform/calendar'
import { systemClock } from '#platform/clock'
import { type Config, readConfig } from '#platform/config'
import { OperatorError } from '#platform/operator-error'
import { number, openProgress, sizeText, timeText } from '#platform/progress'
import { type Made, makeBackup } from '../backup/make.ts'
import { explained } from '../backup/place.ts'
import { tryBackup } from '../backup/trial.ts'
import { type Declare, examples, jsonOption, tell } from './verb.ts'

type Options = {
  to?: string
  list?: boolean
  verify?: boolean
  try?: boolean
  at?: string
  keep?: string
  anew?: boolean
  json?: boolean
}

/** Done, but something is not as it should be. */
const notWhole = 2

export const declare: Declare = (command) =>
  command
    .option('--to <folder>', 'where backups are: another disk, a mounted share (default: PREAU_BACKUP_TO)')
    .option('--list', 'list the backups that are there')
    .option('--verify', 'read every byte of them again and compare it with its hash')
    .option('--try', 'restore the newest for trial, compare everything, and remove the trial again')
    .option('--at <which>', 'with --try: another one, by its name or its date')
    .option('--keep <policy>', 'afterwards let go of older ones: 7d,5w,12m keeps days, weeks and months')
    .option('--anew', 'go on although the folder does not hold the backups that were made to it')
    .option(...jsonOption)
    .addHelpText(
      'after',
      examples(
        'preau backup --to /mnt/backup',
        'preau backup --to /mnt/backup --keep 7d,5w,12m',
        'preau backup --to /mnt/backup --list',
        'preau backup --to /mnt/backup --verify',
        'preau backup --to /mnt/backup --try',
      ) + help,
    )
    .action(run)

const help = `
Préau may run meanwhile, and nobody notices. A backup holds the whole database, every file that people sent, and the
keys: keep it as safe as the school's own files, and on another disk. Files are copied once, whatever the number of
backups. One that is cut does not count, and the next one goes on with the files that it had copied.

Ends with 0 when all is well, with 2 when something is damaged or missing, with 1 when it could not be done.
Made by itself every night: set PREAU_BACKUP_TO, see docs/operations.md. To use one: preau restore --help
`

async function run(options: Options): Promise<void> {
  const config = readConfig(process.env)
  const folder = options.to ? resolve(options.to) : config.backup.to
  if (!folder) throw new OperatorError('Say where backups are: --to with a folder on another disk.')
  if ([options.list, options.verify, options.try].filter(Boolean).length > 1) {
    throw new OperatorError('Give one of --list, --verify and --try.')
  }
  if (options.list) return list(config, folder, options)
  if (options.verify) return verify(folder, options)
  if (options.try) return trial(config, folder, options)
  return make(config, folder, options)
}

async function make(config: Config, to: string, { keep, anew, json }: Options): Promise<void> {
  const wish = { to, anew, keep: keep === undefined ? undefined : readKeep(keep, '--keep') }
  const made = await makeBackup(config, wish, openProgress(process.stderr))
  const { backup, copied, missing, swept } = made
  const { tables, files } = backup.manifest
  const rows = tables.reduce((sum, table) => sum + table.rows, 0)
  const result = {
    backup: backup.id,
    folder: backup.folder,
    tables: tables.length,
    rows,
    files: { count: files.count, bytes: files.bytes },
    copied,
    missing,
    removed: swept?.backups ?? [],
  }
  tell(json, result, madeText(made, to))
  if (missing.length > 0) process.exitCode = notWhole
}

function madeText({ backup, copied, missing, swept, sameDisk }: Made, to: string): string {
  const { tables, files } = backup.manifest
  const rows = tables.reduce((sum, table) => sum + table.rows, 0)
  return [
    `The backup ${backup.id} is complete in ${to}:`,
    `  database  ${tables.length} tables, ${number.format(rows)} rows`,
    `  files     ${number.format(files.count)} (${sizeText(files.bytes)}), of which ${number.format(copied.count)} (${sizeText(copied.bytes)}) are new`,
    ...(swept?.backups.length ? [`  let go    ${swept.backups.join(', ')}`] : []),
    ...missingText(missing),
    ...(sameDisk
      ? ['', `${to} is on the same disk as the data folder: when that disk dies, both are gone.`]
      : []),
  ].join('\n')
}

function missingText(missing: Made['missing']): string[] {
  if (missing.length === 0) return []
  const why = { absent: 'not there', unreadable: 'cannot be read', 'other bytes': 'damaged' }
  return [
    '',
    `${missing.length} files are named in the database but are nowhere whole, and so not in the backup either:`,
    ...missing.slice(0, 10).map(({ sha256, why: reason }) => `  ${sha256}  ${why[reason]}`),
    ...(missing.length > 10 ? [`  and ${missing.length - 10} others (--json lists all)`] : []),
    'Look after the disk of the data folder; older backups that have them keep them.',
  ]
}

async function list(config: Config, folder: string, { json }: Options): Promise<void> {
  const archive = await openArchive(folder)
  const backups = await listBackups(archive)
  const tried = await lastTried(archive)
  const { zone } = config
  tell(
    json,
    { folder, backups: backups.map(summary), tried: tried ?? null },
    listText(folder, backups, tried, zone),
  )
}

function summary(backup: Backup): object {
  if (!backup.manifest) return { id: backup.id, wrong: backup.wrong }
  const { at, program, tables, files } = backup.manifest
  const rows = tables.reduce((sum, table) => sum + table.rows, 0)
  const { count, bytes, missing } = files
  return {
    id: backup.id,
    at,
    program,
    tables: tables.length,
    rows,
    files: count,
    bytes,
    missing: missing.length,
  }
}

function listText(folder: string, backups: Backup[], tried: Tried | undefined, zone: string): string {
  if (backups.length === 0) return `${folder} holds no backup yet.`
  const when = (at: string) => {
    const { date, time } = wallClock(Date.parse(at), zone)
    return `${date} ${time}`
  }
  const lines = backups.map(({ id, manifest, wrong }) => {
    if (!manifest) return `  ${id}  DAMAGED: ${wrong}`
    const { count, bytes, missing } = manifest.files
    const lacking = missing.length > 0 ? `, ${missing.length} missing` : ''
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
    return `  ${id}  ${when(manifest.at)}  ${number.format(rows)} rows, ${number.format(count)} files (${sizeText(bytes)})${lacking}`
  })
  const trial = tried
    ? `The last trial: ${tried.backup} on ${when(tried.at)}, ${tried.whole ? 'restored whole' : 'NOT WHOLE'}.`
    : 'None was tried yet: preau backup --try'
  return [`${folder}, times in ${zone}:`, ...lines, trial].join('\n')
}

async function verify(folder: string, { json }: Options): Promise<void> {
  const archive = await openArchive(folder)
  const release = await lockArchive(folder).catch((error) => {
    throw explained(error, folder, 'Nothing was checked.')
  })
  try {
    const found = await verifyArchive(archive, openProgress(process.stderr))
    const { backups, files, bytes, damages } = found
    const read = `${backups} backups and ${number.format(files)} files (${sizeText(bytes)}) were read`
    const text =
      damages.length > 0 ? [`${read}. DAMAGED:`, ...damages.map((d) => `  ${d}`)] : [`${read}: all whole.`]
    tell(json, { folder, ...found }, text.join('\n'))
    if (damages.length > 0) process.exitCode = notWhole
  } finally {
    await release()
  }
}

async function trial(config: Config, folder: string, { at, json }: Options): Promise<void> {
  const archive = await openArchive(folder)
  const backup = await findBackup(archive, at)
  const { now } = systemClock(config.clockOffset)
  const result = await tryBackup(config, archive, backup, now, openProgress(process.stderr))
  const how = result.filesWritten ? '' : '; its files were read and hashed, there being no room to write them'
  const text = result.whole
    ? `The backup ${backup.id} can be restored: every table and every file came out as it went in (${timeText(result.seconds * 1000)}${how}). The trial was removed.`
    : `The backup ${backup.id} can NOT be restored whole: ${result.wrong} The trial was removed.`
  tell(json, { backup: backup.id, ...result }, text)
  if (!result.whole) process.exitCode = notWhole
}
