// What every verb of the command line shares: how it is declared, how it ends, and what goes to which stream.
//
// To add a verb: write apps/cli/<verb>.ts exporting `declare: Declare`, and add one line to `verbs` in main.ts. The
// file is loaded only when the verb is called, so `preau --help` stays quick whatever a verb imports.
// What works on the database does so inside `withCtx` (ctx.ts). Progress (platform/progress.ts) goes to standard
// error; a result goes to standard output, through `tell`.
import type { Command } from 'commander'
import { OperatorError } from '#platform/operator-error'
import { Refused } from '#platform/refusal'

/** Adds options, arguments, examples and the action to a verb's command. */
export type Declare = (command: Command) => void

/** The option that makes a verb speak to machines. */
export const jsonOption = ['--json', 'print the result as one JSON object, on the last line'] as const

/** Examples for the end of a help text. */
export function examples(...lines: string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}\n`
}

/** Prints a result: as one line of JSON for machines, else as text for people. */
export function tell(json: boolean | undefined, result: object, text: string): void {
  process.stdout.write(`${json ? JSON.stringify(result) : text}\n`)
}

/** How a verb that failed ends: a sentence on standard error for what the operator can mend, the stack for a bug. */
export function failed(error: unknown, json = false): void {
  const expected = error instanceof OperatorError || error instanceof Refused
  const sentence = error instanceof Error ? error.message : String(error)
  if (json) process.stdout.write(`${JSON.stringify({ error: sentence, ...factsOf(error) })}\n`)
  process.stderr.write(`${expected ? sentence : (error instanceof Error && error.stack) || sentence}\n`)
  process.exitCode = 1
}

function factsOf(error: unknown): object {
  return error instanceof Refused ? { code: error.code, ...error.facts } : {}
}
