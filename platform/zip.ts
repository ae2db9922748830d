// Archives that are made while they are sent: one file after the other is read, nothing is kept, and whoever leaves in
// the middle leaves no open file behind.
import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'

/** Types that get smaller: everything else (pictures, films, PDF, office files) is packed as it is. */
const shrinks = /^text\/|^image\/svg|xml$|json$/

export type Zip = {
  /** Whoever took the archive has gone: nothing more needs to be made. */
  readonly left: boolean
  folder(path: string): void
  text(path: string, text: string): void
  /**
   * Adds a file, and resolves once it has been read or nobody takes it any more, so that one at a time is open. `open` is
   * called when the archive has come to it and listens; `bytes`: how many, where it is known.
   */
  file(path: string, open: () => Readable, of: { bytes?: number; type: string }): Promise<void>
}

/**
 * The bytes of an archive that `fill` fills while they are taken. Paths (`archivePaths` gives them) end without a slash.
 * An error of `fill` or of a file's bytes ends the stream with it.
 */
export function zipStream(fill: (zip: Zip) => Promise<void>): Readable {
  const zip = new ZipFile()
  const bytes = zip.outputStream as Readable
  let reading: Readable | null = null
  const left = new Promise<void>((resolve) => bytes.once('close', resolve)).then(() => reading?.destroy())
  zip.on('error', (error) => bytes.destroy(error))

  function file(path: string, open: () => Readable, of: { bytes?: number; type: string }): Promise<unknown> {
    const size = of.bytes === undefined ? {} : { size: of.bytes }
    const gone = new Promise<void>((resolve) =>
      zip.addReadStreamLazy(path, { compress: shrinks.test(of.type), ...size }, (done) => {
        // An error that nobody hears would end this process: it is opened only now.
        reading = open().once('close', resolve)
        done(null, reading)
      }),
    )
    return Promise.race([gone, left])
  }
  fill({
    get left() {
      return bytes.destroyed
    },
    folder: (path) => zip.addEmptyDirectory(path),
    text: (path, text) => zip.addBuffer(Buffer.from(text), path),
    file: async (path, open, of) => void (await file(path, open, of)),
  }).then(
    () => zip.end(),
    (error) => bytes.destroy(error),
  )
  return bytes
}
