// Homework from one end to the other, by the pages: set with documents, watched, handed in over a line that breaks,
// proven by its receipt, read, marked, given back, seen at home.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MyWork } from '#feature/homework/contract.ts'
import type { Grid } from '#feature/homework/marking/grid-contract.ts'
import type { PersonalPart } from '#feature/today/contract.ts'
import { accessible, fits, openHouse, signIn } from './house.ts'
import { openLine, watchUploads, worksheet, writeLarge } from './papers.ts'

const film = 'apps/start/demo/fractale.mp4'
const photo = 'test/samples/lying.jpg'
const large = 50 * 1024 * 1024
const exposé = 'Exposé : les fractales'
const reading = 'Relire la fiche, sans rien rendre'
const answer = 'Une fractale se ressemble à toutes les échelles.'
const praise = 'Clair et bien illustré.'

const house = await openHouse()
const line = await openLine(house.url)
afterAll(line.close)
let teacher: { device: BrowserContext; page: Page }
let pupil: { device: BrowserContext; page: Page }
let classId = ''
let pupilId = ''
let pupilName = ''
let homeworkId = ''

beforeAll(async () => {
  const desk = await house.device(1280)
  teacher = { device: desk, page: await signIn(desk, house.account('teacher')) }
  const phone = await house.device(360, 'light', line.url)
  pupil = { device: phone, page: await signIn(phone, house.account('pupil')) }
  const { person } = await ask<PersonalPart>(pupil.page, 'GET', '/api/today')
  pupilId = person.id
  pupilName = `${person.familyName}, ${person.givenName}`
  const { classes } = await ask<PersonalPart>(teacher.page, 'GET', '/api/today')
  for (const { id } of classes) {
    const grid = await ask<Grid>(teacher.page, 'GET', `/api/classes/${id}/grid`)
    if (grid.pupils.some((one) => one.id === pupilId)) classId ||= id
  }
  expect(classId, 'the demo teacher teaches the demo pupil').not.toBe('')
}, 180_000)

/** Asks the API as the person signed in on the page. */
function ask<T>(page: Page, method: string, path: string, body?: object): Promise<T> {
  return page.evaluate(
    async ([method, path, body]) => {
      const headers = { 'content-type': 'application/json' }
      const answer = await fetch(path, body ? { method, body, headers } : { method })
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
      return answer.json()
    },
    [method, path, body && JSON.stringify(body)] as const,
  )
}

/** The page as it is, on a phone and on a desk. */
async function sound(page: Page): Promise<void> {
  const before = page.viewportSize()
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 800 })
    await accessible(page)
    await fits(page)
  }
  if (before) await page.setViewportSize(before)
}

async function setHomework(page: Page, title: string, handIn: boolean, files: string[]): Promise<string> {
  await page.goto(`/classes/${classId}`)
  await page.getByRole('link', { name: 'Donner un travail' }).first().click()
  await page.getByRole('heading', { level: 1, name: 'Donner un travail' }).waitFor()
  await page.getByRole('textbox', { name: 'Titre' }).fill(title)
  await page.getByRole('textbox', { name: 'Consigne' }).fill('Regarder le film, lire la fiche.')
  await page.getByRole('button', { name: /^Demain/ }).click()
  if (!handIn) await page.getByRole('radio', { name: 'À faire, sans rendre' }).check()
  if (files.length) await page.getByLabel('Joindre un document ou une vidéo').setInputFiles(files)
  for (const file of files) await arrived(page, file)
  await sound(page)
  await page.getByRole('button', { name: 'Donner à la classe' }).click()
  await page.waitForURL((address) => address.searchParams.has('homework'))
  await page.getByText(`« ${title} » est donné`).waitFor()
  return new URL(page.url()).searchParams.get('homework') ?? ''
}

