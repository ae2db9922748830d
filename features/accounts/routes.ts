// The addresses of sign-in: cookies in, an action, cookies out.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { cookieNames, type SessionPass } from '#door/formats/pass'
import type { Routes } from '#platform/http'
import { Refused } from '#platform/refusal'
import {
  changePassword,
  currentSession,
  renew,
  signIn,
  signOut,
  signOutEverywhere,
  switchTo,
} from './actions.ts'
import { NewPassword, type Session, SignIn, Switch } from './contract.ts'
import type { Browser, Office, Told } from './office.ts'
import { cookieOf, setCookies } from './passes/cookies.ts'

function browserOf(o: Office, request: FastifyRequest): Browser {
  const header = request.headers.cookie
  const passes = (cookieOf(header, cookieNames.others) ?? '').split('~', 8).map((text) => o.gate.open(text))
  const others = passes.filter((p): p is SessionPass => p?.kind === 'session')
  const text = cookieOf(header, cookieNames.device)
  const device = text ? o.gate.open(text) : null
  return {
    who: request.who,
    others: others.filter(
      (p, i) => p.account !== request.who?.account && others.findIndex((q) => q.account === p.account) === i,
    ),
    device: device?.kind === 'device' ? device : null,
  }
}

function tell(request: FastifyRequest, reply: FastifyReply, { session, jar, erase }: Told): Session | null {
  const secure = request.headers['x-forwarded-proto'] === 'https'
  const cookies = setCookies(jar, secure)
  if (cookies.length > 0) reply.header('set-cookie', cookies)
  if (erase) reply.header('clear-site-data', '"cache", "storage"')
  reply.header('cache-control', 'no-store')
  return session
}

export function sessionRoutes(o: Office): Routes {
  return (app) => {
    app.post('/api/session', { schema: { body: SignIn } }, async (request, reply) =>
      tell(request, reply, await signIn(o, browserOf(o, request), request.body)),
    )
    app.get('/api/session', async (request, reply) => {
      const session = tell(request, reply, await currentSession(o, browserOf(o, request)))
      if (!session) throw new Refused('session.needed')
      return session
    })
    app.post('/api/session/renew', async (request, reply) => {
      const session = tell(request, reply, await renew(o, browserOf(o, request)))
      if (!session) throw new Refused('session.needed')
      return session
    })
    app.post('/api/session/switch', { schema: { body: Switch } }, async (request, reply) =>
      tell(request, reply, await switchTo(o, browserOf(o, request), request.body)),
    )
    app.delete('/api/session', async (request, reply) => {
      const session = tell(request, reply, await signOut(o, browserOf(o, request)))
      return session ?? reply.code(204).send()
    })
    app.delete('/api/session/everywhere', async (request, reply) => {
      const session = tell(request, reply, await signOutEverywhere(o, browserOf(o, request)))
      return session ?? reply.code(204).send()
    })
    app.post('/api/password', { schema: { body: NewPassword } }, async (request, reply) => {
      tell(request, reply, await changePassword(o, browserOf(o, request), request.body))
      return reply.code(204).send()
    })
  }
}
