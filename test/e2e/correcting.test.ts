// A pupil photographs two pages, which become one PDF, and reads aloud; the teacher draws, writes and speaks upon the
// copy and gives it back; the pupil sees and hears it.
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import type { MyWork } from '#feature/homework/contract.ts'
import type { Grid } from '#feature/homework/marking/grid-contract.ts'
import type { PersonalPart } from '#feature/today/contract.ts'
import { accessible, fits, openHouse, signIn } from './house.ts'

const house = await openHouse()

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

/** A photo of a written sheet that lies askew on a wooden table. */
async function aPhoto(path: string, angle: number): Promise<string> {
  const lines = Array.from(
    { length: 14 },
    (_, i) => `<rect x="60" y="${120 + i * 52}" width="${400 + i * 9}" height="9"/>`,
  )
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="700" height="990"><rect width="700" height="990" fill="#f2efe6"/><g fill="#223">${lines.join('')}</g></svg>`
  const sheet = await sharp(Buffer.from(drawing)).rotate(angle, { background: '#0000' }).png().toBuffer()
  const table = sharp({ create: { width: 1000, height: 1300, channels: 3, background: '#5f4026' } })
  await table
    .composite([{ input: sheet, gravity: 'centre' }])
    .jpeg()
    .toFile(path)
  return path
}

/** Speaks for a moment into the microphone that is there, and ends it. */
async function speak(page: Page, begin: string): Promise<void> {
  await page.getByRole('button', { name: begin }).click()
  await page.locator('.clock', { hasText: /0:0[1-9]/ }).waitFor()
  await page.getByRole('button', { name: 'Terminer' }).click()
}

/** Draws a line across the first page. */
async function draw(page: Page): Promise<void> {
  const box = await page.locator('dialog .page svg').boundingBox()
  if (!box) throw new Error('no page is shown')
  await page.mouse.move(box.x + 120, box.y + 120)
  await page.mouse.down()
  await page.mouse.move(box.x + 320, box.y + 140, { steps: 8 })
  await page.mouse.up()
}

test('paper to PDF on a phone, corrected upon the copy and aloud, seen and heard', async () => {
  const desk = await house.device(1280)
  const teacher = await signIn(desk, house.account('teacher'))
  const phone = await house.device()
  const pupil = await signIn(phone, house.account('pupil'))
  const { person } = await ask<PersonalPart>(pupil, 'GET', '/api/today')
  const { classes } = await ask<PersonalPart>(teacher, 'GET', '/api/today')
  const grids = await Promise.all(
    classes.map(({ id }) => ask<Grid>(teacher, 'GET', `/api/classes/${id}/grid`)),
  )
  const found = grids.find((grid) => grid.pupils.some(({ id }) => id === person.id))
  const draft = {
    title: 'Lire et écrire',
    body: '',
    dueAt: '2099-06-01T08:00:00Z',
    handIn: true,
    attachments: [],
  }
  const { id } = await ask<{ id: string }>(teacher, 'POST', `/api/classes/${found?.class.id}/homework`, draft)

  // Two photos are found, straightened and kept; a reload loses none of it.
  await pupil.goto(`/homework/${id}`)
  await pupil.getByRole('button', { name: 'Photographier des pages' }).click()
  const chooser = pupil.locator('dialog input[multiple]')
  await chooser.setInputFiles(await aPhoto(join(house.data, 'un.jpg'), 5))
  await chooser.setInputFiles(await aPhoto(join(house.data, 'deux.jpg'), -6))
  await pupil.locator('dialog .sheet img').nth(1).waitFor()
  await accessible(pupil)
  await pupil.reload()
  await pupil.getByRole('button', { name: /^Reprendre/ }).click()
  await pupil.getByRole('button', { name: 'Régler la page 1' }).click()
  const corner = pupil.getByRole('button', { name: /^Coin en haut à gauche/ })
  const left = () => corner.evaluate((element) => Number.parseFloat(element.style.left))
  expect(await left(), 'the sheet was found, not the whole photo').toBeGreaterThan(8)
  const before = await left()
  await corner.press('ArrowLeft')
  expect(await left()).toBeLessThan(before)
  await accessible(pupil)
  await pupil.getByRole('button', { name: 'OK' }).click()
  await pupil.getByRole('button', { name: /^Ajouter 2/ }).click()
  await pupil.locator('.uploads li.sent', { hasText: 'pages.pdf' }).waitFor()
  await speak(pupil, 'Enregistrer ma voix')
  await pupil.getByRole('button', { name: 'Joindre' }).click()
  await pupil.locator('.uploads li.sent').nth(1).waitFor()
  await pupil.locator('form button[type=submit]').click()
  await pupil.locator('.seal').waitFor()
  await fits(pupil)
  const { submission } = await ask<MyWork>(pupil, 'GET', `/api/homework/${id}/mine`)
  expect(submission?.files.map(({ type }) => type)).toEqual([
    'application/pdf',
    expect.stringMatching(/^audio\//),
  ])
  expect(submission?.files[0]?.bytes).toBeLessThan(600_000)

  // The teacher draws and writes upon the PDF, speaks, and gives back without a mark.
  await teacher.goto(`/homework/${id}/pupils/${person.id}`)
  await teacher.getByRole('button', { name: /^Corriger/ }).click()
  await teacher.locator('dialog .page canvas').first().waitFor()
  expect(await teacher.locator('dialog .thumbs button').count()).toBe(2)
  await teacher.getByRole('button', { name: 'Stylo' }).click()
  await draw(teacher)
  await teacher.getByRole('button', { name: 'Texte' }).click()
  await teacher.locator('dialog .page svg').first().press('Enter')
  await teacher.keyboard.type('Très vivant !')
  await teacher.keyboard.press('Escape')
  await teacher.getByText('Enregistré', { exact: true }).waitFor()
  await accessible(teacher)
  await teacher.getByRole('button', { name: 'Fermer' }).click()
  await speak(teacher, 'Parler à l’élève')
  await teacher.getByRole('button', { name: 'Garder ce message' }).click()
  await teacher.locator('.voice .message').waitFor()
  await accessible(teacher)
  await teacher.getByRole('button', { name: 'Rendre à l’élève' }).click()

  await expect
    .poll(async () => (await ask<MyWork>(pupil, 'GET', `/api/homework/${id}/mine`)).result)
    .not.toBeNull()
  await pupil.reload()
  await pupil.locator('.voice .message').waitFor()
  await pupil.locator('.voice').getByRole('button', { name: 'Écouter' }).click()
  await expect
    .poll(() => pupil.locator('.voice audio').evaluate((a: HTMLAudioElement) => a.played.length), {
      timeout: 20_000,
    })
    .toBe(1)
  await fits(pupil)
  await pupil.getByRole('button', { name: /^Voir les corrections/ }).click()
  await pupil.locator('dialog text', { hasText: 'Très vivant' }).waitFor()
  expect(await pupil.locator('dialog .page path').count()).toBeGreaterThan(0)
  await accessible(pupil)
}, 180_000)
