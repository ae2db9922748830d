// Passes as cookies: what a browser sends, and what it is told to keep.
import type { View } from '#door/formats/feed'
import { cookieNames, devicePassSeconds, sessionPassSeconds } from '#door/formats/pass'

/** The value of one cookie in a `cookie` header, without taking the others apart. */
export function cookieOf(header: string | undefined, name: string): string | null {
  if (!header) return null
  for (let at = header.indexOf(`${name}=`); at >= 0; at = header.indexOf(`${name}=`, at + 1)) {
    if (at > 0 && header[at - 1] !== ' ' && header[at - 1] !== ';') continue
    const from = at + name.length + 1
    const end = header.indexOf(';', from)
    return header.slice(from, end < 0 ? undefined : end)
  }
  return null
}

/** Sealed passes to keep; null: to forget; undefined: leave as it is. */
export type Jar = {
  session?: string | null
  others?: readonly string[]
  device?: string
  views?: readonly View[] | null
}

const othersPath = '/api/session'

/** `Set-Cookie` headers. Lax: a link from elsewhere opens the page signed in, a form from elsewhere changes nothing. */
export function setCookies(jar: Jar, secure: boolean): string[] {
  const made: string[] = []
  const put = (name: string, value: string, seconds: number, path: string, script = false) =>
    made.push(
      `${name}=${value}; Path=${path}; Max-Age=${seconds}; SameSite=Lax${script ? '' : '; HttpOnly'}${secure ? '; Secure' : ''}`,
    )
  const { session, others, device, views } = jar
  if (session !== undefined) put(cookieNames.session, session ?? '', session ? sessionPassSeconds : 0, '/')
  if (others) put(cookieNames.others, others.join('~'), others.length ? sessionPassSeconds : 0, othersPath)
  if (device) put(cookieNames.device, device, devicePassSeconds, '/')
  if (views !== undefined) {
    const text = views ? Buffer.from(JSON.stringify(views)).toString('base64url') : ''
    put(cookieNames.views, text, views ? sessionPassSeconds : 0, '/', true)
  }
  return made
}
