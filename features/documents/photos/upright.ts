// A program of its own: reads a photo (JPEG or HEIC) from standard input and writes an upright JPEG without any
// metadata to standard output. Photos come from anywhere, so their decoders run here, where a crash harms nothing.
import { createRequire } from 'node:module'
import { buffer } from 'node:stream/consumers'
import sharp, { type Sharp } from 'sharp'

type HeifImage = {
  get_width(): number
  get_height(): number
  display(
    into: { data: Uint8ClampedArray; width: number; height: number },
    done: (made: unknown) => void,
  ): void
}
type Heif = { HeifDecoder: new () => { decode(bytes: Uint8Array): HeifImage[] } }

const mostPixels = 64_000_000
const longestSide = 4096

sharp.concurrency(1)
sharp.cache(false)

async function fromHeic(photo: Buffer): Promise<Sharp> {
  const heif = createRequire(import.meta.url)('libheif-js/wasm-bundle') as Heif
  const [image] = new heif.HeifDecoder().decode(photo)
  if (!image) throw new Error('no image in it')
  const [width, height] = [image.get_width(), image.get_height()]
  if (!(width * height > 0 && width * height <= mostPixels)) throw new Error('too many pixels')
  const data = new Uint8ClampedArray(width * height * 4)
  // libheif applies the photo's own rotation.
  await new Promise<void>((resolve, reject) => {
    image.display({ data, width, height }, (made) => (made ? resolve() : reject(new Error('damaged'))))
  })
  return sharp(data, { raw: { width, height, channels: 4 } }).flatten({ background: '#fff' })
}

function fromJpeg(photo: Buffer): Sharp {
  return sharp(photo, { limitInputPixels: mostPixels, failOn: 'error' }).autoOrient()
}

const photo = await buffer(process.stdin)
const image = process.argv[2] === 'heic' ? await fromHeic(photo) : fromJpeg(photo)
const upright = await image
  .resize(longestSide, longestSide, { fit: 'inside', withoutEnlargement: true })
  .jpeg({ quality: 85 })
  .toBuffer()
process.stdout.end(upright)