/** Opens today anew and shows all that is due. */
async function openToday(page: Page): Promise<void> {
  await page.goto('/')
  await page.locator('main h1').waitFor()
  const more = page.getByRole('button', { name: /^Montrer les \d+ autres/ })
  await page.locator('main').getByRole('link').first().waitFor()
  if (await more.isVisible()) await more.click()
}

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1)
const row = (page: Page, path: string) =>
  page
    .getByRole('list', { name: 'Fichiers' })
    .getByRole('listitem')
    .filter({ hasText: nameOf(path) })
const arrived = (page: Page, path: string) => row(page, path).getByText('Arrivé').waitFor({ timeout: 60_000 })

async function preau(...args: string[]): Promise<{ code: number; text: string }> {
  const program = spawn(process.execPath, ['apps/cli/main.ts', ...args], { stdio: 'pipe' })
  let text = ''
  for (const stream of [program.stdout, program.stderr]) stream.on('data', (piece) => (text += piece))
  const [code] = await once(program, 'close')
  return { code, text }
}

test('a teacher sets homework with a worksheet and a film, and the class sees it within seconds', async () => {
  const sheet = join(house.data, 'fiche.pdf')
  await writeFile(sheet, worksheet('Les fractales'))
  const { page } = teacher
  await page.locator(`a[href="/classes/${classId}"]:visible`).first().click()
  await page.getByRole('grid').waitFor()
  await sound(page)
  homeworkId = await setHomework(page, exposé, true, [sheet, film])
  const set = Date.now()
  await expect
    .poll(
      async () => {
        await openToday(pupil.page)
        return pupil.page.getByRole('link', { name: exposé }).count()
      },
      { timeout: 20_000, interval: 500 },
    )
    .toBe(1)
  expect(Date.now() - set).toBeLessThan(15_000)
  await sound(pupil.page)
})

test('the pupil opens it, reads the worksheet, plays the film and seeks in it', async () => {
  const { page, device } = pupil
  const parts: number[] = []
  page.on('response', (response) => {
    if (response.url().includes('/files/') && response.url().includes('fractale'))
      parts.push(response.status())
  })
  await page.getByRole('link', { name: exposé }).click()
  await page.getByRole('heading', { level: 1, name: exposé }).waitFor()
  await page.getByText('Regarder le film, lire la fiche.').waitFor()
  const address = await page.getByRole('link', { name: /fiche\.pdf/ }).getAttribute('href')
  const sheet = await device.request.get(address ?? '')
  expect(await sheet.body()).toEqual(worksheet('Les fractales'))

  const video = page.locator('video[aria-label="fractale.mp4"]')
  await expect.poll(() => video.evaluate((v: HTMLVideoElement) => v.readyState)).toBeGreaterThan(0)
  const played = await video.evaluate(async (v: HTMLVideoElement) => {
    v.muted = true
    await v.play()
    await new Promise((done) => v.addEventListener('timeupdate', done, { once: true }))
    v.pause()
    const wanted = v.duration * 0.75
    const sought = new Promise((done) => v.addEventListener('seeked', done, { once: true }))
    v.currentTime = wanted
    await sought
    return { wanted, at: v.currentTime, error: v.error?.message, width: v.videoWidth }
  })
  expect(played.error).toBeUndefined()
  expect(played.width).toBeGreaterThan(0)
  expect(Math.abs(played.at - played.wanted)).toBeLessThan(0.1)
  expect(parts).toContain(206)
  await sound(page)
})

