// The headers that keep a browser from doing what a page did not mean. On every answer.

/** Headers as name, value, name, value …: the form in which node:http writes them with the least work. */
export type Head = readonly string[]

export type Security = {
  /** For pages of the web shell: they load only from here, and run no inline script or style. */
  page: Head
  /** For answers that are not pages: shown as one, they may do nothing at all. */
  data: Head
}

const shell = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

const nothing = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** The sets of headers; `tls` adds the promise to be reached by HTTPS for a year (RFC 6797). */
export function securityHeaders(tls: boolean): Security {
  const everywhere = [
    'x-content-type-options',
    'nosniff',
    'referrer-policy',
    'same-origin',
    'cross-origin-resource-policy',
    'same-origin',
    ...(tls ? ['strict-transport-security', 'max-age=31536000'] : []),
  ]
  return { page: pageHeaders(shell, everywhere), data: ['content-security-policy', nothing, ...everywhere] }
}

function pageHeaders(policy: string, everywhere: Head): Head {
  return [
    'content-security-policy',
    policy,
    'permissions-policy',
    'camera=(self), microphone=(self), display-capture=(self), geolocation=(), payment=(), usb=()',
    'cross-origin-opener-policy',
    'same-origin',
    ...everywhere,
  ]
}

/** The headers of a page with one inline style sheet, named by its SHA-256 in base64, and no script at all. */
export function plainPageHeaders(security: Security, styleSha256: string): Head {
  const policy = `default-src 'none'; style-src 'sha256-${styleSha256}'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`
  return pageHeaders(policy, security.data.slice(2))
}
