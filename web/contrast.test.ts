// Contrast of the colours that stand on each other, computed from the style sheet itself, in both themes (WCAG 2.2:
// 4.5 for text, 3 for the edges of controls and for marks that carry a meaning).
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { subjectHue } from './subjects.ts'

const css = readFileSync(new URL('./styles/tokens.css', import.meta.url), 'utf8')

function tokens(selector: string): Record<string, string> {
  const block = css.slice(css.indexOf(`${selector} {`)).split('}')[0] ?? ''
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+):\s*([^;]+);/g)].map((m) => [m[1], m[2]?.trim() ?? '']),
  )
}
const light = tokens(':root')
const themes = { light, dark: { ...light, ...tokens(':root[data-theme="dark"]') } }

/** Relative luminance of "oklch(L% C H)", by Björn Ottosson's OKLab matrices and WCAG's weights. */
function luminance(colour: string): number {
  const [lightness = 0, chroma = 0, hue = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number)
  const a = chroma * Math.cos((hue * Math.PI) / 180)
  const b = chroma * Math.sin((hue * Math.PI) / 180)
  const l = (lightness / 100 + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness / 100 - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness / 100 - 0.0894841775 * a - 1.291485548 * b) ** 3
  const clamp = (x: number) => Math.min(1, Math.max(0, x))
  const red = clamp(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s)
  const green = clamp(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s)
  const blue = clamp(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((x, y) => y - x)
  return (high + 0.05) / (low + 0.05)
}

const pairs: [string, string, number][] = [
  ['ink', 'paper', 7],
  ['ink', 'surface', 7],
  ['ink', 'sunken', 7],
  ['muted', 'paper', 4.5],
  ['muted', 'surface', 4.5],
  ['muted', 'sunken', 4.5],
  ['slate', 'paper', 4.5],
  ['slate', 'surface', 4.5],
  ['slate', 'slate-soft', 4.5],
  ['muted', 'slate-soft', 4.5],
  ['on-slate', 'slate', 4.5],
  ['on-slate', 'slate-strong', 4.5],
  ['on-sun', 'sun-soft', 4.5],
  ['on-sun', 'surface', 4.5],
  ['good', 'good-soft', 4.5],
  ['good', 'surface', 4.5],
  ['late', 'late-soft', 4.5],
  ['late', 'surface', 4.5],
  ['late', 'paper', 4.5],
  ['edge', 'surface', 3],
  ['edge', 'paper', 3],
]

for (const [name, theme] of Object.entries(themes)) {
  const colour = (token: string) => (theme as Record<string, string>)[token] ?? ''

  test.each(pairs)(`${name}: %s on %s`, (front, back, least) => {
    expect(contrast(colour(front), colour(back))).toBeGreaterThanOrEqual(least)
  })

  test(`${name}: every subject's text and mark`, () => {
    const usual = [
      'Mathématiques',
      'Physique',
      'SVT',
      'Histoire',
      'Anglais',
      'Espagnol',
      'Allemand',
      'Latin',
      'EPS',
    ]
    const hues = new Set([...usual, 'Musique', 'Français', 'Techno'].map(subjectHue))
    for (let hue = 0; hue < 360; hue += 15) hues.add(hue)
    for (const hue of hues) {
      const of = (token: string) => `oklch(${colour(token)} ${hue})`
      expect(contrast(of('subject-text'), of('subject-wash')), `text, hue ${hue}`).toBeGreaterThanOrEqual(4.5)
      expect(contrast(of('subject-mark'), colour('surface')), `mark, hue ${hue}`).toBeGreaterThanOrEqual(3)
    }
  })
}
