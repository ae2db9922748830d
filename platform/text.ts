// Text that people type, as it is kept. Pure: the browser cleans with the same before it sends.

/**
 * Well-formed, with \n line ends, and without what no text holds: control characters, and the marks that turn the
 * direction of what follows (a name that reads otherwise than it is).
 */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]/g, '')
}

/** A title, a room or another text of one line. */
export function cleanLine(text: string): string {
  return cleanText(text).replaceAll(/\s+/g, ' ').trim()
}
