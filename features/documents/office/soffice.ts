// LibreOffice, as one child process for one document: a hostile document costs its own preview and nothing else.
import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { pathToFileURL } from 'node:url'

const seconds = 60
const kilobytesOfMemory = 4_000_000
/** Of what it writes, in blocks of 512 bytes: 200 MB. */
const blocksOfFile = 400_000

// `timeout` ends what is left also when this process is gone. Without a network where the kernel lets anybody have
// that: `unshare` maps the user to a root that has no power outside.
const bounded = `ulimit -v ${kilobytesOfMemory} 2>/dev/null; ulimit -f ${blocksOfFile}; ulimit -t ${seconds}
alone=; unshare -rn true 2>/dev/null && alone='unshare -rn'
exec timeout -s KILL ${seconds} nice -n 15 $alone "$0" "$@"`

const setting = (path: string, name: string, value: string) =>
  `<item oor:path="/org.openoffice.${path}"><prop oor:name="${name}" oor:op="fuse"><value>${value}</value></prop></item>`

// No macro runs, nothing that a document links to is fetched or read, and a proxy that does not exist stands before
// the network.
const settings = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
${[
  setting('Office.Common/Security/Scripting', 'DisableMacrosExecution', 'true'),
  setting('Office.Common/Security/Scripting', 'MacroSecurityLevel', '3'),
  setting('Office.Common/Security/Scripting', 'BlockUntrustedRefererLinks', 'true'),
  setting('Office.Common/Security/Scripting', 'DisableActiveContent', 'true'),
  setting('Office.Writer/Content/Update', 'Link', '2'),
  setting('Office.Calc/Content/Update', 'Link', '2'),
  setting('Inet/Settings', 'ooInetProxyType', '2'),
  setting('Inet/Settings', 'ooInetHTTPProxyName', '127.0.0.1'),
  setting('Inet/Settings', 'ooInetHTTPProxyPort', '9'),
  setting('Inet/Settings', 'ooInetHTTPSProxyName', '127.0.0.1'),
  setting('Inet/Settings', 'ooInetHTTPSProxyPort', '9'),
].join('\n')}
</oor:items>`

const prefix = 'preau-office-'

/** Removes what conversions of processes that are gone left behind; once, when a process begins. Returns how many. */
export async function sweepConversions(): Promise<number> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(prefix))
  // A number that is our own is that of one before us: containers give every process the same.
  const left = names.filter((name) => {
    const of = Number(name.slice(prefix.length).split('-')[0])
    return !of || of === process.pid || !isRunning(of)
  })
  for (const name of left) await rm(join(tmpdir(), name), { recursive: true, force: true })
  return left.length
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // Another user's process is there, too.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

export type Made = 'made' | 'failed' | 'absent'

/**
 * Makes a PDF of a document and hands its path to `keep`; the file is deleted afterwards. `absent`: LibreOffice is not
 * installed; `failed`: damaged, hostile, protected by a password, too much work, or stopped.
 */
export async function toPdf(
  {
    program,
    ending,
    bytes,
    stop,
  }: { program: string; ending: string; bytes: () => Readable; stop: AbortSignal },
  keep: (path: string) => Promise<void>,
): Promise<Made> {
  const folder = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`))
  try {
    const source = join(folder, `document.${ending}`)
    const profile = join(folder, 'profile')
    await mkdir(join(profile, 'user'), { recursive: true })
    await writeFile(join(profile, 'user', 'registrymodifications.xcu'), settings)
    // Opened only now: an error before anybody listens would end this process.
    await pipeline(bytes(), createWriteStream(source, { mode: 0o600 }))
    const code = await run(program, { folder, profile, source }, stop)
    if (code === 127) return 'absent'
    const pdf = join(folder, 'document.pdf')
    if (code !== 0 || !(await stat(pdf).catch(() => null))?.size) return 'failed'
    await keep(pdf)
    return 'made'
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

type Paths = { folder: string; profile: string; source: string }

function run(program: string, { folder, profile, source }: Paths, stop: AbortSignal): Promise<number | null> {
  const child = spawn(
    'sh',
    [
      ...['-c', bounded, program, `-env:UserInstallation=${pathToFileURL(profile)}`],
      ...['--headless', '--nologo', '--norestore', '--nolockcheck', '--nodefault', '--nofirststartwizard'],
      ...['--convert-to', 'pdf', '--outdir', folder, source],
    ],
    {
      cwd: folder,
      env: { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: folder, TMPDIR: folder, LANG: 'C.UTF-8' },
      stdio: 'ignore',
      // A group of its own, so that its children are ended with it.
      detached: true,
    },
  )
  const end = () => {
    try {
      if (child.pid) process.kill(-child.pid, 'SIGKILL')
    } catch {
      // It has gone by itself.
    }
  }
  stop.addEventListener('abort', end)
  if (stop.aborted) end()
  return new Promise((resolve) => {
    child.on('error', () => resolve(null))
    child.on('close', (code) => {
      stop.removeEventListener('abort', end)
      end()
      resolve(code)
    })
  })
}
