// The addresses of files and uploads.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { whoOf } from '#features/people'
import { IdOf } from '#platform/contract'
import type { Ctx } from '#platform/ctx'
import type { App, Routes } from '#platform/http'
import type { FileId } from '#platform/ids'
import { absent } from '#platform/refusal'
import { claimUpload, fileReadBy, knownFile, type Receiving } from './actions.ts'
import { discardSetAside } from './antivirus/discard-actions.ts'
import { Claim, Known } from './contract.ts'
import { type Office, openOffice } from './office/office.ts'
import { previewOf } from './office/office-actions.ts'
import { openPhotos } from './photos/photos.ts'
import { refuseOverQuota } from './quotas/quota-actions.ts'
import { quotaRoutes } from './quotas/quota-routes.ts'
import { disposition, fileIdInUpload, isForHandIn, rangeOf, servedAs } from './rules.ts'
import { openUploads, type Uploads } from './uploads.ts'

const OfFile = {
  params: Type.Object({ fileId: IdOf<FileId>(), name: Type.String() }),
  querystring: Type.Object({ view: Type.Optional(Type.String()), preview: Type.Optional(Type.String()) }),
}

// Nothing in a file can run: no script, no frame of ours, no origin. A browser's own viewers still work.
const harmless = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox"

export function routes(ctx: Ctx): Routes {
  return (app) => {
    const receiving = { uploads: openUploads(ctx), photos: openPhotos() }
    uploadRoutes(app, ctx, receiving.uploads)
    fileRoutes(app, ctx, receiving)
    const office = openOffice()
    app.addHook('onClose', () => office.close())
    previewRoutes(app, ctx, office)
    quotaRoutes(app, ctx)
  }
}

function uploadRoutes(app: App, ctx: Ctx, uploads: Uploads): void {
  // Uploads are read by the tus server, not by Fastify.
  app.addContentTypeParser('application/offset+octet-stream', (_request, _payload, done) => done(null))
  app.post('/api/uploads', async (request, reply) => {
    const { account } = whoOf(request)
    const { 'upload-length': length, 'upload-metadata': metadata } = request.headers
    const bytes = await uploads.checkRoom(length as string | undefined)
    const forHandIn = isForHandIn(metadata as string | undefined)
    const underWay = await uploads.underWay(account)
    await refuseOverQuota(ctx, ctx.db, account, { bytes, forHandIn, underWay })
    reply.hijack()
    await uploads.handle(request.raw, reply.raw, account)
  })
  app.route({
    method: ['HEAD', 'PATCH', 'DELETE'],
    url: '/api/uploads/:upload',
    handler: async (request, reply) => {
      const { account } = whoOf(request)
      const { upload } = request.params as { upload: string }
      if (!fileIdInUpload(upload, account)) throw absent()
      reply.hijack()
      await uploads.handle(request.raw, reply.raw, account, upload)
    },
  })
}

function fileRoutes(app: App, ctx: Ctx, receiving: Receiving): void {
  app.post('/api/files', { schema: { body: Claim } }, (request) =>
    claimUpload(ctx, whoOf(request), request.body, receiving),
  )
  app.post('/api/files/known', { schema: { body: Known } }, async (request, reply) => {
    const found = await knownFile(ctx, whoOf(request), request.body)
    return found ?? reply.code(204).send()
  })
  const One = Type.Object({ fileId: IdOf<FileId>() })
  app.delete('/api/files/:fileId', { schema: { params: One } }, async (request, reply) => {
    await discardSetAside(ctx, whoOf(request), request.params.fileId)
    return reply.code(204).send()
  })
  app.route({
    method: ['GET', 'HEAD'],
    url: '/files/:fileId/:name',
    schema: OfFile,
    handler: async (request, reply) => {
      const file = await fileReadBy(ctx, whoOf(request), request.params.fileId)
      if (request.query.preview !== undefined) return sendFile(ctx, request, reply, previewIn(file))
      if (request.query.view === undefined) return sendFile(ctx, request, reply, file)
      if (!file.viewSha256) throw absent()
      const upright = { sha256: file.viewSha256, type: 'image/jpeg', name: `${file.name}.jpg` }
      return sendFile(ctx, request, reply, upright)
    },
  })
}

function previewRoutes(app: App, ctx: Ctx, office: Office): void {
  const OfPreview = Type.Object({ fileId: IdOf<FileId>() })
  app.post('/api/files/:fileId/preview', { schema: { params: OfPreview } }, (request) =>
    previewOf(ctx, whoOf(request), request.params.fileId, office),
  )
}

/** @throws `absent` */
function previewIn({ previewSha256, name }: { previewSha256: string | null; name: string }): Shown {
  if (!previewSha256) throw absent()
  return { sha256: previewSha256, type: 'application/pdf', name: `${name}.pdf` }
}

type Shown = { sha256: string; type: string; name: string }

async function sendFile(ctx: Ctx, request: FastifyRequest, reply: FastifyReply, file: Shown) {
  const bytes = await ctx.files.size(file.sha256)
  if (bytes === null) throw new Error(`the bytes of a file are gone: ${file.sha256}`)
  const etag = `"${file.sha256}"`
  const { type, inline } = servedAs(file.type)
  reply.headers({
    'content-type': type,
    'content-disposition': disposition(inline, file.name),
    'content-security-policy': harmless,
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'private, max-age=31536000, immutable',
    'accept-ranges': 'bytes',
    etag,
  })
  if (request.headers['if-none-match']?.includes(etag)) return reply.code(304).send()
  const honoured = (request.headers['if-range'] ?? etag) === etag
  const range = honoured ? rangeOf(request.headers.range, bytes) : 'whole'
  if (range === 'none') return reply.code(416).header('content-range', `bytes */${bytes}`).send()
  const { start, end } = range === 'whole' ? { start: 0, end: bytes - 1 } : range
  if (range !== 'whole') reply.code(206).header('content-range', `bytes ${start}-${end}/${bytes}`)
  reply.header('content-length', end - start + 1)
  return request.method === 'HEAD' ? reply.send('') : reply.send(ctx.files.read(file.sha256, { start, end }))
}
