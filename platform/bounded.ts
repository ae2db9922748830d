// Runs a program of ours on what people sent, in a process of its own with bounded memory and time and at low priority:
// a hostile file costs its sender the result, and nobody anything else.
import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'

const kilobytesOfMemory = 1_500_000

// Low priority, and a limit on private memory where the shell knows one (Linux counts what mmap gives too). The limit
// on time on the processor is for when nobody is left to end it: of all its threads, so that it never comes first.
const limited = (seconds: number) =>
  `ulimit -d ${kilobytesOfMemory} 2>/dev/null; ulimit -t ${4 * seconds} 2>/dev/null; exec nice -n 10 "$0" "$@"`

/**
 * What the program writes, given `input`; null when it fails, takes more than so many seconds or writes more than `most`
 * bytes. It ends by itself, too, when this process is gone.
 */
export function runBounded(
  program: string,
  args: readonly string[],
  input: Readable,
  { seconds, most }: { seconds: number; most: number },
): Promise<Buffer | null> {
  const node = ['--max-old-space-size=256', '--no-warnings', program, ...args]
  const child = spawn('sh', ['-c', limited(seconds), process.execPath, ...node], {
    env: { PATH: '/usr/bin:/bin' },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const pieces: Buffer[] = []
  let bytes = 0
  child.stdout.on('data', (piece: Buffer) => {
    bytes += piece.length
    if (bytes > most) child.kill('SIGKILL')
    else pieces.push(piece)
  })
  // The child may go before it has read everything.
  child.stdin.on('error', () => input.destroy())
  input.on('error', () => child.kill('SIGKILL'))
  input.pipe(child.stdin)
  const tooLong = setTimeout(() => child.kill('SIGKILL'), seconds * 1000)
  return new Promise((resolve) => {
    child.on('error', () => resolve(null))
    child.on('close', (code) => {
      clearTimeout(tooLong)
      input.destroy()
      resolve(code === 0 && bytes > 0 ? Buffer.concat(pieces) : null)
    })
  })
}
