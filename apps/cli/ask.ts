// Asks a person at a terminal for what an option did not say; where nobody can answer, names the option.
import { createInterface } from 'node:readline/promises'
import { OperatorError } from '#platform/operator-error'

export type Ask = (question: string, option: string, fallback?: string) => Promise<string>

/** Runs `work` with a way to ask on the terminal. Questions go to standard error, results keep standard output. */
export async function asking<T>(work: (ask: Ask) => Promise<T>): Promise<T> {
  const terminal = process.stdin.isTTY
    ? createInterface({ input: process.stdin, output: process.stderr })
    : null
  const ask: Ask = async (question, option, fallback) => {
    if (!terminal && fallback !== undefined) return fallback
    if (!terminal) throw new OperatorError(`Please say ${option}: there is no terminal to ask on.`)
    const answer = (await terminal.question(`${question}${fallback ? ` [${fallback}]` : ''}: `)).trim()
    return answer || (fallback ?? '')
  }
  try {
    return await work(ask)
  } finally {
    terminal?.close()
  }
}
