// Who is signed in on this device, and handing it to somebody else without showing what it kept.
import type { Session } from '#feature/accounts/contract.ts'
import { dropPersonal } from '#feature/today/web/personal.svelte.ts'
import { api } from './api.ts'
import { forgetAll, keep, kept } from './keep.ts'
import { go } from './router.svelte.ts'
import { readViews } from './views.svelte.ts'

/**
 * Who is signed in here and who else may take over; undefined when nobody is. A browser that was never here gets its
 * device pass with the answer, so that its tries to sign in are counted for themselves: ask before anybody tries.
 */
export function whoIsHere(): Promise<Session | undefined> {
  return api<Session | undefined>('GET', '/api/session')
}

/**
 * After any answer that changed who is signed in: nothing of the one before remains. Whoever signs in again after
 * their session has ended (`account`) finds their drafts.
 */
export function becameSomebody(to = '/', account?: string): void {
  if (!account || kept('account') !== account) forgetAll()
  if (account) keep('account', account)
  dropPersonal()
  readViews()
  go(to, { replace: true })
}

/** Hands the device to somebody who is signed in on it too. */
export async function switchTo(account: string): Promise<void> {
  await api<Session>('POST', '/api/session/switch', { account })
  becameSomebody()
}

/** Signs out on this device; whoever else is signed in here comes to the front. */
export async function signOut(): Promise<void> {
  const next = await api<Session | undefined>('DELETE', '/api/session')
  becameSomebody(next ? '/' : '/sign-in')
}

/** Ends every sign-in of this person, on every device. */
export async function signOutEverywhere(): Promise<void> {
  await api('DELETE', '/api/session/everywhere')
  becameSomebody('/sign-in')
}
