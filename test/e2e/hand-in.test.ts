// A pupil hands in by the page: a draft that survives a cut line and a closed page, one hand-in however often it is sent.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { accessible, openHouse, signIn } from './house.ts'

type Listed = { id: string; title: string; handIn: boolean; dueAt: string }
type List = { homework: Listed[]; states: { homeworkId: string; state: string }[] }

// Here and not in a hook, where what ends it would not be registered.
const house = await openHouse()

async function openHandIn(page: Page): Promise<Listed> {
  const { homework, states } = await page.evaluate(
    async (): Promise<List> => (await fetch('/api/homework')).json(),
  )
  const begun = new Set(states.map((state) => state.homeworkId))
  const latest = homework.toSorted((a, b) => b.dueAt.localeCompare(a.dueAt))
  const found = latest.find((one) => one.handIn && !begun.has(one.id))
  if (!found) throw new Error('the demo has nothing to hand in')
  return found
}

const arrived = (page: Page, name: string) =>
  page.locator('.uploads li.sent', { hasText: name }).waitFor({ timeout: 30_000 })

test('a copy with files survives a cut and a reload, is handed in once, and has its receipt', async () => {
  const device = await house.device()
  const page = await signIn(device, house.account('pupil'))
  const homework = await openHandIn(page)
  await page.goto('/work')
  await page.getByRole('link', { name: homework.title }).first().waitFor()
  await accessible(page)
  await page.goto(`/homework/${homework.id}`)
  await page.locator('textarea').fill('Ma chère Louise, il fait froid ce matin.')

  // The line is cut before the second file: it waits, and says so.
  const [map, photo] = [join(house.data, 'carte.txt'), join(house.data, 'page.txt')]
  await writeFile(map, 'Une carte des alliances.\n')
  await writeFile(photo, 'La page 12 du cahier.\n'.repeat(1_000))
  const chooser = page.locator('.uploads input[type=file]').first()
  await chooser.setInputFiles(map)
  await arrived(page, 'carte.txt')
  await device.setOffline(true)
  await chooser.setInputFiles(photo)
  await page.locator('.uploads li.waiting, .uploads li.sending, .uploads li.queued').waitFor()
  expect(await page.locator('form button[type=submit]').isDisabled()).toBe(true)

  // The page is closed with a file on its way: text, list and the file itself come back and go on.
  await page.waitForTimeout(600)
  page.on('dialog', (dialog) => dialog.accept())
  await device.setOffline(false)
  await page.reload()
  await arrived(page, 'page.txt')
  await arrived(page, 'carte.txt')
  expect(await page.locator('textarea').inputValue()).toContain('Ma chère Louise')

  // Handed in without a line: kept, then sent by itself.
  await device.setOffline(true)
  await page.locator('form button[type=submit]').click()
  await page.getByText('Pas encore remis').waitFor()
  await accessible(page)
  await device.setOffline(false)
  await page.locator('.seal').waitFor({ timeout: 60_000 })
  await accessible(page)

  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.seal a').click()])
  const receipt = JSON.parse(await readFile(await download.path(), 'utf8'))
  const payload = JSON.parse(Buffer.from(receipt.payload, 'base64url').toString())
  expect(payload.homework.id).toBe(homework.id)
  expect(payload.files.map((file: { name: string }) => file.name)).toEqual(['carte.txt', 'page.txt'])
  const left = await page.evaluate(() => Object.keys(localStorage).filter((key) => /draft|files/.test(key)))
  expect(left).toEqual([])
}, 180_000)

test('what a draft kept on the device is gone after signing out', async () => {
  const device = await house.device()
  const page = await signIn(device, house.account('pupil'))
  const homework = await openHandIn(page)
  await page.goto(`/homework/${homework.id}`)
  await page.locator('textarea').fill('Un secret.')
  const kept = () => page.evaluate(() => JSON.stringify(localStorage))
  await expect.poll(kept).toContain('Un secret.')
  await device.clearCookies()
  // The session has ended; the same person finds the draft again.
  await page.goto('/work')
  await page.waitForURL(/sign-in/)
  const { userName, password } = house.account('pupil')
  await page.locator('input[name=username]').fill(userName)
  await page.locator('input[type=password]').fill(password)
  await page.locator('button[type=submit]').click()
  await page.waitForURL((address) => address.pathname === '/work')
  expect(await kept()).toContain('Un secret.')
  // Signing out by the menu erases it.
  await page.getByRole('button', { name: /Menu de/ }).click()
  await page.getByRole('button', { name: 'Se déconnecter', exact: true }).click()
  await page.waitForURL(/sign-in/)
  expect(await kept()).not.toContain('Un secret.')
}, 120_000)
