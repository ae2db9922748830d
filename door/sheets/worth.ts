// Which sheets are kept when not all fit. Pure.

const dayMs = 86_400_000

/**
 * How far a sheet is from being needed, in days: 0 for today's day and week; what lies ahead counts its distance, what
 * is past counts more than anything ahead within two months. Sheets with a name of another form come after all.
 */
export function distance(name: string, today: string): number {
  const day = name.slice(name.indexOf('/') + 1)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return Number.POSITIVE_INFINITY
  const date = Date.parse(day)
  const lasts = name.startsWith('week/') ? 6 : 0
  const days = Math.round((date - Date.parse(today)) / dayMs)
  if (days > 0) return days
  const past = -days - lasts
  return past <= 0 ? 0 : 60 + past
}
