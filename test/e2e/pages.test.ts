// Pages in a real browser against a made-up school: what a person sees at once, what the keyboard reaches, what axe
// finds, what the content security policy would refuse, and how much the first screen weighs.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { findBrowser } from '../../tools/browser.ts'
import { buildWeb } from '../../web/build.ts'
import { firstScreen, firstScreenBudget } from '../../web/size.ts'
import { daySheet, id } from './fixture-day.ts'
import { personalPart, type Role } from './fixture-people.ts'
import { type Scene, startFixture, viewsCookie } from './fixture-server.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync']
const tuesday = '2026-11-24T07:23:00Z'

const scene: Scene = { role: null, now: tuesday, workspace: 'here', ticked: new Set() }
let browser: Browser
let server: Awaited<ReturnType<typeof startFixture>>
let dist: string

beforeAll(async () => {
  dist = (await buildWeb({ root, log: () => {} })).folder
  server = await startFixture(dist, scene)
  browser = await chromium.launch({ executablePath: findBrowser('chromium'), args: flags })
}, 120_000)

afterEach(() => {
  Object.assign(scene, { workspace: 'here', slow: 0, now: tuesday, whose: [] })
  scene.ticked.clear()
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
})

type Visit = {
  role?: Role
  path?: string
  width?: number
  dark?: boolean
  locale?: string
  wrongClock?: boolean
}

