// Backups that are made by themselves: at once when there is none, with the trial of restoring it, and loud when it fails.
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { lastTried, listBackups, openArchive } from '#platform/backup/archive'
import { dateIn, instantOf, usualZone } from '#platform/calendar'
import type { Config } from '#platform/config'
import { aFolder, anInstallation } from '#test/installation'
import { keepBackups } from './backups.ts'

vi.setConfig({ testTimeout: 120_000 })
const { config } = await anInstallation()

/** The installation with its backups in a folder, at a time of the day today. */
function at(time: string, to: string): Config {
  const now = Date.now()
  const clockOffset = instantOf(dateIn(now, usualZone), time, usualZone) - now
  return { ...config, clockOffset, backup: { ...config.backup, to } }
}

/** Runs until the log of the backup's program says so, or the start itself does. */
async function until(settings: Config, condition: RegExp): Promise<string> {
  let said = ''
  const done = Promise.withResolvers<void>()
  const hear = (text: string) => {
    said += `${text}\n`
    if (condition.test(said)) done.resolve()
  }
  const relay = (stderr: NodeJS.ReadableStream) => void stderr.on('data', (piece) => hear(String(piece)))
  const backups = await keepBackups(settings, { say: hear, relay })
  await done.promise
  await backups.stop()
  return said
}

test('where there is none, one is made at once, tried, and not repeated', async () => {
  const to = await aFolder(false)
  const said = await until(at('14:00', to), /restored for trial: whole/)
  expect(said).not.toMatch(/FAILED|NOT WHOLE/)
  const archive = await openArchive(to)
  const [made, ...more] = await listBackups(archive)
  expect([made?.manifest?.tables.length, more]).toEqual([expect.any(Number), []])
  expect(await lastTried(archive)).toMatchObject({ backup: made?.id, whole: true })
  const again = await keepBackups(at('14:01', to), { say: () => {} })
  expect(again.sentence).toMatch(/^Backups: every night at 03:00 to .*; the last one is of .* 14:00\.$/)
  await again.stop()
  expect(await listBackups(archive)).toHaveLength(1)
})

test('one that fails is loud, and says which was the last good one', async () => {
  const to = await aFolder()
  await writeFile(join(to, 'holiday.jpg'), '')
  const said = await until(at('14:00', to), /tried again in an hour/)
  expect(said).toMatch(/THE BACKUP FAILED: .* holds other things/)
  expect(said).toMatch(/THE BACKUP FAILED; it is tried again in an hour. The last good one: none/)
})

test('in the morning none begins', async () => {
  const to = await aFolder(false)
  await mkdir(to)
  const said: string[] = []
  const backups = await keepBackups(at('07:55', to), { say: (line) => void said.push(line) })
  await backups.stop()
  expect([said, await rm(join(to, 'lock')).catch((error) => error.code)]).toEqual([[], 'ENOENT'])
})
