// `preau start`: everything on this machine, until Ctrl-C.
import { readConfig } from '#platform/config'
import type { SignIn } from '../start/demo/now.ts'
import { type Starting, start } from '../start/main.ts'
import { type Declare, examples, failed, jsonOption } from './verb.ts'

export const declare: Declare = (command) =>
  command
    .option(...jsonOption)
    .addHelpText(
      'after',
      examples(
        'preau start',
        'PREAU_PORT=8443 PREAU_TLS_CERT=cert.pem PREAU_TLS_KEY=key.pem preau start',
        'PREAU_DATA=/srv/preau PREAU_HOST=0.0.0.0 preau start',
        'DATABASE_URL=postgres://preau:secret@db.example/preau preau start',
      ) +
        '\nMakes what is missing (database, pages, demo school), then runs the door and the workspace and starts again\n' +
        'what ends. Ctrl-C stops everything; a second Ctrl-C does not wait. --json prints {url, signIns} when it is open.\n',
    )
    .action(run)

async function run({ json }: { json?: boolean }): Promise<void> {
  const say = (line: string) => process.stderr.write(`${line}\n`)
  const starting = start(readConfig(process.env), { say, terminal: process.stderr.isTTY === true })
  const stopped = stopOnSignal(starting, say)
  const { url, signIns, backups } = await starting.open.catch((error) => {
    failed(error, json)
    // Whatever might be left notices that we are gone.
    process.exit(1)
  })
  process.stdout.write(json ? `${JSON.stringify({ url, signIns })}\n` : greeting(url, signIns, backups))
  await stopped
}

/** Resolves when a signal has stopped everything. */
function stopOnSignal(starting: Starting, say: (line: string) => void): Promise<void> {
  return new Promise((resolve) => {
    let asked = 0
    const onSignal = async () => {
      asked++
      if (asked > 1) {
        starting.kill()
        process.exit(1)
      }
      say('Stopping; Ctrl-C again does not wait.')
      await starting.stop()
      resolve()
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)
  })
}

function greeting(url: string, signIns: SignIn[], backups?: string): string {
  const width = (key: keyof SignIn) => Math.max(0, ...signIns.map((s) => s[key].length))
  const lines = signIns.map(
    (s) =>
      `  ${s.role.padEnd(width('role'))}   ${s.userName.padEnd(width('userName'))}   ${s.password.padEnd(width('password'))}   ${s.name}`,
  )
  const demo = lines.length ? `\nThe demo school, to try (user name, password):\n${lines.join('\n')}\n` : ''
  return `\nPréau is open at ${url}\n${demo}${backups ? `\n${backups}\n` : ''}\nCtrl-C stops it.\n`
}
