// The nightly backup as a program: at the lowest priority, with the weekly trial of restoring it. Its log says how it went;
// it ends with 1 when there is no new backup, with 2 when there is one but something is wrong with it.
import { setPriority } from 'node:os'
import { findBackup, lastTried, openArchive } from '#platform/backup/archive'
import { systemClock } from '#platform/clock'
import { readConfig } from '#platform/config'
import { openLog } from '#platform/log'
import { OperatorError } from '#platform/operator-error'
import { noProgress } from '#platform/progress'
import { makeBackup } from './make.ts'
import { isTrialDue } from './schedule.ts'
import { tryBackup } from './trial.ts'

const failed = 1
const notWhole = 2

setPriority(19)
// A supervisor that is gone leaves no orphan: it holds our standard input.
if (process.env.PREAU_CHILD === '1') process.stdin.on('end', () => process.exit(failed)).resume()

const config = readConfig(process.env)
const log = openLog('backup', config.logLevel)
const { now } = systemClock(config.clockOffset)

async function nightly(): Promise<number> {
  const { to, keep } = config.backup
  if (!to) throw new OperatorError('PREAU_BACKUP_TO says where backups go: set it.')
  const { backup, copied, missing, swept } = await makeBackup(config, { to, keep }, noProgress)
  log.info({ backup: backup.id, files: backup.manifest.files.count, copied, swept }, 'the backup is complete')
  if (missing.length > 0) {
    log.error(
      { backup: backup.id, missing },
      'THE BACKUP IS NOT WHOLE: files that the database names are nowhere whole',
    )
  }
  return Math.max(missing.length > 0 ? notWhole : 0, await weekly(to))
}

/** Tries to restore the newest backup, when it is time to. */
async function weekly(to: string): Promise<number> {
  const archive = await openArchive(to)
  if (!isTrialDue(now(), (await lastTried(archive))?.at)) return 0
  const backup = await findBackup(archive)
  const { whole, wrong, seconds } = await tryBackup(config, archive, backup, now, noProgress)
  if (whole) log.info({ backup: backup.id, seconds }, 'the backup was restored for trial: whole')
  else log.error({ backup: backup.id, wrong }, 'THE BACKUP CANNOT BE RESTORED WHOLE')
  return whole ? 0 : notWhole
}

try {
  process.exit(await nightly())
} catch (error) {
  if (error instanceof OperatorError) log.error(`THE BACKUP FAILED: ${error.message}`)
  else log.error({ err: error }, 'THE BACKUP FAILED')
  process.exit(failed)
}
