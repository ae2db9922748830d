// Firefox and WebKit as Debian ships them, driven by WebDriver (BiDi and classic), behind the few verbs that a journey
// needs. Everything is addressed by what a person reads on it, or by a CSS selector where it has no words.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import puppeteer from 'puppeteer-core'
import { Builder, By, Capabilities } from 'selenium-webdriver'
import { expect } from 'vitest'

/** One browser window, with nobody signed in. */
export type Visitor = {
  goTo(path: string): Promise<void>
  /** Types into the field with this label, in the place of what it holds. */
  fill(label: string, text: string): Promise<void>
  /** Presses the button, or follows the link, that says this. */
  press(text: string): Promise<void>
  /** Gives a file to a file field. */
  choose(css: string, path: string): Promise<void>
  /** The path of the address it is at. */
  at(): Promise<string>
  /** Runs an expression on the page, and gives its value. */
  evaluate<T>(expression: string): Promise<T>
  close(): Promise<void>
}

const wait = { timeout: 30_000, interval: 200 }

/** Waits until the page shows these words. */
export async function reads(visitor: Visitor, words: string): Promise<void> {
  await expect.poll(() => visitor.evaluate<string>('document.body.innerText'), wait).toContain(words)
}

/** Waits until the selector finds something. */
export async function shows(visitor: Visitor, css: string): Promise<void> {
  const look = () => visitor.evaluate<number>(`document.querySelectorAll(${JSON.stringify(css)}).length`)
  await expect.poll(look, wait).toBeGreaterThan(0)
}

// As XPath, which both drivers read. Our texts have typographic apostrophes: no quote needs to be escaped.
const pressable = (text: string) => `//*[self::button or self::a][normalize-space(.)='${text}']`
const labelled = (label: string) => `//*[@id = //label[normalize-space(.)='${label}']/@for]`

/** Firefox, by WebDriver BiDi. */
export async function openFirefox(program: string, origin: string): Promise<Visitor> {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: program,
    extraPrefsFirefox: { 'intl.accept_languages': 'fr-FR, fr' },
  })
  const page = await browser.newPage()
  await page.setViewport({ width: 420, height: 800 })
  page.setDefaultTimeout(wait.timeout)
  return {
    goTo: async (path) => {
      await page.goto(origin + path)
    },
    fill: (label, text) => page.locator(`::-p-xpath(${labelled(label)})`).fill(text),
    press: (text) => page.locator(`::-p-xpath(${pressable(text)})`).click(),
    choose: async (css, path) => {
      const field = await page.waitForSelector(css)
      await (field as unknown as { uploadFile(path: string): Promise<void> }).uploadFile(resolve(path))
    },
    at: async () => new URL(page.url()).pathname,
    evaluate: <T>(expression: string) => page.evaluate(expression) as Promise<T>,
    close: () => browser.close(),
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

/** A screen that nobody sees; `display` is its name for X programs. */
async function openScreen(): Promise<{ display: string; screen: ChildProcess }> {
  const args = ['-displayfd', '3', '-screen', '0', '1400x1000x24', '-nolisten', 'tcp']
  const screen = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
  const [number] = (await once(createInterface({ input: screen.stdio[3] as never }), 'line')) as [string]
  return { display: `:${number}`, screen }
}

async function end(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return
  process.kill('SIGTERM')
  await once(process, 'exit')
}

/** WebKit, by its own WebDriver on a screen that nobody sees. */
export async function openWebKit(program: string, origin: string): Promise<Visitor> {
  const home = await mkdtemp(join(tmpdir(), 'preau-webkit-'))
  const { display, screen } = await openScreen()
  const port = await freePort()
  const env = { ...process.env, DISPLAY: display, HOME: home, LANG: 'fr_FR.UTF-8', LANGUAGE: 'fr' }
  const server = spawn('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], { env, stdio: 'ignore' })
  const url = `http://127.0.0.1:${port}`
  const answers = () =>
    fetch(`${url}/status`).then(
      (answer) => answer.ok,
      () => false,
    )
  await expect.poll(answers, wait).toBe(true)
  const options = { binary: program, args: ['--automation'] }
  const wanted = new Capabilities({ browserName: 'MiniBrowser', 'webkitgtk:browserOptions': options })
  const driver = await new Builder().usingServer(url).withCapabilities(wanted).build()
  const found = async (by: By) => {
    const shown = async () => {
      for (const element of await driver.findElements(by)) if (await element.isDisplayed()) return element
      return null
    }
    const element = await driver.wait(shown, wait.timeout, `nothing is shown for ${by}`)
    if (!element) throw new Error(`nothing is shown for ${by}`)
    return element
  }
  return {
    goTo: (path) => driver.get(origin + path),
    fill: async (label, text) => {
      const field = await found(By.xpath(labelled(label)))
      await field.clear()
      await field.sendKeys(text)
    },
    press: async (text) => {
      const element = await found(By.xpath(pressable(text)))
      // Otherwise it may come to lie below the bar at the foot of the page.
      await driver.executeScript("arguments[0].scrollIntoView({ block: 'center' })", element)
      await element.click()
    },
    // A file field is often hidden behind a button.
    choose: async (css, path) => {
      const field = await driver.wait(async () => (await driver.findElements(By.css(css)))[0], wait.timeout)
      await field?.sendKeys(resolve(path))
    },
    at: async () => new URL(await driver.getCurrentUrl()).pathname,
    evaluate: <T>(expression: string) => driver.executeScript<T>(`return (${expression})`),
    close: async () => {
      await driver.quit()
      await end(server)
      await end(screen)
      await rm(home, { recursive: true, force: true })
    },
  }
}
