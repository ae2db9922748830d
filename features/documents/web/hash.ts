// The SHA-256 of a file that is small enough to be read at once, so that bytes which the server has need not travel.
const largest = 24 * 1024 * 1024

/** In hexadecimal; null when the file is large, cannot be read, or the page may not compute it (no TLS). */
export async function sha256Of(file: Blob): Promise<string | null> {
  if (file.size > largest || !globalThis.crypto?.subtle) return null
  try {
    const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer())
    return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
  } catch {
    return null
  }
}
