// The addresses of sign-in: cookies in, an action, cookies out.
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
import { browserOf, tell } from './browser.ts'
import { NewPassword, SignIn, Switch } from './contract.ts'
import type { Office } from './office.ts'

export function sessionRoutes(o: Office): Routes {
  return (app) => {
    app.post('/api/session', { schema: { body: SignIn } }, async (request, reply) =>
      tell(request, reply, await signIn(o, browserOf(o, request), request.body)),
    )
    app.get('/api/session', async (request, reply) => {
      const session = tell(request, reply, await currentSession(o, browserOf(o, request)))
      return session ?? reply.code(204).send()
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
    app.post('/api/session/password', { schema: { body: NewPassword } }, async (request, reply) => {
      tell(request, reply, await changePassword(o, browserOf(o, request), request.body))
      return reply.code(204).send()
    })
  }
}
