// Makes the web font small enough for the first screen: French and English glyphs, weights 400 to 700.
// Two more files hold the letters of other languages' words and names; only pages that show one fetch them.
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import subsetFont from 'subset-font'

const source = 'node_modules/@fontsource-variable/atkinson-hyperlegible-next/files'
const axes = { wght: { min: 400, max: 700, default: 400 } }

function range(first: number, last: number): string {
  return Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i)).join('')
}

// Signs that a page of school words seldom shows.
const rare = /[#$<=>@[\\\]^_`{|}~]/g
const basic =
  range(0x20, 0x7e).replace(rare, '') + 'ÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆàâäçéèêëîïôöùûüÿœæ' + '\u00a0«»‘’“”…–—·•°×−€²³'
const neighbours = '#$<=>@[\\]^_`{|}~ÁÍÓÚÑÃÕÅØÞÐÝáíìóòúùñãõåøßþðýÌÒ¿¡÷±ª'
const extended = range(0x100, 0x17f) + 'ȘșȚț'

/** Writes the subsets below `folder` (web/generated) and returns their sizes in bytes. */
export async function makeFonts(
  root: string,
  folder: string,
): Promise<Record<'basic' | 'neighbours' | 'extended', number>> {
  await mkdir(folder, { recursive: true })
  const cut = async (from: string, letters: string, to: string) => {
    const original = await readFile(
      join(root, source, `atkinson-hyperlegible-next-${from}-wght-normal.woff2`),
    )
    const font = await subsetFont(original, letters, {
      targetFormat: 'woff2',
      variationAxes: axes,
      keepFeatures: ['tnum'],
    })
    const target = join(folder, to)
    if (!existsSync(target) || !font.equals(await readFile(target))) await writeFile(target, font)
    return font.length
  }
  return {
    basic: await cut('latin', basic, 'atkinson.woff2'),
    neighbours: await cut('latin', neighbours, 'atkinson-neighbours.woff2'),
    extended: await cut('latin-ext', extended, 'atkinson-extended.woff2'),
  }
}
