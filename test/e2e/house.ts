// A whole Préau for the journeys: `preau start` on an empty folder with its demo school, and browsers before it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import axe from 'axe-core'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, expect } from 'vitest'
import { findBrowser } from '../../tools/browser.ts'

export type SignIn = { role: string; name: string; userName: string; password: string }
export type Role = 'pupil' | 'teacher' | 'guardian' | 'administrator'

export type House = {
  url: string
  data: string
  account(role: Role): SignIn
  /** Ids of the running parts. */
  pids(): Promise<{ workspace: number; door: number; postgres: number }>
  /** A browser of its own, with French as its language; phone-sized, and straight to the door, unless said otherwise. */
  device(width?: number, scheme?: 'light' | 'dark', through?: string): Promise<BrowserContext>
}

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run']
/** A camera and a microphone that are there and allowed, and show a test picture and a beep. */
const media = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']
const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync']

/** Starts everything; ended by itself when the test file ends. */
export async function openHouse(): Promise<House> {
  const data = await mkdtemp(join(tmpdir(), 'preau-e2e-'))
  const program = spawn(process.execPath, ['apps/cli/main.ts', 'start', '--json'], {
    env: { ...process.env, PREAU_DATA: data, PREAU_PORT: '0', PREAU_LOG: 'warn', DATABASE_URL: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let browser: Promise<Browser> | undefined
  const chromiumOnce = () => {
    browser ??= chromium.launch({
      executablePath: findBrowser('chromium'),
      args: [...flags, ...media, ...quiet],
    })
    return browser
  }
  afterAll(async () => {
    await (await browser)?.close()
    program.kill('SIGTERM')
    if (program.exitCode === null) await once(program, 'exit')
    await rm(data, { recursive: true, force: true })
  })
  const [line] = (await Promise.race([
    once(createInterface({ input: program.stdout }), 'line'),
    once(program, 'exit').then(() => Promise.reject(new Error('preau start ended early'))),
  ])) as [string]
  const { url, signIns } = JSON.parse(line) as { url: string; signIns: SignIn[] }
  return {
    url,
    data,
    account: (role) => {
      const found = signIns.find((s) => s.role.includes(role))
      if (!found) throw new Error(`the demo has no ${role}`)
      return found
    },
    pids: async () => JSON.parse(await readFile(join(data, 'run', 'pids.json'), 'utf8')),
    device: async (width = 360, scheme = 'light', through = url) =>
      (await chromiumOnce()).newContext({
        baseURL: through,
        viewport: { width, height: width < 600 ? 740 : 800 },
        locale: 'fr-FR',
        timezoneId: 'Europe/Paris',
        colorScheme: scheme,
        reducedMotion: 'reduce',
        acceptDownloads: true,
      }),
  }
}

/** Signs in by the page, as people do, and waits for today's page. */
export async function signIn(device: BrowserContext, { userName, password }: SignIn): Promise<Page> {
  const page = await device.newPage()
  await page.goto('/')
  await page.locator('input[name=username]').fill(userName)
  await page.locator('input[type=password]').fill(password)
  await page.locator('button[type=submit]').click()
  await page.waitForURL((address) => address.pathname === '/')
  await page.locator('main h1').waitFor()
  return page
}

/** Asserts that axe finds nothing against WCAG 2.2 A and AA on the page as it is. */
export async function accessible(page: Page): Promise<void> {
  // The page's policy allows no script from elsewhere; evaluated by the debugger it is not the page's.
  await page.evaluate(axe.source)
  const found = await page.evaluate(async () => {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
    const run = (window as unknown as { axe: typeof import('axe-core') }).axe.run
    // Experimental in axe: it takes initials and shortened days for names that differ from what is read out in full.
    const rules = { 'label-content-name-mismatch': { enabled: false } }
    const { violations } = await run(document, { runOnly: { type: 'tag', values: tags }, rules })
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.target.join(' ')).join(', ')}`)
  })
  expect(found, page.url()).toEqual([])
}

/** Asserts that nothing is wider than the screen. */
export async function fits(page: Page): Promise<void> {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(wide, `${page.url()} is wider than the screen`).toBeLessThanOrEqual(0)
}
