// What people bring to the journeys: a worksheet, a large file, and a line that can be cut.
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import type { Page } from 'playwright-core'

/** A one-page PDF, small and whole, with its table of objects where it says. */
export function worksheet(text: string): Buffer {
  const drawing = `BT /F1 24 Tf 72 760 Td (${text}) Tj ET`
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
    `<</Length ${drawing.length}>>stream\n${drawing}\nendstream`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ]
  let pdf = '%PDF-1.4\n'
  const places = objects.map((object, i) => {
    const place = pdf.length
    pdf += `${i + 1} 0 obj\n${object}\nendobj\n`
    return place
  })
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('')
  const end = `trailer<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${pdf.length}\n%%EOF\n`
  return Buffer.from(`${pdf}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}${end}`, 'latin1')
}

/** Writes a file that nothing can compress and no other file equals. */
export async function writeLarge(path: string, bytes: number): Promise<string> {
  await writeFile(path, randomBytes(bytes))
  return path
}

export type Piece = { method: string; url: string; offset: number }

/** What tus asked from now on: the uploads begun, by size, and the offset from which each piece was sent. */
export function watchUploads(page: Page) {
  const pieces: Piece[] = []
  const begun = new Map<string, number>()
  page.on('request', (request) => {
    if (request.method() !== 'PATCH' || !request.url().includes('/api/uploads/')) return
    pieces.push({
      method: 'PATCH',
      url: new URL(request.url()).pathname,
      offset: Number(request.headers()['upload-offset']),
    })
  })
  page.on('response', (response) => {
    const request = response.request()
    if (request.method() !== 'POST' || response.status() !== 201) return
    const place = response.headers().location
    const bytes = Number(request.headers()['upload-length'])
    if (place && bytes) begun.set(new URL(place, request.url()).pathname, bytes)
  })
  return {
    /** Addresses of the uploads of that many bytes. */
    begunOf: (bytes: number) => [...begun].filter(([, size]) => size === bytes).map(([url]) => url),
    /** Offsets of the pieces sent to one upload, in order. */
    offsetsOf: (url: string) => pieces.filter((piece) => piece.url === url).map(({ offset }) => offset),
  }
}

/** A line of its own between a browser and Préau, which can be slow and can be cut in the middle of a sending. */
export async function openLine(to: string) {
  const open = new Set<Socket>()
  let down = false
  let perTick = Number.POSITIVE_INFINITY
  const server = createServer((near) => {
    if (down) return near.destroy()
    const far = connect(Number(new URL(to).port), new URL(to).hostname)
    let left = perTick
    const tick = setInterval(() => {
      left = perTick
      near.resume()
    }, 50)
    near.on('data', (piece) => {
      left -= piece.length
      if (!far.write(piece) || left <= 0) near.pause()
    })
    far.on('drain', () => left > 0 && near.resume())
    far.pipe(near)
    for (const [one, other] of [[near, far] as const, [far, near] as const]) {
      open.add(one)
      one.on('error', () => {})
      one.on('close', () => {
        clearInterval(tick)
        open.delete(one)
        other.destroy()
      })
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cut = () => {
    down = true
    for (const socket of open) socket.destroy()
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    slow: (bytesPerSecond: number) => {
      perTick = bytesPerSecond / 20
    },
    cut,
    mend: () => {
      down = false
      perTick = Number.POSITIVE_INFINITY
    },
    close: () => {
      cut()
      server.close()
    },
  }
}
