// A teacher marks in the grid and on a copy: types a mark, fills the rubric, inserts a kept comment, gives several back
// and has one done again; the pupil sees mark, rubric and comment. The class's files open as what they are.
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import yauzl, { type ZipFile } from 'yauzl'
import type { MyWork } from '#feature/homework/contract.ts'
import type { Grid } from '#feature/homework/marking/grid-contract.ts'
import type { Marking, MarkingView } from '#feature/homework/scales/contract.ts'
import type { PersonalPart } from '#feature/today/contract.ts'
import { accessible, fits, openHouse, signIn } from './house.ts'

const house = await openHouse()
const open = promisify<string, yauzl.Options, ZipFile>(yauzl.open)
const comment = 'Un plan net ; soignez la conclusion.'

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

/** Presses on what downloads a file, and has it. */
async function downloaded(page: Page, press: () => Promise<void>): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent('download'), press()])
  return file.path()
}

async function namesIn(zip: string): Promise<string[]> {
  const names: string[] = []
  for await (const { fileName } of (await open(zip, { lazyEntries: true, autoClose: true })).eachEntry())
    names.push(fileName)
  return names.sort()
}

/** Homework with a rubric, in the class that teacher and pupil share, and what the pupil hands in. */
async function handedIn(teacher: Page, pupil: Page) {
  const { person } = await ask<PersonalPart>(pupil, 'GET', '/api/today')
  const { classes } = await ask<PersonalPart>(teacher, 'GET', '/api/today')
  const grids = await Promise.all(
    classes.map(({ id }) => ask<Grid>(teacher, 'GET', `/api/classes/${id}/grid`)),
  )
  const grid = grids.find(({ pupils }) => pupils.some(({ id }) => id === person.id)) as Grid
  const draft = {
    title: 'Exposé noté',
    body: '',
    dueAt: '2099-06-01T08:00:00Z',
    handIn: true,
    attachments: [],
  }
  const { id } = await ask<{ id: string }>(teacher, 'POST', `/api/classes/${grid.class.id}/homework`, draft)
  const { marking } = await ask<MarkingView>(teacher, 'GET', `/api/homework/${id}/marking`)
  const levels = [
    { title: 'À revoir', points: 1 },
    { title: 'Solide', points: 4 },
  ]
  const rubric: Marking['rubric'] = { title: 'Exposé', criteria: [{ id: 'plan', title: 'Plan', levels }] }
  await ask(teacher, 'PUT', `/api/homework/${id}/marking`, { ...marking, rubric })
  await pupil.goto(`/homework/${id}`)
  await pupil.getByRole('textbox').first().fill('Mon plan en trois parties.')
  await pupil.locator('form button[type=submit]').click()
  await pupil.locator('.seal').waitFor()
  return { id, classId: grid.class.id, pupils: grid.pupils, pupilId: person.id }
}

