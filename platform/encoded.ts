// Answers that are made once and sent often: JSON as bytes, compressed ahead, with a tag by content.
import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'

export type Encoded = { raw: Buffer; gzip: Buffer | null; etag: string }

// Below this, a compressed answer saves no packet.
const worthCompressing = 860

/** Encodes a text once. The tag changes with the content. */
export function encodeText(text: string): Encoded {
  const raw = Buffer.from(text)
  const etag = `"${createHash('sha256').update(raw).digest('base64url').slice(0, 22)}"`
  return { raw, gzip: raw.length < worthCompressing ? null : gzipSync(raw, { level: 6 }), etag }
}

/** Encodes a value as JSON, once. */
export function encode(value: unknown): Encoded {
  return encodeText(JSON.stringify(value))
}

/** Bytes that an encoded answer occupies in memory, for bounded caches. */
export function encodedBytes({ raw, gzip }: Encoded): number {
  return raw.length + (gzip?.length ?? 0) + 200
}

/** Sends it: 304 when the asker has it, compressed when that is accepted and worth it; to be asked for again each time. */
export function sendEncoded(request: FastifyRequest, reply: FastifyReply, answer: Encoded): FastifyReply {
  reply
    .header('etag', answer.etag)
    .header('cache-control', 'private, no-cache')
    .header('vary', 'accept-encoding, cookie')
  if (request.headers['if-none-match'] === answer.etag) return reply.code(304).send()
  reply.header('content-type', 'application/json; charset=utf-8')
  const { gzip } = answer
  if (!gzip || !request.headers['accept-encoding']?.includes('gzip')) return reply.send(answer.raw)
  return reply.header('content-encoding', 'gzip').send(gzip)
}
