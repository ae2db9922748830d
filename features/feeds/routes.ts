// The addresses of calendar feeds. The calendar itself is for whoever has its secret.
import { Type } from 'typebox'
import { whoOf } from '#features/people'
import { IdOf } from '#platform/contract'
import type { Ctx } from '#platform/ctx'
import type { Routes } from '#platform/http'
import type { Id } from '#platform/ids'
import { absent } from '#platform/refusal'
import { endFeed, listOwnFeeds, makeFeed, renewOwnFeed } from './actions.ts'
import { FeedDraft } from './contract.ts'
import type { FeedShelf } from './shelf.ts'

const OfFeed = { params: Type.Object({ feedId: IdOf<Id<'feed'>>() }) }
const OfFile = { params: Type.Object({ file: Type.String({ maxLength: 80 }) }) }
const secretIn = (file: string) => /^([\w-]{27})\.ics$/.exec(file)?.[1]

export function routes(ctx: Ctx, shelf: FeedShelf): Routes {
  return (app) => {
    app.get('/api/feeds', (request) => listOwnFeeds(ctx, whoOf(request)))
    app.post('/api/feeds', { schema: { body: FeedDraft } }, (request, reply) => {
      reply.header('cache-control', 'no-store')
      return makeFeed(ctx, whoOf(request), request.body)
    })
    app.post('/api/feeds/:feedId/renew', { schema: OfFeed }, (request, reply) => {
      reply.header('cache-control', 'no-store')
      return renewOwnFeed(ctx, whoOf(request), request.params.feedId)
    })
    app.delete('/api/feeds/:feedId', { schema: OfFeed }, async (request, reply) => {
      await endFeed(ctx, whoOf(request), request.params.feedId)
      return reply.code(204).send()
    })
    app.get('/api/calendars/:file', { schema: OfFile }, async (request, reply) => {
      const secret = secretIn(request.params.file)
      const kept = secret ? await shelf.find(secret) : null
      if (!kept) throw absent()
      const { etag, gzip, raw } = kept.answer
      reply.headers({ etag, 'cache-control': 'private, no-cache', vary: 'accept-encoding' })
      if (request.headers['if-none-match'] === etag) return reply.code(304).send()
      reply.header('content-type', 'text/calendar; charset=utf-8')
      const packed = gzip && request.headers['accept-encoding']?.includes('gzip')
      return packed ? reply.header('content-encoding', 'gzip').send(gzip) : reply.send(raw)
    })
  }
}
