// The README's pictures, taken of a running demo school: node tools/pictures.ts http://localhost:8080
import { mkdir } from 'node:fs/promises'
import { chromium, type Page } from 'playwright-core'

const origin = process.argv[2] ?? 'http://localhost:8080'
const folder = new URL('../docs/pictures/', import.meta.url)
const password = 'preau-demo'

const [pupil, teacher] = process.argv.slice(3)
if (!pupil || !teacher) {
  console.error('node tools/pictures.ts <address> <pupil’s user name> <teacher’s user name>')
  process.exit(1)
}

await mkdir(folder, { recursive: true })
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
})

/** Signs in and goes to a page; taken once it is at rest. */
async function take(
  name: string,
  userName: string,
  width: number,
  height: number,
  go: (page: Page) => Promise<unknown>,
) {
  const device = await browser.newContext({
    viewport: { width, height },
    locale: 'fr-FR',
    deviceScaleFactor: 2,
    reducedMotion: 'reduce',
  })
  const page = await device.newPage()
  await page.goto(`${origin}/sign-in`)
  await page.locator('input[name=username]').fill(userName)
  await page.locator('input[type=password]').fill(password)
  await page.locator('button[type=submit]').click()
  await page.waitForURL((address) => address.pathname === '/')
  await page.locator('main h1').waitFor()
  await go(page)
  await page.waitForTimeout(1000)
  await page.screenshot({ path: new URL(`${name}.png`, folder).pathname })
  console.log(`docs/pictures/${name}.png`)
  await device.close()
}

await take('today-360', pupil, 360, 760, async () => {})
await take('desk-1280', teacher, 1280, 760, async (page) =>
  page.locator('a[href^="/classes/"]').first().click(),
)
await browser.close()
