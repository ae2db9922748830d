// Opening the day: sign-in by the page, today for every role, a shared device, and the day with the workspace dead.
import { expect, test } from 'vitest'
import { accessible, fits, openHouse, type Role, signIn } from './house.ts'

const house = await openHouse()
const roles: Role[] = ['pupil', 'teacher', 'guardian', 'administrator']

test.each(roles)('today of the %s, on a phone and on a desk, light and dark', async (role) => {
  for (const [width, scheme] of [
    [360, 'light'],
    [1280, 'dark'],
  ] as const) {
    const device = await house.device(width, scheme)
    const page = await signIn(device, house.account(role))
    const given = house.account(role).name.split(' ')[0] ?? ''
    await page.getByRole('heading', { level: 1, name: given }).waitFor()
    await accessible(page)
    await fits(page)
    await device.close()
  }
})

test('a wrong password is said plainly, and the page is accessible', async () => {
  const device = await house.device()
  const page = await device.newPage()
  await page.goto('/')
  await page.locator('input[name=username]').fill(house.account('pupil').userName)
  await page.locator('input[type=password]').fill('not this one')
  await page.locator('button[type=submit]').click()
  await page.getByRole('alert').filter({ hasText: /\w/ }).waitFor()
  await accessible(page)
  await fits(page)
  await device.close()
})

test('the week is shown on a phone and on a desk', async () => {
  for (const width of [360, 1280]) {
    const device = await house.device(width)
    const page = await signIn(device, house.account('pupil'))
    await page.goto('/week')
    await page.getByRole('heading', { level: 1, name: 'Semaine' }).waitFor()
    await accessible(page)
    await fits(page)
    await device.close()
  }
})

test('two people on one device: the second is added, and switching takes two taps', async () => {
  const device = await house.device()
  const page = await signIn(device, house.account('pupil'))
  await page.goto('/sign-in?add')
  const { userName, password, name } = house.account('guardian')
  await page.locator('input[name=username]').fill(userName)
  await page.locator('input[type=password]').fill(password)
  await page.locator('button[type=submit]').click()
  await page.getByRole('heading', { level: 1, name: name.split(' ')[0] ?? '' }).waitFor()
  const first = house.account('pupil').name.split(' ')[0] ?? ''
  await page.locator('header button[aria-expanded], aside button[aria-expanded]').first().click()
  await page.getByRole('button', { name: first }).click()
  await page.getByRole('heading', { level: 1, name: first }).waitFor()
  await device.close()
})

test('with the workspace dead the day and what is due can still be read, and everything comes back by itself', async () => {
  const device = await house.device()
  const page = await signIn(device, house.account('pupil'))
  await page.locator('main ol, main ul').first().waitFor()
  const lessons = await page.locator('main').innerText()
  const { workspace } = await house.pids()
  // It answers nothing any more, and is not started again yet.
  process.kill(workspace, 'SIGSTOP')
  await page.reload()
  await page.locator('main h1').waitFor()
  const subject = lessons.match(/Mathématiques|Français|Anglais|Histoire-géographie|EPS/)?.[0]
  if (subject) await page.getByText(subject).first().waitFor()
  const due = page.locator('main a[href^="/homework/"]').first()
  const title = (await due.innerText()).trim()
  await due.click()
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
  process.kill(workspace, 'SIGKILL')
  await expect.poll(async () => (await device.request.get('/readyz')).status(), { timeout: 30_000 }).toBe(200)
  expect((await house.pids()).workspace).not.toBe(workspace)
  await device.close()
})
