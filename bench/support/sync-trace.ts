// Watches system calls (strace) to see what a kill cannot show: that bytes were synced to disk before the answer that
// acknowledges them was written to the socket.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { familyOf } from './cpu.ts'

export type Call = { pid: number; name: string; text: string; ok: boolean }

const watched = 'fsync,fdatasync,rename,renameat,renameat2,write,writev,sendmsg,sendto'

/** Starts watching processes and what they fork; null where strace is missing or may not. */
export async function watchCalls(roots: number[], log: string): Promise<(() => Promise<Call[]>) | null> {
  const pids = roots.flatMap(familyOf)
  const args = ['-f', '-y', '-s', '20000', '-e', `trace=${watched}`, '-o', log]
  const strace = spawn('strace', [...args, ...pids.flatMap((pid) => ['-p', String(pid)])], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  if (!(await attached(strace, pids.length))) return null
  return async () => {
    strace.kill('SIGINT')
    if (strace.exitCode === null) await once(strace, 'exit')
    return callsIn(await readFile(log, 'utf8'))
  }
}

async function attached(strace: ChildProcess, wanted: number): Promise<boolean> {
  let said = ''
  strace.stderr?.on('data', (piece) => {
    said += piece
  })
  let failed = false
  strace.on('error', () => {
    failed = true
  })
  for (let i = 0; i < 100 && !failed && strace.exitCode === null; i++) {
    if ((said.match(/attached/g)?.length ?? 0) >= wanted) return true
    await pause(50)
  }
  strace.kill('SIGKILL')
  return false
}

/** The calls of a log in the order in which they returned. */
export function callsIn(log: string): Call[] {
  const begun = new Map<number, string>()
  const calls: Call[] = []
  for (const line of log.split('\n')) {
    const [, number, rest = ''] = /^(\d+)\s+(.*)$/.exec(line) ?? []
    const pid = Number(number)
    const resumed = /^<\.\.\. (\w+) resumed>(.*)$/.exec(rest)
    if (rest.endsWith('<unfinished ...>')) {
      begun.set(pid, rest.slice(0, -'<unfinished ...>'.length))
      continue
    }
    const text = resumed ? (begun.get(pid) ?? '') + resumed[2] : rest
    const name = /^(\w+)\(/.exec(text)?.[1]
    if (name) calls.push({ pid, name, text, ok: /= \d+(<.*>)?$/.test(text.trim()) })
  }
  return calls
}

const isSync = ({ name, ok }: Call) => ok && (name === 'fsync' || name === 'fdatasync')

/**
 * Whether a hand-in was on disk before it was acknowledged: the file's bytes, its place in the store and its row before
 * the claim was answered, the hand-in's commit before that was. `calls` holds nothing but hand-ins one after the other.
 */
export function syncedBeforeAnswers(calls: Call[], file: string, submission: string): boolean {
  const place = `/files/${file.slice(0, 2)}/${file.slice(2)}`
  const folder = `/files/${file.slice(0, 2)}>`
  const renamed = calls.findIndex((c) => c.ok && c.name.startsWith('rename') && c.text.includes(`${place}"`))
  const draft = /"([^"]*\/files\/new\/[^"]+)"/
    .exec(calls[renamed]?.text ?? '')?.[1]
    ?.split('/')
    .at(-1)
  if (renamed < 0 || !draft) return false
  const answered = (from: number, token: string) =>
    calls.findIndex((c, i) => i > from && /"HTTP\/1\.1 200 /.test(c.text) && c.text.includes(token))
  const claimed = answered(renamed, `\\"sha256\\":\\"${file}\\"`)
  const acknowledged = answered(claimed, submission)
  if (claimed < 0 || acknowledged < 0) return false
  const synced = (from: number, to: number, what: string) =>
    calls.slice(Math.max(from, 0), to).some((c) => isSync(c) && c.text.includes(what))
  return (
    synced(0, renamed, `/files/new/${draft}>`) &&
    synced(renamed, claimed, folder) &&
    synced(renamed, claimed, '/pg_wal/') &&
    synced(claimed, acknowledged, '/pg_wal/')
  )
}
