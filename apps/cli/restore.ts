// `preau restore`: a backup becomes an installation again.
import { resolve } from 'node:path'
import { wallClock } from '#platform/calendar'
import { readConfig } from '#platform/config'
import { OperatorError } from '#platform/operator-error'
import { number, openProgress, sizeText } from '#platform/progress'
import { type Restored, restoreInstallation } from '../backup/restore.ts'
import { type Declare, examples, jsonOption, tell } from './verb.ts'

type Options = { from?: string; at?: string; json?: boolean }

export const declare: Declare = (command) =>
  command
    .option('--from <folder>', 'where the backups are (default: PREAU_BACKUP_TO)')
    .option('--at <which>', 'which one, by its name or its date as 2026-11-24 (default: the newest)')
    .option(...jsonOption)
    .addHelpText(
      'after',
      examples(
        'preau restore --from /mnt/backup',
        'PREAU_DATA=/srv/preau preau restore --from /mnt/backup --at 2026-11-24',
        'DATABASE_URL=postgres://preau:secret@db.example/preau preau restore --from /mnt/backup',
      ) + help,
    )
    .action(run)

const help = `
Restores into the data folder (PREAU_DATA, or ./data), which must be empty or new; with DATABASE_URL, the database must
be empty. What is not empty is refused and stays as it is. A restore that is cut, or that finds the backup damaged,
leaves nothing that could be started; run the same command again, and it goes on. Then start it: npm start

People sign in with the passwords that they had, and receipts are as valid as they were. What happened after the backup
is not in it. preau backup --list --to <folder> shows which ones there are.
`

async function run({ from, at, json }: Options): Promise<void> {
  const config = readConfig(process.env)
  const folder = from ? resolve(from) : config.backup.to
  if (!folder) throw new OperatorError('Say where the backups are: --from with their folder.')
  const restored = await restoreInstallation(config, { from: folder, at }, openProgress(process.stderr))
  const { backup, applied } = restored
  const { tables, files, program } = backup.manifest
  const result = {
    backup: backup.id,
    at: backup.manifest.at,
    program,
    data: config.data,
    tables: tables.length,
    rows: rowsOf(restored),
    files: { count: files.count, bytes: files.bytes, missing: files.missing.length },
    migrations: applied,
  }
  tell(json, result, text(restored, config.data, config.zone))
  if (files.missing.length > 0) process.exitCode = 2
}

const rowsOf = ({ backup }: Restored) => backup.manifest.tables.reduce((sum, table) => sum + table.rows, 0)

function text(restored: Restored, data: string, zone: string): string {
  const { backup, applied, hadEnded } = restored
  const { at, tables, files, settings } = backup.manifest
  const { date, time } = wallClock(Date.parse(at), zone)
  if (hadEnded)
    return `The restore into ${data} had done its work, all but the last step: it is complete now. Next, in the folder of Préau: npm start`
  return [
    `Préau is in ${data} as it was on ${date} at ${time} (${zone}):`,
    `  database  ${tables.length} tables, ${number.format(rowsOf(restored))} rows`,
    `  files     ${number.format(files.count)} (${sizeText(files.bytes)})`,
    ...(applied.length > 0 ? [`  brought up to date: ${applied.join(', ')}`] : []),
    ...(files.missing.length > 0
      ? [`  ${files.missing.length} files were lost before the backup was made, and are not there.`]
      : []),
    ...settingsText(settings),
    '',
    'Next, in the folder of Préau: npm start',
  ].join('\n')
}

function settingsText(settings: Record<string, string>): string[] {
  const lines = Object.entries(settings).map(([name, value]) => `  ${name}=${value}`)
  return lines.length > 0 ? ['', 'It ran with these settings:', ...lines] : []
}
