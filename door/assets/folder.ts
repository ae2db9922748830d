// The web shell in memory: every file of the built folder, compressed, with the headers of its answer ready.
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzipSync } from 'node:zlib'
import { systemCode } from '#platform/operator-error'
import type { Head, Security } from '../answer/security.ts'
import { compresses, typeOf } from './types.ts'

type Coded = { body: Buffer; head: Head }

export type Asset = {
  etag: string
  plain: Coded
  gzip: Coded | null
  /** Comes a moment later: the densest compression takes its time, beside the event loop. */
  br: Coded | null
  unchanged: Head
}

/** By path: `/index.html`, `/assets/app-1a2b3c.js`. */
export type Assets = ReadonlyMap<string, Asset>

const brotli = promisify(brotliCompress)
const aYear = 'public, max-age=31536000, immutable'

function assetOf(path: string, body: Buffer, security: Security): Asset {
  const type = typeOf(path)
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
  const caching = path.startsWith('/assets/') ? aYear : 'no-cache'
  const common = ['etag', etag, 'cache-control', caching, 'vary', 'accept-encoding']
  const guard = type.startsWith('text/html') ? security.page : security.data
  const code = (bytes: Buffer, coding?: string): Coded => ({
    body: bytes,
    head: [
      'content-type',
      type,
      'content-length',
      String(bytes.length),
      ...(coding ? ['content-encoding', coding] : []),
      ...common,
      ...guard,
    ],
  })
  const gzipped = compresses(type) ? gzipSync(body, { level: 6 }) : null
  const smaller = gzipped !== null && gzipped.length < body.length
  return {
    etag,
    plain: code(body),
    gzip: smaller ? code(gzipped, 'gzip') : null,
    br: null,
    unchanged: [...common, ...guard],
  }
}

async function compressMore(asset: Asset): Promise<void> {
  if (!asset.gzip) return
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_SIZE_HINT]: asset.plain.body.length,
  }
  const body = await brotli(asset.plain.body, { params })
  const head = asset.gzip.head.slice()
  head[head.indexOf('content-length') + 1] = String(body.length)
  head[head.indexOf('content-encoding') + 1] = 'br'
  asset.br = { body, head }
}

/** Compresses what is not yet, one file after the other; ends early when `ended` says so. */
export async function compressAll(assets: Assets, ended: () => boolean): Promise<void> {
  for (const asset of assets.values()) {
    if (ended()) return
    if (!asset.br) await compressMore(asset)
  }
}

/**
 * Reads a folder whole. An empty map when it does not exist. Files of `before` whose content is the same are taken
 * over as they are, compressed already.
 */
export async function readAssets(folder: string, security: Security, before?: Assets): Promise<Assets> {
  const assets = new Map<string, Asset>()
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    for (const entry of entries) {
      if (!entry.isFile() || entry.name.startsWith('.')) continue
      const file = join(entry.parentPath, entry.name)
      const path = `/${file.slice(join(folder, sep).length).replaceAll(sep, '/')}`
      const asset = assetOf(path, await readFile(file), security)
      const known = before?.get(path)
      assets.set(path, known?.etag === asset.etag ? known : asset)
    }
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error
  }
  return assets
}
