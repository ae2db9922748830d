// Sets who asks, for every request, from its cookie alone.
import type { FastifyRequest } from 'fastify'
import { cookieNames } from '#door/formats/pass'
import { schoolDay, type Who } from '#features/people'
import type { Ctx } from '#platform/ctx'
import type { Routes } from '#platform/http'
import type { PersonId } from '#platform/ids'
import { cookieOf } from './cookies.ts'
import type { Gate } from './gate.ts'
import { noteSeen } from './pass-store.ts'

export type Seen = {
  note(account: PersonId): void
  /** Writes down who was here; off the path of any request. */
  flush(): Promise<void>
}

/** Remembers who was here today, each person once a day. */
export function openSeen(ctx: Ctx): Seen {
  const noted = new Set<PersonId>()
  let fresh: PersonId[] = []
  let day = ''
  return {
    note: (account) => {
      if (noted.has(account)) return
      noted.add(account)
      fresh.push(account)
    },
    flush: async () => {
      const today = schoolDay(ctx)
      const some = fresh
      fresh = []
      try {
        if (some.length > 0) await noteSeen(ctx.db, some, today)
      } catch (error) {
        fresh = some.concat(fresh)
        throw error
      }
      if (today !== day || noted.size > 500_000) noted.clear()
      day = today
    },
  }
}

/** Adds `who` to requests. */
export function authenticate(gate: Gate, seen: Seen): Routes {
  function whoSends(header: string | undefined): Who | null {
    const text = cookieOf(header, cookieNames.session)
    const pass = text ? gate.open(text) : null
    if (pass?.kind !== 'session') return null
    const account = pass.account as PersonId
    seen.note(account)
    return { account, keys: pass.keys, passId: pass.id, issuedAt: pass.issuedAt }
  }

  return (app) => {
    app.decorateRequest('who', null)
    app.addHook('onRequest', (request: FastifyRequest, _reply, done) => {
      request.who = whoSends(request.headers.cookie)
      done()
    })
  }
}