test('handed in over a line that breaks: the large file goes on where it was, and the receipt proves it', async () => {
  const { page, device } = pupil
  const tus = watchUploads(page)
  const big = await writeLarge(join(house.data, 'exposé.bin'), large)
  const submit = page.getByRole('button', { name: 'Remettre ma copie' })
  const chooser = page.getByLabel('Ajouter des fichiers à ta copie')
  await page.getByRole('textbox', { name: 'Ta réponse' }).fill(answer)

  line.slow(8 * 1024 * 1024)
  await chooser.setInputFiles(big)
  const bar = row(page, big).getByRole('progressbar')
  await expect
    .poll(async () => Number(await bar.getAttribute('aria-valuenow')), { timeout: 30_000 })
    .toBeGreaterThan(20)
  await device.setOffline(true)
  line.cut()
  await row(page, big).getByText('Coupé, reprend tout seul').waitFor()
  expect(await submit.isDisabled()).toBe(true)
  await accessible(page)
  await fits(page)
  const [upload = ''] = tus.begunOf(large)
  const reached = async () => {
    const cookies = await device.cookies()
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
    const headers = { cookie, 'tus-resumable': '1.0.0' }
    const asked = await fetch(new URL(upload, house.url), { method: 'HEAD', headers })
    return Number(asked.headers.get('upload-offset'))
  }
  await expect.poll(reached).toBeGreaterThan(0)
  const cutAt = await reached()
  expect(cutAt).toBeLessThan(large)

  line.mend()
  await device.setOffline(false)
  await arrived(page, big)
  expect(tus.begunOf(large), 'begun once').toEqual([upload])
  const offsets = tus.offsetsOf(upload)
  expect(offsets[0]).toBe(0)
  expect(offsets.slice(1), 'never from the start again').not.toContain(0)
  expect(offsets.at(-1)).toBe(cutAt)

  await chooser.setInputFiles(photo)
  await arrived(page, photo)
  await sound(page)
  await submit.click()
  await page.getByText(/^Remis aujourd’hui/).waitFor({ timeout: 30_000 })
  const shown = page.getByRole('img', { name: 'lying.jpg' })
  await shown.scrollIntoViewIfNeeded()
  const upright = () => shown.evaluate((i: HTMLImageElement) => i.naturalHeight > i.naturalWidth)
  await expect.poll(upright).toBe(true)
  await sound(page)
  await proven(page, big)
})

async function proven(page: Page, big: string): Promise<void> {
  const saving = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Télécharger l’accusé de remise' }).click()
  const receipt = join(house.data, 'recu.json')
  await (await saving).saveAs(receipt)
  const keys = ['--url', house.url]
  const genuine = await preau('verify-receipt', receipt, ...keys, '--file', big, photo)
  expect(genuine, genuine.text).toMatchObject({ code: 0 })
  expect(genuine.text).toContain('The receipt is genuine')

  const other = join(house.data, 'autre.bin')
  const bytes = await readFile(big)
  bytes[12_345_678] = (bytes[12_345_678] ?? 0) ^ 1
  await writeFile(other, bytes)
  const changedFile = await preau('verify-receipt', receipt, ...keys, '--file', other)
  expect(changedFile).toMatchObject({ code: 1, text: expect.stringContaining('is NOT among') })

  const jws = JSON.parse(await readFile(receipt, 'utf8')) as { payload: string }
  const payload = Buffer.from(jws.payload, 'base64url').toString().replace('"late":false', '"late":true')
  expect(payload).toContain('"late":true')
  const forged = join(house.data, 'faux.json')
  await writeFile(forged, JSON.stringify({ ...jws, payload: Buffer.from(payload).toString('base64url') }))
  const changed = await preau('verify-receipt', forged, ...keys)
  expect(changed).toMatchObject({ code: 1, text: expect.stringContaining('NOT genuine') })
}

/** The pupil's cell of this homework on the desk of the class. */
async function cellOnDesk(page: Page) {
  await page.goto(`/classes/${classId}?homework=${homeworkId}`)
  const column = await page.getByRole('columnheader', { name: exposé }).getAttribute('aria-colindex')
  const copies = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: pupilName }) })
  return copies.locator(`[role=gridcell][aria-colindex="${column}"]`)
}

