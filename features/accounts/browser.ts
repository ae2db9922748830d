// Between a request's cookies and what the actions know of a browser.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { cookieNames, type SessionPass } from '#door/formats/pass'
import type { Session } from './contract.ts'
import type { Browser, Office, Told } from './office.ts'
import { cookieOf, setCookies } from './passes/cookies.ts'

/** What the request's browser holds, opened and found good. */
export function browserOf(o: Office, request: FastifyRequest): Browser {
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

/** Lets the browser keep what it is told, and hands on who is signed in. */
export function tell(
  request: FastifyRequest,
  reply: FastifyReply,
  { session, jar, erase }: Told,
): Session | null {
  const secure = request.headers['x-forwarded-proto'] === 'https'
  const cookies = setCookies(jar, secure)
  if (cookies.length > 0) reply.header('set-cookie', cookies)
  if (erase) reply.header('clear-site-data', '"cache", "storage"')
  reply.header('cache-control', 'no-store')
  return session
}
