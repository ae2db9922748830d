// One cookie out of the header, by hand: nothing is parsed that nobody asks for.

/** The text of a cookie, or undefined. Of two with one name, the first counts (RFC 6265 §5.4 sends the nearer first). */
export function cookieOf(header: string | undefined, name: string): string | undefined {
  if (!header) return undefined
  for (let at = header.indexOf(name); at >= 0; at = header.indexOf(name, at + 1)) {
    const from = at + name.length
    if (header[from] !== '=') continue
    if (at > 0 && header[at - 1] !== ' ' && header[at - 1] !== ';') continue
    const end = header.indexOf(';', from)
    return header.slice(from + 1, end < 0 ? undefined : end).trim()
  }
  return undefined
}
