// The time pages show: the server's, since old tablets are often wrong, and one that moves once a minute, not more.
import { systemClock } from '#platform/clock'

const device = systemClock()
const tolerated = 45_000
let offset = 0
let shown = $state(device.now())
let timer: ReturnType<typeof setTimeout> | undefined

function tick(): void {
  clearTimeout(timer)
  const now = device.now() + offset
  shown = now
  timer = setTimeout(tick, 60_000 - (now % 60_000) + 20)
}

/** Now, in milliseconds since 1970; a page that reads it is brought up to date at each full minute. */
export function now(): number {
  return shown
}

/** Now to the second, for what is computed once. */
export function exactNow(): number {
  return device.now() + offset
}

/** Takes over the server's time from an answer's Date header when the device is clearly off. */
export function learnTime(answer: Response): void {
  const date = Date.parse(answer.headers.get('date') ?? '')
  if (Number.isNaN(date)) return
  const off = date - device.now()
  const next = Math.abs(off) > tolerated ? off : 0
  if (Math.abs(next - offset) <= 2_000) return
  offset = next
  tick()
}

tick()
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') tick()
})