/** Opens a page as somebody and collects what the browser complains about. */
async function visit(
  options: Visit,
): Promise<{ page: Page; context: BrowserContext; asked: string[]; complaints: string[] }> {
  const { role, path = '/', width = 360, dark = false, locale = 'fr-FR' } = options
  scene.role = role ?? null
  const context = await browser.newContext({
    viewport: { width, height: 780 },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    locale,
  })
  const [name = '', value = ''] = role ? (viewsCookie(role).split(';')[0] ?? '').split('=') : []
  if (role) await context.addCookies([{ name, value, url: server.url }])
  const page = await context.newPage()
  if (!options.wrongClock) await page.clock.setFixedTime(tuesday)
  const complaints: string[] = []
  const asked: string[] = []
  page.on('console', (line) => {
    if (['error', 'warning'].includes(line.type()) && !/status of (401|429|503)/.test(line.text()))
      complaints.push(line.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (/^\/(api|sheets)\//.test(pathname)) asked.push(`${request.method()} ${pathname}`)
  })
  await page.goto(server.url + path)
  await page.waitForSelector('h1:not(:empty)')
  await page.waitForLoadState('networkidle')
  return { page, context, asked, complaints }
}

async function violations(page: Page): Promise<string[]> {
  // By the protocol, not as a script element: the policy of the page stays as it is.
  await page.evaluate(axe)
  const found = await page.evaluate(() =>
    (
      globalThis as unknown as {
        axe: { run(o: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
      }
    ).axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'],
    }),
  )
  return found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(' | ')}`)
}

test('the first screen weighs no more than promised', async () => {
  const data = [JSON.stringify(daySheet('3b', '2026-11-24')), JSON.stringify(personalPart('pupil'))]
  const { bytes, files } = await firstScreen(dist, { data })
  expect(bytes, JSON.stringify(files)).toBeLessThanOrEqual(firstScreenBudget)
})

test('a pupil knows at once what is on, what comes next and what is due, for two requests', async () => {
  const { page, context, asked, complaints } = await visit({ role: 'pupil' })
  const text = await page.innerText('main')
  expect(text).toContain('Bonjour Léa')
  expect(text).toMatch(/Maintenant\s+8:00 – 8:55\s+encore 32\s?min\s+Mathématiques/)
  expect(text).toMatch(/Ensuite\s: Français, 9:00/)
  expect(text).toContain('Lettre d’un poilu')
  expect(text).not.toContain('Arts plastiques')
  expect(asked.sort()).toEqual(['GET /api/today', 'GET /sheets/3b/day/2026-11-24'])
  expect(complaints).toEqual([])
  await context.close()
})

test('a device with a wrong clock shows the school’s day all the same', async () => {
  const { page, context } = await visit({ role: 'pupil', wrongClock: true })
  await page.getByText('encore 32 min').waitFor()
  expect(await page.innerText('main')).toContain('Mardi 24 novembre')
  await context.close()
})

test('a tick shows at once, reaches the server, and can be undone', async () => {
  const { page, context } = await visit({ role: 'pupil' })
  const box = page.getByRole('checkbox', { name: 'Fait : Schéma de la cellule' })
  await box.focus()
  await page.keyboard.press('Space')
  await expect.poll(() => scene.ticked.size).toBe(1)
  expect(await box.isChecked()).toBe(true)
  await page.getByRole('button', { name: 'Annuler' }).click()
  await expect.poll(() => scene.ticked.size).toBe(0)
  await expect.poll(() => box.isChecked()).toBe(false)
  await context.close()
})

test('with the workspace away the day is there, a tick is kept, and both arrive once it is back', async () => {
  scene.workspace = 'away'
  const { page, context } = await visit({ role: 'pupil' })
  await page.getByText('Le préau est ouvert').waitFor()
  expect(await page.innerText('main')).toContain('Mathématiques')
  const box = page.getByRole('checkbox', { name: 'Fait : Schéma de la cellule' })
  await box.check()
  await page.getByText('Gardé sur cet appareil').waitFor()
  scene.workspace = 'here'
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await page.getByText('Bonjour Léa').waitFor()
  await expect.poll(() => scene.ticked.size).toBe(1)
  await context.close()
})

test('what arrives later moves nothing that is there', async () => {
  scene.slow = 600
  const { page, context } = await visit({ role: 'pupil' })
  const moved = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          const shifts = list.getEntries() as unknown as { value: number }[]
          resolve(shifts.reduce((sum, { value }) => sum + value, 0))
        }).observe({ type: 'layout-shift', buffered: true })
        setTimeout(() => resolve(0), 500)
      }),
  )
  expect(moved).toBeLessThan(0.05)
  await context.close()
})

test('signing out leaves nothing of the person on the device', async () => {
  const { page, context } = await visit({ role: 'pupil' })
  expect(await page.evaluate(() => localStorage.length)).toBeGreaterThan(0)
  await page.getByRole('button', { name: 'Menu de Léa Diop' }).click()
  await page.getByRole('button', { name: 'Se déconnecter', exact: true }).click()
  await page.getByRole('heading', { name: 'Bienvenue sous le préau' }).waitFor()
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([])
  await context.close()
})

test('sign-in: what is wrong is said, and one arrives where one wanted to go', async () => {
  const { page, context } = await visit({ path: '/sign-in?next=%2Fweek' })
  await page.getByLabel('Identifiant').fill('nobody')
  await page.getByLabel('Mot de passe', { exact: true }).fill('x')
  await page.keyboard.press('Enter')
  await page.getByText('Identifiant ou mot de passe inconnu').waitFor()
  await page.getByLabel('Identifiant').fill('teacher')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Semaine' }).waitFor()
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1')
  await context.close()
})

test('the language changes at once and is remembered', async () => {
  const { page, context } = await visit({ role: 'pupil' })
  await page.getByRole('button', { name: 'Menu de Léa Diop' }).click()
  await page.getByRole('radio', { name: 'English' }).check()
  await page.getByRole('heading', { name: 'Hello Léa' }).waitFor()
  await page.reload()
  await page.getByRole('heading', { name: 'Hello Léa' }).waitFor()
  expect(await page.getAttribute('html', 'lang')).toBe('en')
  await context.close()
})

test('a link that names no child, or a sibling, shows the work under the name of the child who has it', async () => {
  const [lea, ibrahima] = [id(1), id(2)]
  const path = `/homework/${id(950)}`
  const title = async (whose: string[], address: string) => {
    scene.whose = whose
    const { page, context } = await visit({ role: 'guardian', path: address })
    await page.getByRole('heading', { name: 'Récit de voyage' }).waitFor()
    await page.locator('.eyebrow .muted, .whose').first().waitFor()
    return { page, context, text: () => page.locator('.eyebrow').innerText() }
  }
  for (const address of [path, `${path}?child=${lea}`]) {
    const { context, text } = await title([ibrahima], address)
    await expect.poll(text, { message: address }).toContain('Travail d’Ibrahima')
    await context.close()
  }
  const { page, context, text } = await title([lea, ibrahima], path)
  expect(await text()).toContain('Travail de Léa')
  await page.getByRole('radio', { name: 'Ibrahima' }).check()
  await expect.poll(text).toContain('Travail d’Ibrahima')
  expect(await violations(page)).toEqual([])
  await context.close()
})

const pages: (Visit & { name: string })[] = [
  { name: 'today, pupil', role: 'pupil' },
  { name: 'today, pupil, wide, dark', role: 'pupil', width: 1280, dark: true },
  { name: 'today, teacher', role: 'teacher', width: 1280 },
  { name: 'today, parent', role: 'guardian' },
  { name: 'today, administrator, dark', role: 'administrator', width: 1280, dark: true },
  { name: 'week, pupil', role: 'pupil', path: '/week' },
  { name: 'week, wide, dark', role: 'pupil', path: '/week', width: 1280, dark: true },
  { name: 'sign-in', path: '/sign-in' },
  { name: 'activation, dark', path: '/activate', dark: true },
  { name: 'gallery', role: 'pupil', path: '/gallery', width: 1280 },
  { name: 'gallery, dark, English', role: 'pupil', path: '/gallery', dark: true, locale: 'en-GB' },
  { name: 'no such page', role: 'pupil', path: '/nowhere' },
]

test.each(pages)('$name: nothing that axe or the browser complains about', async (options) => {
  const { page, context, complaints } = await visit(options)
  expect(await violations(page)).toEqual([])
  expect(complaints).toEqual([])
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)
  await context.close()
})

test('at 400 % zoom (320 px wide) nothing is cut off sideways', async () => {
  for (const [role, path] of [
    ['pupil', '/'],
    ['teacher', '/'],
    ['pupil', '/week'],
  ] as const) {
    const { page, context } = await visit({ role, path, width: 320 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(320)
    await context.close()
  }
})
