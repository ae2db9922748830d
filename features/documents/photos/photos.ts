// Makes upright views of photos in a child process with bounded memory and time, one at a time: a hostile image costs
// its sender the view, and nobody anything else.
import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('./upright.ts', import.meta.url))
const secondsPerPhoto = 20
const kilobytesOfMemory = 1_500_000
const largestView = 40 * 1024 * 1024
const mostWaiting = 60

// Low priority, and a limit on private memory where the shell knows one (Linux counts what mmap gives too).
const limited = `ulimit -d ${kilobytesOfMemory} 2>/dev/null; exec nice -n 10 "$0" "$@"`

export type Photos = {
  /** The upright JPEG of a photo, or null when it cannot be made: damaged, hostile, too large, or too many wait. */
  upright(kind: 'jpeg' | 'heic', photo: () => Readable): Promise<Buffer | null>
}

/** The maker of upright views. */
export function openPhotos(): Photos {
  let waiting = 0
  let last: Promise<unknown> = Promise.resolve()
  return {
    upright: (kind, photo) => {
      if (waiting >= mostWaiting) return Promise.resolve(null)
      waiting++
      // A process that cannot even be started costs this one photo its view, not those that wait behind it.
      const mine = last
        .then(() => convert(kind, photo()))
        .catch(() => null)
        .finally(() => waiting--)
      last = mine
      return mine
    },
  }
}

function convert(kind: string, photo: Readable): Promise<Buffer | null> {
  const node = ['--max-old-space-size=256', '--no-warnings', program, kind]
  const child = spawn('sh', ['-c', limited, process.execPath, ...node], {
    env: { PATH: '/usr/bin:/bin' },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const pieces: Buffer[] = []
  let bytes = 0
  child.stdout.on('data', (piece: Buffer) => {
    bytes += piece.length
    if (bytes > largestView) child.kill('SIGKILL')
    else pieces.push(piece)
  })
  // The child may go before it has read everything.
  child.stdin.on('error', () => photo.destroy())
  photo.on('error', () => child.kill('SIGKILL'))
  photo.pipe(child.stdin)
  const tooLong = setTimeout(() => child.kill('SIGKILL'), secondsPerPhoto * 1000)
  return new Promise((resolve) => {
    child.on('error', () => resolve(null))
    child.on('close', (code) => {
      clearTimeout(tooLong)
      photo.destroy()
      resolve(code === 0 && bytes > 0 ? Buffer.concat(pieces) : null)
    })
  })
}
