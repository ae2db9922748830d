// Tells a person at a terminal how far a long command is: a bar where it can be redrawn, plain lines otherwise. It
// writes on standard error, so that standard output holds results and nothing else.

export type Progress = {
  /** Says what is being done now. */
  step(what: string): void
  /** How far the step is; `total` undefined when it is not known. */
  at(done: number, total?: number): void
  /** Ends the step with a word on its result. */
  done(result?: string): void
}

type Screen = { write(text: string): unknown; isTTY?: boolean; columns?: number }

const barWidth = 24
const number = new Intl.NumberFormat('fr-FR')

/** A bar such as "████░░░░ 50 %", `width` characters wide; `share` from 0 to 1. */
export function bar(share: number, width = barWidth): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * width)
  return `${'█'.repeat(full)}${'░'.repeat(width - full)} ${Math.floor(share * 100)} %`
}

/** Progress on a screen; on one that is no terminal, a line per step and per tenth. */
export function openProgress(screen: Screen): Progress {
  return screen.isTTY ? drawn(screen) : written(screen)
}

function drawn(screen: Screen): Progress {
  let what = ''
  let shown = ''
  const show = (text: string) => {
    const line = text.slice(0, (screen.columns ?? 80) - 1)
    if (line !== shown) screen.write(`\r\x1b[2K${line}`)
    shown = line
  }
  return {
    step(next) {
      what = next
      show(`${what}…`)
    },
    at(done, total) {
      const count = total ? `${number.format(done)} / ${number.format(total)}` : number.format(done)
      show(total ? `${what}  ${bar(done / total)}  ${count}` : `${what}  ${count}`)
    },
    done(result) {
      show(result ? `${what}: ${result}` : `${what}: done`)
      screen.write('\n')
      shown = ''
    },
  }
}

function written(screen: Screen): Progress {
  let what = ''
  let tenth = 0
  return {
    step(next) {
      what = next
      tenth = 0
      screen.write(`${what}…\n`)
    },
    at(done, total) {
      const now = total ? Math.floor((done / total) * 10) : 0
      if (now > tenth && now < 10) screen.write(`${what}: ${now * 10} %\n`)
      tenth = Math.max(tenth, now)
    },
    done(result) {
      if (result) screen.write(`${what}: ${result}\n`)
    },
  }
}
