// A head's day on the school's page: an import from trial to history, whom to call, a school at a distance, codes for all.
import { expect, test } from 'vitest'
import { exportFiles, zipBytes } from '#test/oneroster'
import { accessible, fits, openHouse, signIn } from './house.ts'

const house = await openHouse()

/** What the demo's program would send after a pupil came to the collège. */
const newcomer = () =>
  zipBytes(
    exportFiles(
      {
        users: ['u-zoe,active,,true,zoe.neuve,,Zoé,Neuve,,,,,,,,,,,,,,1010001C,'],
        roles: ['r-zoe,active,,u-zoe,primary,student,,,1010001C,'],
      },
      { mode: 'delta', source: 'preau demo' },
    ),
  )

test('a dropped zip is tried, applied, and stands in the history', async () => {
  const desk = await house.device(1280)
  const page = await signIn(desk, house.account('administrator'))
  await page.goto('/school')
  await page.getByRole('link', { name: /^Import de l’annuaire/ }).waitFor()
  await accessible(page)
  await page.getByRole('link', { name: /^Import de l’annuaire/ }).click()
  await page.getByText('Aucun import ici').waitFor()
  await accessible(page)
  const file = { name: 'export.zip', mimeType: 'application/zip', buffer: await newcomer() }
  await page.locator('input[type=file]').setInputFiles(file)
  await page.getByRole('button', { name: 'Appliquer' }).waitFor()
  await accessible(page)
  const find = async () =>
    (
      await desk.request.get(`/api${new URL(page.url()).pathname.replace('import', 'accounts')}?q=neuve`)
    ).json()
  expect(await find()).toEqual([])
  await page.getByRole('button', { name: 'Appliquer' }).click()
  await page.getByText('Appliqué', { exact: true }).first().waitFor()
  expect((await find()).map((one: { username: string }) => one.username)).toEqual(['zoe.neuve'])
  await page.reload()
  const history = page.getByRole('region', { name: 'Historique' })
  await history.getByText('export.zip').waitFor()
  await accessible(page)
  await page.setViewportSize({ width: 360, height: 740 })
  await fits(page)
  await desk.close()
})

test('whom to call, on paper too; the school goes to a distance and a pupil reads it on today', async () => {
  const device = await house.device()
  const page = await signIn(device, house.account('administrator'))
  await page.goto('/school')
  await page.getByRole('link', { name: /^Qui ne s’est pas connecté/ }).click()
  await page
    .getByText(/jamais venus/)
    .first()
    .waitFor()
  await accessible(page)
  await fits(page)
  await page.emulateMedia({ media: 'print' })
  expect(await page.evaluate(() => document.body.innerText)).not.toMatch(/Imprimer|Exporter|Aller au contenu/)
  await page.emulateMedia({ media: 'screen' })
  await page.goBack()
  await page.getByRole('link', { name: /^Cours à distance/ }).click()
  await page.getByLabel('Votre mot à tous').fill('La neige ferme le collège.')
  await accessible(page)
  await fits(page)
  await page.getByRole('button', { name: 'Passer à distance' }).click()
  await page.getByText('en cours').waitFor()
  await accessible(page)
  await device.close()

  const phone = await house.device()
  const today = await signIn(phone, house.account('pupil'))
  await today.getByText('La neige ferme le collège.').waitFor()
  await accessible(today)
  await fits(today)
  await phone.close()

  const again = await house.device(1280)
  const office = await signIn(again, house.account('administrator'))
  await office.goto('/school')
  await office.getByRole('link', { name: /^Cours à distance/ }).click()
  await office.getByText('en cours').waitFor()
  await office.getByRole('button', { name: 'Revenir dans l’établissement' }).click()
  await accessible(office)
  await office.getByRole('dialog').getByRole('button', { name: 'Revenir dans l’établissement' }).click()
  await office.getByText('en cours').waitFor({ state: 'detached' })
  await again.close()
})

