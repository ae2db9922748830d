// A teacher is away: the school enters it and finds a colleague, pupils and guardians see it, the colleague writes the
// diary and carries a lesson of their own over to a parallel class, and the search finds what was written, without accents.
import type { BrowserContext, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { sheetPath } from '#door/formats/feed'
import type { DaySheet, SheetLesson } from '#feature/today/contract.ts'
import { accessible, fits, openHouse, type Role, signIn } from './house.ts'

const day = '2026-11-24'
// Early on a Tuesday, whenever this runs: a day with lessons, none of which has begun.
process.env.PREAU_NOW_OFFSET_MS = String(Date.parse(`${day}T06:00:00Z`) - Date.now())
const house = await openHouse()
delete process.env.PREAU_NOW_OFFSET_MS

type Seat = { device: BrowserContext; page: Page }
async function seat(role: Role, width: number): Promise<Seat> {
  const device = await house.device(width)
  return { device, page: await signIn(device, house.account(role)) }
}

/** The day's lessons on the sheet in front of somebody. */
async function lessonsOf({ device, page }: Seat): Promise<SheetLesson[]> {
  const cookie = (await device.cookies()).find(({ name }) => name === 'preau_views')?.value ?? ''
  const [view] = JSON.parse(Buffer.from(cookie, 'base64url').toString()) as { sheet: string }[]
  const answer = await page.request.get(sheetPath(view?.sheet ?? '', `day/${day}`))
  return ((await answer.json()) as DaySheet).lessons
}

async function sound(page: Page): Promise<void> {
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 800 })
    await accessible(page)
    await fits(page)
  }
}

test('an absence is covered, seen, written up, carried over and found', async () => {
  const teacher = await seat('teacher', 1280)
  const pupil = await seat('pupil', 360)
  const own = await lessonsOf(teacher)
  const name = house.account('teacher').name
  const busy = (l: SheetLesson) => own.some((o) => o.start < l.end && l.start < o.end)
  const lesson = (await lessonsOf(pupil)).find((l) => l.teacher && l.teacher !== name && !l.group && !busy(l))
  if (!lesson?.teacher) throw new Error('the demo pupil has no lesson that the demo teacher could cover')

  const { page: desk } = await seat('administrator', 1280)
  await desk.getByRole('link', { name: 'Absences' }).click()
  await desk.getByRole('heading', { level: 1, name: 'Absences et remplacements' }).waitFor()
  await desk.getByRole('button', { name: 'Saisir une absence' }).click()
  await desk.getByLabel('Enseignant', { exact: true }).selectOption({ label: lesson.teacher })
  await desk.getByLabel('Motif').fill('Rendez-vous médical')
  await sound(desk)
  await desk.getByRole('button', { name: 'Enregistrer l’absence' }).click()
  const at = lesson.start.replace(/^0/, '')
  await desk
    .getByRole('button', { name: `Remplacer, ${at} ` })
    .first()
    .click()
  const choice = desk.getByLabel('Remplaçant')
  const option = choice.locator('option', { hasText: name })
  await option.waitFor({ state: 'attached' })
  await choice.selectOption((await option.getAttribute('value')) ?? '')
  await desk.getByLabel('Matière').fill('Mathématiques')
  await sound(desk)
  await desk.getByRole('button', { name: 'Valider' }).click()
  await desk.getByRole('button', { name: `Changer, ${at} ` }).waitFor()

  const guardian = await seat('guardian', 360)
  const child = house.account('pupil').name.split(' ')[0] ?? ''
  await guardian.page.getByRole('radio', { name: child }).check({ force: true })
  for (const { page } of [pupil, guardian]) {
    await expect
      .poll(
        async () => {
          await page.goto('/')
          await page.locator('main li h3').first().waitFor()
          return page.innerText('main')
        },
        { timeout: 30_000, interval: 300 },
      )
      .toMatch(new RegExp(`remplacement[\\s\\S]*${name}`))
    expect(await page.innerText('main')).not.toContain('médical')
    await accessible(page)
  }

  const { page: writer } = teacher
  await writer.goto(`/lessons/${lesson.id}`)
  await writer.getByText(`Vous remplacez ${lesson.teacher}`).waitFor()
  await writer
    .getByRole('textbox', { name: 'Ce qui a été fait' })
    .fill('Symétrie axiale dans une œuvre de Vasarely')
  await writer.getByRole('button', { name: 'Enregistrer' }).click()
  await writer.getByText('la classe le voit').first().waitFor()
  await sound(writer)

  const mine = own.find((l) => l.class && l.diary) ?? own.find((l) => l.class)
  await writer.goto(`/classes/${mine?.class?.id}/diary/copy`)
  await writer.getByRole('button', { name: /^Reporter \d+ texte/ }).waitFor()
  await sound(writer)
  await writer.getByRole('button', { name: /^Reporter \d+ texte/ }).click()
  await writer.getByText(/reportés?\./).waitFor()

  const { page: reader } = pupil
  await reader.goto('/diary')
  await reader.getByRole('heading', { level: 1, name: 'Cahier' }).waitFor()
  await sound(reader)
  await reader.keyboard.press('/')
  await reader.getByRole('searchbox').fill('symetrie oeuvre')
  const hit = reader.getByRole('link', { name: 'Symétrie axiale dans une œuvre' })
  await hit.waitFor()
  await sound(reader)
  await hit.click()
  await reader.getByText('Symétrie axiale dans une œuvre de Vasarely').waitFor()
  const { pathname } = new URL(reader.url())
  await reader.goto(`${pathname}/print?from=${day}&to=${day}`)
  await reader.getByText('Symétrie axiale dans une œuvre de Vasarely').waitFor()
  await sound(reader)
}, 180_000)
