// The workspace's HTTP ground: Fastify with TypeBox schemas, one mapping from refusals to problem details (RFC 9457),
// and the check against requests from other sites.
import { parse as parseQuery } from 'node:querystring'
import { type TypeBoxTypeProvider, TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  fastify,
  LogController,
} from 'fastify'
import { absenceOf, isDiskFull } from './db.ts'
import type { Log } from './log.ts'
import { commonRefusals, type Refusals, Refused } from './refusal.ts'

export type App = FastifyInstance<
  import('node:http').Server,
  import('node:http').IncomingMessage,
  import('node:http').ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

/** Adds a feature's routes to the app. */
export type Routes = (app: App) => void

/** Codes whose cause is the caller's; `request.invalid` carries the first field that is wrong. */
export function problem(reply: FastifyReply, status: number, code: string, facts: object = {}): FastifyReply {
  return reply
    .code(status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', title: code, status, code, ...facts }))
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Whether a request that changes something comes from our own pages: by Sec-Fetch-Site where the browser sends it,
 * else by an Origin that names the host asked for (OWASP's cheat sheet on cross-site request forgery).
 */
export function isSameSite(method: string, headers: Record<string, string | string[] | undefined>): boolean {
  if (safeMethods.has(method)) return true
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  const origin = headers.origin
  if (typeof origin !== 'string') return false
  const host = headers['x-forwarded-host'] ?? headers.host
  return URL.canParse(origin) && new URL(origin).host === host
}

type AnyError = Error & {
  statusCode?: number
  code?: string
  validation?: { instancePath?: string; message?: string }[]
}

function answerError(
  error: AnyError,
  request: FastifyRequest,
  reply: FastifyReply,
  statuses: Refusals,
): FastifyReply {
  if (error instanceof Refused && error.code === 'server.files-away')
    request.log.warn({ reason: String(error.cause), request: request.id }, 'the object storage is away')
  if (error instanceof Refused) return problem(reply, statuses[error.code] ?? 422, error.code, error.facts)
  if (error.validation) {
    const field = error.validation[0]?.instancePath?.slice(1) ?? ''
    return problem(reply, 400, 'request.invalid', field ? { field } : {})
  }
  const absence = absenceOf(error)
  if (absence) {
    request.log.warn({ reason: error.message, request: request.id }, 'the database is away')
    const code = absence === 'unreached' ? 'workspace.away' : 'workspace.silent'
    return problem(reply.header('retry-after', '2'), commonRefusals[code], code)
  }
  if (isDiskFull(error)) {
    request.log.error({ reason: error.message, request: request.id }, "the database's disk is full")
    return problem(reply, commonRefusals['server.disk-full'], 'server.disk-full')
  }
  if (error.statusCode === 413) {
    // Fastify would close the connection at once, and the door, still writing, would never read why.
    reply.removeHeader('connection')
    return problem(reply, 413, 'request.too-large')
  }
  if (error.statusCode && error.statusCode < 500) return problem(reply, error.statusCode, 'request.invalid')
  request.log.error({ err: error, request: request.id }, 'a bug: an answer could not be made')
  return problem(reply, 500, 'server.bug', { request: request.id })
}

/** JSON without the escape for U+0000, which no text holds and PostgreSQL does not take. */
export function withoutNul(json: string): string {
  if (!json.includes('\\u0000')) return json
  return json.replaceAll(/\\(?:u0000|.)/gs, (escape) => (escape === '\\u0000' ? '' : escape))
}

/** The app, before any route. `refusals`: every code that the features may refuse, with its status. */
export function openApp(log: Log, refusals: Refusals): App {
  const statuses: Refusals = { ...commonRefusals, ...refusals }
  const app = fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    // A log of each request's own costs more than the answers at eight; who logs names the request's id.
    childLoggerFactory: (logger) => logger,
    requestIdHeader: 'x-request-id',
    bodyLimit: 1024 * 1024,
    keepAliveTimeout: 0,
    requestTimeout: 0,
    // A file's name stands in its address: 200 characters, of which each may be twelve when it is written there.
    routerOptions: {
      maxParamLength: 2_500,
      querystringParser: (query) => parseQuery(query.replaceAll('%00', '')),
    },
  }).withTypeProvider<TypeBoxTypeProvider>()
  const parse = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) =>
    parse(request, withoutNul(body as string), done),
  )
  app.setValidatorCompiler(TypeBoxValidatorCompiler)
  app.setErrorHandler((error, request, reply) => answerError(error as AnyError, request, reply, statuses))
  app.setNotFoundHandler((_request, reply) => problem(reply, 404, 'absent'))
  app.addHook('onRequest', async (request) => {
    if (!isSameSite(request.method, request.headers)) throw new Refused('request.cross-site')
  })
  return app as unknown as App
}