test('the teacher finds the copy to read, marks it and gives it back', async () => {
  const { page } = teacher
  const cell = await cellOnDesk(page)
  await cell.getByText('lire', { exact: true }).waitFor()
  await sound(page)
  await cell.click()
  await page.getByText(answer).waitFor()
  await page.getByRole('img', { name: 'lying.jpg' }).waitFor()
  await page.getByRole('link', { name: /exposé\.bin/ }).waitFor()
  await page.getByRole('textbox', { name: 'Note' }).fill('17/20')
  await page.getByRole('textbox', { name: 'Appréciation' }).fill(praise)
  await page.getByText('Enregistré. L’élève ne voit rien').waitFor()
  await sound(page)
  const before = await ask<MyWork>(pupil.page, 'GET', `/api/homework/${homeworkId}/mine`)
  expect(before.result, 'not before it is given back').toBeNull()
  await page.getByRole('button', { name: 'Rendre à l’élève' }).click()
  await page.getByText('voit maintenant sa copie corrigée').waitFor()
  await sound(page)
  expect(await (await cellOnDesk(page)).getAttribute('aria-label')).toBe('17/20, rendu à l’élève')
})

test('going on with J, what is written goes to the pupil on the screen', async () => {
  const { page } = teacher
  await (await cellOnDesk(page)).click()
  await page.getByRole('heading', { level: 1, name: house.account('pupil').name }).waitFor()
  // The next copy was read ahead by now.
  await page.waitForTimeout(1000)
  await page.getByRole('heading', { level: 1 }).click()
  const sent = page.waitForRequest((request) => request.method() === 'PUT' && /\/result$/.test(request.url()))
  await page.keyboard.press('j')
  await page
    .getByRole('heading', { level: 1, name: house.account('pupil').name })
    .waitFor({ state: 'hidden' })
  const next = new URL(page.url()).pathname.split('/').at(-1)
  expect(next).not.toBe(pupilId)
  await page.getByRole('textbox', { name: 'Note' }).fill('4')
  expect((await sent).url()).toContain(`/pupils/${next}/result`)
  await page.getByText('Enregistré. L’élève ne voit rien').waitFor()
  await page.reload()
  await expect.poll(() => page.getByRole('textbox', { name: 'Note' }).inputValue()).toBe('4')
  expect((await ask<MyWork>(pupil.page, 'GET', `/api/homework/${homeworkId}/mine`)).result?.mark).toBe(
    '17/20',
  )
})

test('pupil and guardian see the mark and the feedback', async () => {
  const guardian = await signIn(await house.device(360), house.account('guardian'))
  for (const page of [pupil.page, guardian]) {
    await openToday(page)
    await sound(page)
    await page.goto(page === guardian ? `/work?child=${pupilId}` : '/work')
    await page.getByRole('radio', { name: /^Corrigés/ }).check()
    await page.getByRole('link', { name: exposé }).first().waitFor()
    await sound(page)
    await page.getByRole('link', { name: exposé }).first().click()
    await page.getByRole('heading', { name: 'Correction' }).waitFor()
    await page.getByText('17/20').first().waitFor()
    await page.getByText(praise).waitFor()
    await page.getByText(answer).waitFor()
    await sound(page)
  }
  expect(await guardian.getByRole('link', { name: 'Télécharger l’accusé de remise' }).count()).toBe(0)
})

test('homework without hand-in is ticked on today, and the tick is undone', async () => {
  await setHomework(teacher.page, reading, false, [])
  const { page } = pupil
  const box = page.getByRole('checkbox', { name: `Fait : ${reading}` })
  await expect
    .poll(
      async () => {
        await openToday(page)
        return box.count()
      },
      { timeout: 20_000, interval: 500 },
    )
    .toBe(1)
  const stateNow = async () => {
    const { work } = await ask<PersonalPart>(page, 'GET', '/api/today')
    return work.filter(({ state }) => state === 'done').length
  }
  const before = await stateNow()
  await box.check()
  await expect.poll(stateNow).toBe(before + 1)
  await sound(page)
  await page.getByRole('button', { name: 'Annuler' }).last().click()
  await expect.poll(stateNow).toBe(before)
  await expect.poll(() => box.isChecked()).toBe(false)
})
