// Tells a person at a terminal how far a long command is: a bar where it can be redrawn, plain lines otherwise. It
// writes on standard error, so that standard output holds results and nothing else.
import { ticks } from './clock.ts'

export type Progress = {
  /** Says what is being done now, and in what it is counted. */
  step(what: string, unit?: 'bytes'): void
  /** How far the step is; `total` undefined when it is not known. */
  at(done: number, total?: number): void
  /** Ends the step with a word on its result. */
  done(result?: string): void
}

/** Progress that tells nobody. */
export const noProgress: Progress = { step() {}, at() {}, done() {} }

type Screen = { write(text: string): unknown; isTTY?: boolean; columns?: number }

const barWidth = 24
/** Whole numbers as people read them. */
export const number = new Intl.NumberFormat('fr-FR')

const sizes = ['B', 'kB', 'MB', 'GB', 'TB']

/** Bytes as people read them: "3.4 GB". */
export function sizeText(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(sizes.length - 1, Math.floor(Math.log10(bytes) / 3))
  const amount = bytes / 1000 ** power
  return `${amount.toFixed(power > 0 && amount < 100 ? 1 : 0)} ${sizes[power]}`
}

/** Milliseconds as people read them: "50 s", "12 min", "3 h 05". */
export function timeText(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  if (ms < 90_000) return `${Math.max(1, Math.round(ms / 1000))} s`
  return minutes < 60
    ? `${minutes} min`
    : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`
}

// Before that, nobody knows.
const firstGuessMs = 3000

/** How long the rest takes at the pace so far; empty while that says nothing, and for the last moment. */
function remaining(done: number, total: number, spent: number): string {
  const left = (spent / done) * (total - done)
  return spent < firstGuessMs || done === 0 || left < 1000 ? '' : `${timeText(left)} left`
}

const counted = (value: number, unit?: 'bytes') => (unit ? sizeText(value) : number.format(value))

/** A bar such as "████░░░░ 50 %", `width` characters wide; `share` from 0 to 1. */
export function bar(share: number, width = barWidth): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * width)
  return `${'█'.repeat(full)}${'░'.repeat(width - full)} ${Math.floor(share * 100)} %`
}

/** Progress on a screen; on one that is no terminal, a line per step and per tenth, at most one each second. */
export function openProgress(screen: Screen, now = ticks): Progress {
  return screen.isTTY ? drawn(screen, now) : written(screen, now)
}

// A terminal that is written to for every piece of a large file would hold the work up.
const redrawEvery = 100

function drawn(screen: Screen, now: () => number): Progress {
  let what = ''
  let unit: 'bytes' | undefined
  let since = 0
  let shown = ''
  let shownAt = 0
  const show = (text: string) => {
    const line = text.slice(0, (screen.columns ?? 80) - 1)
    if (line !== shown) screen.write(`\r\x1b[2K${line}`)
    shown = line
  }
  return {
    step(next, of) {
      what = next
      unit = of
      since = now()
      shownAt = 0
      show(`${what}…`)
    },
    at(done, total) {
      const at = now()
      if (at - shownAt < redrawEvery && done !== total) return
      shownAt = at
      if (!total) return show(`${what}  ${counted(done, unit)}`)
      const parts = [what, bar(done / total), `${counted(done, unit)} / ${counted(total, unit)}`]
      show([...parts, remaining(done, total, at - since)].join('  ').trimEnd())
    },
    done(result) {
      show(result ? `${what}: ${result}` : `${what}: done`)
      screen.write('\n')
      shown = ''
    },
  }
}

function written(screen: Screen, now: () => number): Progress {
  let what = ''
  let since = 0
  let saidAt = 0
  let tenth = 0
  return {
    step(next) {
      what = next
      since = now()
      saidAt = since
      tenth = 0
      screen.write(`${what}…\n`)
    },
    at(done, total) {
      const reached = total ? Math.floor((done / total) * 10) : 0
      const at = now()
      if (reached <= tenth || reached >= 10 || at - saidAt < 1000) return
      const left = remaining(done, total ?? 0, at - since)
      screen.write(`${what}: ${reached * 10} %${left && ` (${left})`}\n`)
      tenth = reached
      saidAt = at
    },
    done(result) {
      if (result) screen.write(`${what}: ${result}\n`)
    },
  }
}