test('a calendar’s secret address is made, read by nobody signed in, and deleted', async () => {
  const phone = await house.device()
  const page = await signIn(phone, house.account('pupil'))
  await page.goto('/feeds')
  await page.getByRole('button', { name: 'Faire une adresse' }).click()
  const address = (await page.locator('.address').textContent()) ?? ''
  await accessible(page)
  await fits(page)
  const path = new URL(address).pathname
  const stranger = await house.device()
  expect(await (await stranger.request.get(path)).text()).toMatch(/^BEGIN:VCALENDAR[^]*BEGIN:VEVENT/)
  await page.getByRole('button', { name: 'Supprimer' }).click()
  await page.getByRole('button', { name: 'Supprimer' }).waitFor({ state: 'detached' })
  expect((await stranger.request.get(path)).status()).toBe(404)
  await stranger.close()
  await phone.close()
})

test('codes for all pupils of two classes: told before, a class on its own pages, saved as a table; in English', async () => {
  const desk = await house.device(1280)
  const page = await signIn(desk, house.account('administrator'))
  await desk.addCookies([{ name: 'preau_lang', value: 'en', url: house.url }])
  await page.goto('/school')
  await page.getByRole('link', { name: /^Activation codes/ }).click()
  await page.getByLabel('All classes').uncheck()
  await page.getByRole('checkbox', { name: /^6e A/ }).check()
  await page.getByRole('checkbox', { name: /^6e B/ }).check()
  await accessible(page)
  await page.getByRole('button', { name: /^Make \d+/ }).click()
  await accessible(page)
  await page.getByRole('button', { name: 'Make the codes' }).click()
  const slips = page.locator('.slips > li')
  await slips.first().waitFor()
  await accessible(page)
  const sizes = await page.locator('.slips').evaluateAll((lists) => lists.map((list) => list.children.length))
  expect(sizes).toHaveLength(2)
  // As wide as an A4 page between its margins: nothing of a slip is cut off, also where a guardian has three children.
  const clipped = () =>
    page
      .locator('.slips > li')
      .evaluateAll((all) => all.filter((li) => li.scrollHeight > li.clientHeight).length)
  await page.emulateMedia({ media: 'print' })
  await page.setViewportSize({ width: 718, height: 1000 })
  // A picture, so that slips out of sight are laid out: until then they have a supposed height.
  await page.screenshot({ fullPage: true })
  await expect.poll(clipped, { timeout: 10_000 }).toBe(0)
  await page.emulateMedia({ media: null })
  await page.setViewportSize({ width: 1280, height: 800 })
  const pdf = await page.pdf({ preferCSSPageSize: true })
  const sheets = sizes.reduce((n, size) => n + Math.ceil(size / 10), 0)
  expect(pdf.toString('latin1').match(/\/Type ?\/Page\b/g)?.length).toBe(sheets)
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: /CSV/ }).click()
  expect((await saved).suggestedFilename()).toMatch(/^Codes .*\.csv$/)
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByLabel('All classes').waitFor()
  await page.getByRole('radio', { name: 'Guardians' }).check()
  await page.getByRole('button', { name: /^Make \d/ }).click()
  await page.getByRole('button', { name: 'Make the codes' }).click()
  await slips.first().waitFor()
  await page.emulateMedia({ media: 'print' })
  await page.setViewportSize({ width: 718, height: 1000 })
  await page.screenshot({ fullPage: true })
  await expect.poll(clipped, { timeout: 10_000 }).toBe(0)
  await page.emulateMedia({ media: null })
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByRole('button', { name: 'Leave', exact: false }).click()
  await page.getByLabel('All classes').waitFor()
  await page.setViewportSize({ width: 360, height: 740 })
  await page.getByRole('button', { name: /^Make \d/ }).click()
  await page.getByText(/slips that are out and not used yet/).waitFor()
  await accessible(page)
  await fits(page)
  await desk.close()
})
