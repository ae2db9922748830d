// A random name for something made here: crypto.randomUUID is not there on a page that came without HTTPS.

/** 32 hexadecimal digits that nobody guesses. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
}
