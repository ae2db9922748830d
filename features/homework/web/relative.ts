// How far off something is, in the words of the page's language.
import { language } from '#web/texts/language.svelte.ts'

const minute = 60_000
const steps: [limit: number, size: number, unit: Intl.RelativeTimeFormatUnit][] = [
  [60 * minute, minute, 'minute'],
  [24 * 60 * minute, 60 * minute, 'hour'],
  [Number.POSITIVE_INFINITY, 24 * 60 * minute, 'day'],
]

/** "dans 3 heures", "il y a 2 jours". */
export function relativeText(at: number, now: number): string {
  const away = at - now
  const [, size, unit] = steps.find(([limit]) => Math.abs(away) < limit) ?? [0, minute, 'minute' as const]
  const n = Math.round(away / size) || Math.sign(away)
  return new Intl.RelativeTimeFormat(language(), { numeric: 'always', style: 'long' }).format(n, unit)
}

/** "42 minutes", "3 heures". */
export function spanText(ms: number): string {
  const [, size, unit] = steps.find(([limit]) => ms < limit) ?? [0, minute, 'minute' as const]
  const value = Math.max(1, Math.floor(ms / size))
  return new Intl.NumberFormat(language(), { style: 'unit', unit, unitDisplay: 'long' }).format(value)
}