test('marks typed in the grid, a rubric, a kept comment, several given back, one of them to do again', async () => {
  const teacher = await signIn(await house.device(1280), house.account('teacher'))
  const pupil = await signIn(await house.device(), house.account('pupil'))
  const { id, classId, pupils, pupilId } = await handedIn(teacher, pupil)
  const row = pupils.findIndex((one) => one.id === pupilId) + 1
  const other = row === 1 ? 2 : 1

  // In the grid: Enter goes down, Escape undoes, what is not on the scale stays with the reason why.
  await teacher.goto(`/classes/${classId}?homework=${id}`)
  await teacher.getByLabel('Aller à un travail…').selectOption(id)
  const focus = teacher.locator('[role=gridcell]:focus')
  const col = await focus.getAttribute('data-col')
  const cell = (at: number) => teacher.locator(`[data-row="${at}"][data-col="${col}"]`)
  await cell(row).focus()
  await teacher.keyboard.type('25')
  await teacher.keyboard.press('Enter')
  await teacher.getByText('Ce barème va jusqu’à 20.').first().waitFor()
  await accessible(teacher)
  await teacher.keyboard.press('Escape')
  await expect.poll(() => cell(row).innerText()).toBe('lire')
  await cell(other).focus()
  await teacher.keyboard.type('12.5')
  await teacher.keyboard.press('Enter')
  await expect.poll(() => focus.getAttribute('data-row')).toBe(String(other + 1))
  await expect.poll(() => cell(other).getAttribute('aria-label')).toMatch(/^12,5 sur 20, prêt/)

  // Another tab was quicker: both are shown, and one chooses.
  const path = `/api/homework/${id}/pupils/${pupils[other - 1]?.id}`
  await ask(teacher, 'PUT', `${path}/result`, { mark: '8', submissionId: null, version: 1 })
  await cell(other).focus()
  await teacher.keyboard.type('14')
  await teacher.keyboard.press('Tab')
  await teacher.getByRole('dialog').getByText('Rien n’est écrasé').waitFor()
  await accessible(teacher)
  await teacher.getByRole('button', { name: 'Enregistrer ma version' }).click()
  await expect.poll(() => cell(other).getAttribute('aria-label')).toMatch(/^14 sur 20, prêt/)
  await teacher.locator('.tools label', { hasText: 'À noter' }).click()
  await teacher.locator('[role=rowheader]').first().waitFor()
  await accessible(teacher)
  await fits(teacher)

  // On the copy: the rubric proposes the mark; a comment is kept and inserted.
  await teacher.goto(`/homework/${id}/pupils/${pupilId}`)
  await teacher.getByRole('button', { name: /^Solide/ }).click()
  await expect.poll(() => teacher.getByRole('textbox', { name: 'Note', exact: true }).inputValue()).toBe('20')
  await ask(teacher, 'POST', '/api/remarks', { subject: '', words: comment })
  await teacher.getByRole('combobox', { name: 'Insérer une appréciation' }).fill('plan')
  await teacher.getByRole('option', { name: comment }).waitFor()
  await accessible(teacher)
  await teacher.keyboard.press('Enter')
  await teacher.getByText('Enregistré. L’élève ne voit rien').waitFor()
  await teacher.setViewportSize({ width: 360, height: 740 })
  await accessible(teacher)
  await fits(teacher)
  await teacher.setViewportSize({ width: 1280, height: 800 })

  // Both are given back at once, one of them to be done again.
  await teacher.getByRole('button', { name: 'Rendre les 2 copies prêtes' }).click()
  await teacher.getByRole('button', { name: 'Faire refaire à certains' }).click()
  const dialog = teacher.getByRole('dialog')
  await dialog
    .locator('input[type=checkbox]')
    .nth(row < other ? 0 : 1)
    .check()
  await dialog.getByLabel('Ce qu’il faut améliorer').fill('La conclusion')
  await accessible(teacher)
  await dialog.getByRole('button', { name: /^Rendre 2 copies/ }).click()
  await expect
    .poll(async () => (await ask<MyWork>(pupil, 'GET', `/api/homework/${id}/mine`)).rounds.length)
    .toBe(1)
  await pupil.reload()
  await pupil.getByText(comment).first().waitFor()
  await pupil.getByText('Solide').first().waitFor()
  await pupil.getByText('La conclusion').first().waitFor()
  await fits(pupil)
  await accessible(pupil)

  // What a teacher takes along.
  await teacher.goto(`/classes/${classId}`)
  await teacher.locator('[role=columnheader]', { hasText: 'Exposé noté' }).click()
  const marks = await downloaded(teacher, () =>
    teacher.getByRole('link', { name: 'Notes (tableur)' }).click(),
  )
  const table = await readFile(marks, 'utf8')
  expect(table.startsWith('\ufeffNom;Prénom;'), 'a spreadsheet reads accents and columns').toBe(true)
  const line = (pupil: number) => `${pupils[pupil - 1]?.familyName};${pupils[pupil - 1]?.givenName};`
  const told = table
    .split('\r\n')
    .find((one) => one.startsWith(line(other)))
    ?.split(';')
  expect(told?.slice(5, 10)).toEqual(['14', '', 'oui', '1', '0–20'])
  expect(table).toContain('Plan;Plan (points)')
  await teacher.keyboard.press('Escape')
  const results = await downloaded(teacher, () => teacher.getByRole('link', { name: /OneRoster/ }).click())
  expect(await namesIn(results)).toEqual(
    expect.arrayContaining(['lineItems.csv', 'manifest.csv', 'results.csv']),
  )
}, 120_000)
