// A browser as far as cookies go: keeps what answers set, by path, and sends it back.
import type { Answer, TestWorkspace } from './app.ts'

export type Browser = {
  get(url: string): Promise<Answer>
  post(url: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  delete(url: string): Promise<Answer>
  /** The cookies it holds, by name. */
  cookies: Map<string, { value: string; path: string }>
}

type Method = 'GET' | 'POST' | 'DELETE'

/** A new browser before the workspace, with no cookies. */
export function aBrowser(w: Pick<TestWorkspace, 'app'>): Browser {
  const cookies: Browser['cookies'] = new Map()

  function keep(header: string | string[] | undefined): void {
    for (const line of [header ?? []].flat()) {
      const [pair = '', ...attributes] = line.split('; ')
      const name = pair.slice(0, pair.indexOf('='))
      const path = attributes.find((a) => a.startsWith('Path='))?.slice(5) ?? '/'
      if (attributes.includes('Max-Age=0')) cookies.delete(name)
      else cookies.set(name, { value: pair.slice(name.length + 1), path })
    }
  }

  async function send(method: Method, url: string, body?: unknown, more: Record<string, string> = {}) {
    const mine = [...cookies].filter(([, { path }]) => url.startsWith(path))
    const answer = await w.app.inject({
      method,
      url,
      headers: {
        cookie: mine.map(([name, { value }]) => `${name}=${value}`).join('; '),
        'sec-fetch-site': 'same-origin',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...more,
      },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    })
    keep(answer.headers['set-cookie'])
    return answer
  }

  return {
    cookies,
    get: (url) => send('GET', url),
    post: (url, body, headers) => send('POST', url, body, headers),
    delete: (url) => send('DELETE', url),
  }
}
