// How heavy the first screen is: every byte that Today needs on a first visit, compressed as the door sends it.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

/** The promise: the first screen in all, in bytes. */
export const firstScreenBudget = 46_080

const packed = {
  br: (bytes: Buffer) =>
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
  gzip: (bytes: Buffer) => promisify(gzip)(bytes, { level: 9 }),
}

/** Scripts and styles that the page names itself, and all that those scripts import at once. */
async function namedBy(dist: string, html: string): Promise<Set<string>> {
  const found = new Set(
    [...html.matchAll(/(?:src|href)="\/?(assets\/[^"]+\.(?:js|css))"/g)].map((m) => m[1] as string),
  )
  for (const file of found) {
    if (!file.endsWith('.js')) continue
    const text = await readFile(join(dist, file), 'utf8')
    const imports = text.matchAll(/(?:^|;)(?:import|export)[^;"'`()]*["'`]\.\/([^"'`]+\.js)["'`]/g)
    for (const [, name] of imports) found.add(`assets/${name}`)
  }
  return found
}

/** The one font of French and English text; the other one comes only where a name needs it. */
async function fontOf(dist: string, files: Set<string>): Promise<string[]> {
  const sheets = [...files].filter((file) => file.endsWith('.css'))
  const text = (await Promise.all(sheets.map((file) => readFile(join(dist, file), 'utf8')))).join('')
  const fonts = [...text.matchAll(/assets\/(atkinson-(?!extended|neighbours)[\w-]+\.woff2)/g)].map(
    (m) => `assets/${m[1]}`,
  )
  return [...new Set(fonts)]
}

/**
 * Compressed bytes of the first screen, file by file and in all. `data`: the JSON texts that Today fetches (sheet and
 * personal part), to be counted with it. Fonts are compressed already and count as they are.
 */
export async function firstScreen(
  dist: string,
  options: { encoding?: 'br' | 'gzip'; data?: string[] } = {},
): Promise<{ bytes: number; files: Record<string, number> }> {
  const pack = packed[options.encoding ?? 'br']
  const html = await readFile(join(dist, 'index.html'))
  const named = await namedBy(dist, html.toString())
  const files: Record<string, number> = { 'index.html': (await pack(html)).length }
  for (const file of named) files[file] = (await pack(await readFile(join(dist, file)))).length
  for (const file of await fontOf(dist, named)) files[file] = (await readFile(join(dist, file))).length
  for (const [i, text] of (options.data ?? []).entries())
    files[`data ${i + 1}`] = (await pack(Buffer.from(text))).length
  return { bytes: Object.values(files).reduce((sum, n) => sum + n, 0), files }
}
