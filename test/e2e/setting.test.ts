// A teacher sets homework with a formula for two parallel classes, to be seen tomorrow, and gives one pupil more time;
// the pupil sees each when its time has come. The clock is fed.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { publishDue } from '#features/homework'
import { aWorkspace } from '#test/app'
import { aSchool, aSlot } from '#test/world'
import { openFront } from './front.ts'
import { accessible, fits } from './house.ts'

const w = await aWorkspace()
const s = await aSchool(w.ctx.db)
const week = ['2026-11-23', '2026-11-24', '2026-11-26', '2026-11-30']
await aSlot(
  w.ctx.db,
  s.school,
  { class: s.class3B, teacher: s.m_benali, title: 'Maths', start: '10:00' },
  week,
)
await aSlot(
  w.ctx.db,
  s.school,
  { class: s.class3A, teacher: s.m_benali, title: 'Maths', start: '14:00' },
  week,
)
const front = await openFront(w)
const title = 'Additionner des fractions'
const teacher = await (await front.device(s.m_benali, 1280)).newPage()
const pupil = await (await front.device(s.lea)).newPage()
const classmate = await (await front.device(s.theo)).newPage()

for (const page of [teacher, pupil, classmate]) page.setDefaultTimeout(10_000)
const refusedByPolicy: string[] = []
for (const page of [teacher, pupil, classmate])
  page.on(
    'console',
    (said) => /Content Security Policy/.test(said.text()) && refusedByPolicy.push(said.text()),
  )

/** The page as it is, on a phone and on a desk; pictures where a folder for them is named. */
async function sound(page: Page, name: string): Promise<void> {
  const before = page.viewportSize()
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 800 })
    await accessible(page)
    await fits(page)
    const folder = process.env.PREAU_PICTURES
    if (folder) await page.screenshot({ path: `${folder}/${name}-${width}.png`, fullPage: true })
  }
  if (before) await page.setViewportSize(before)
}

const fold = (name: string) => teacher.locator('summary').filter({ hasText: name })

async function today(page: Page): Promise<void> {
  await page.goto('/')
  await page.getByRole('heading', { name: 'À faire' }).waitFor()
  await page.locator('main li, main .none').first().waitFor()
}

test('set for two classes, with a formula, to be seen tomorrow', async () => {
  await teacher.goto(`/classes/${s.class3B.id}/homework/new`)
  await teacher.getByRole('textbox', { name: 'Titre' }).fill(title)
  await sound(teacher, 'form')
  const text = teacher.getByRole('textbox', { name: 'Consigne' })
  await text.click()
  await teacher.keyboard.type('Calculer $\\frac{1}{2}+\\frac{1}{3}$ et simplifier')
  await text.locator('.katex').waitFor()
  await teacher.getByRole('button', { name: 'Formule' }).click()
  await teacher.getByRole('textbox', { name: 'Formule, en LaTeX' }).fill('\\frac{1}{2')
  await teacher.getByText('La formule s’arrête trop tôt').waitFor()
  await sound(teacher, 'formula')
  await teacher.keyboard.press('Escape')
  await teacher.getByRole('button', { name: /^Dans une semaine/ }).click()
  await fold('Temps estimé').click()
  await teacher.getByRole('button', { name: '30 min' }).click()
  await fold('Publication').click()
  await teacher.getByRole('radio', { name: 'Plus tard' }).check()
  await teacher.getByLabel('Publié le').fill('2026-11-25')
  await teacher.getByLabel('À', { exact: true }).fill('07:30')
  await fold('Aussi pour').click()
  await teacher.getByRole('checkbox', { name: '3e A' }).check()
  await sound(teacher, 'form-open')
  await teacher.reload()
  await teacher.getByText('Votre brouillon vous attendait').waitFor()
  await text.locator('.katex').waitFor()
  await teacher.getByRole('button', { name: /^Programmer pour demain, 7:30/ }).click()
  await teacher.getByText('est programmé').waitFor()
  await teacher.getByRole('columnheader').getByText('publié demain').waitFor()
  await sound(teacher, 'grid')
  await today(pupil)
  expect(await pupil.getByText(title).count(), 'not before its time').toBe(0)
})

test('when its time has come, the pupil finds it by itself, and reads the formula', async () => {
  w.clock.set(Date.parse('2026-11-25T06:30:00Z'))
  expect(await publishDue(w.ctx)).toBe(2)
  await today(pupil)
  await sound(pupil, 'today')
  await pupil.getByRole('link', { name: title }).click()
  await pupil.locator('code[data-math] .katex-html').waitFor()
  expect(await pupil.locator('math mfrac').count(), 'for a screen reader').toBe(2)
  await pupil.getByText('environ 30 min').waitFor()
  await sound(pupil, 'homework')
})

test('more time is the pupil’s alone', async () => {
  await teacher.goto(`/classes/${s.class3B.id}`)
  await teacher.getByRole('columnheader').getByText(title).click()
  await teacher.getByRole('button', { name: 'Délai pour des élèves' }).click()
  await teacher.getByRole('checkbox', { name: /Diop, Léa/ }).check()
  await teacher.getByLabel('Nouvelle date').fill('2026-12-03')
  await teacher.getByLabel('Un mot pour eux').fill('Repose-toi bien.')
  await sound(teacher, 'extend')
  await teacher.getByRole('button', { name: 'Accorder le délai' }).click()
  await teacher.getByText('Délai accordé : 1 élève').waitFor()
  await teacher
    .getByRole('gridcell', { name: /jusqu’à jeu/ })
    .first()
    .waitFor()

  await today(pupil)
  await pupil.getByRole('link', { name: title }).click()
  await pupil.getByText('Délai accordé.').waitFor()
  await pupil.getByText('Repose-toi bien.').waitFor()
  await pupil.getByText('jeudi 3 décembre').waitFor()
  await sound(pupil, 'extended')
  await pupil.goto('/work')
  await pupil.getByRole('link', { name: title }).waitFor()
  await sound(pupil, 'work')
  await today(classmate)
  await classmate.getByRole('link', { name: title }).click()
  await classmate.getByRole('heading', { level: 1, name: title }).waitFor()
  expect(await classmate.getByText(/Délai|Repose/).count()).toBe(0)
  expect(refusedByPolicy).toEqual([])
})
