// What the door and the workspace have in common as programs: where they meet, the secret that both know, and how a
// mistake in their settings is said. Loads nothing of a database, since the door has none.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Config, readConfig } from '#platform/config'
import { loggedError } from '#platform/log'
import { OperatorError } from '#platform/operator-error'

type Part = 'door' | 'workspace'

/** A setting that the part cannot do without. @throws OperatorError */
export function needed(part: Part, name: string): string {
  const value = process.env[name]
  if (value) return value
  throw new OperatorError(`The ${part} needs ${name}. See: npm run -s preau -- ${part} --help`)
}

/** The part's settings, with the Unix socket on which the workspace listens to its doors. @throws OperatorError */
export function partConfig(part: Part): Config & { socket: string } {
  return { ...readConfig(process.env), socket: needed(part, 'PREAU_SOCKET') }
}

/** What doors show the workspace. */
export async function readSecret({ data, feedSecret }: Config): Promise<string> {
  return feedSecret ?? (await readFile(join(data, 'door.secret'), 'utf8')).trim()
}

/** Runs a part until it is told to end. What is wrong with its settings is one sentence and exit code 1. */
export function runPart(main: () => Promise<{ end(): Promise<void> }>): void {
  main().then(endWhenTold, (error) => {
    if (error instanceof OperatorError) process.stderr.write(`${error.message}\n`)
    else {
      const { type, message, stack } = loggedError(error)
      process.stderr.write(`${type}: ${message}\n${stack}\n`)
    }
    process.exit(1)
  })
}

function endWhenTold(part: { end(): Promise<void> }): void {
  let ending = false
  const end = async () => {
    if (ending) return
    ending = true
    await part.end()
    process.exit(0)
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
  // A supervisor that is gone leaves no orphan: it holds our standard input.
  if (process.env.PREAU_CHILD === '1') process.stdin.on('end', end).resume()
}
