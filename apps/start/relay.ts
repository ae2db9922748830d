// Turns the parts' logs into words for a person at the terminal: only what is wrong, without the JSON around it.
import { createInterface } from 'node:readline'

const warning = 40

/** The line to show for a line of a log; undefined for what need not be seen. */
export function shown(name: string, line: string): string | undefined {
  let entry: { level?: number; msg?: string; err?: { message?: string; stack?: string } }
  try {
    entry = JSON.parse(line)
  } catch {
    return line.trim() ? `${name}: ${line}` : undefined
  }
  if ((entry.level ?? warning) < warning) return undefined
  return `${name}: ${[entry.msg, entry.err?.stack ?? entry.err?.message].filter(Boolean).join(': ')}`
}

/** Shows a part's log, line by line. */
export function relay(name: string, say: (line: string) => void): (stderr: NodeJS.ReadableStream) => void {
  return (stderr) => {
    createInterface({ input: stderr }).on('line', (line) => {
      const text = shown(name, line)
      if (text) say(text)
    })
  }
}
