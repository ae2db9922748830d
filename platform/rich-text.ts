// Rich text that people write: the one place that decides which HTML may be kept. It is cleaned when it comes in, so
// that what lies in the database can be shown as it is; the strict content policy of the pages stands behind it.
import sanitize from 'sanitize-html'

const rel = 'noopener noreferrer'
const as = (tagName: string) => () => ({ tagName, attribs: {} })

const rules: sanitize.IOptions = {
  allowedTags: 'p br strong em u s ul ol li h3 blockquote code pre a sub sup'.split(' '),
  allowedAttributes: { a: ['href', 'rel'], code: ['data-math'] },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowProtocolRelative: false,
  // A text of a hundred thousand opening tags must not become a page that no browser can show.
  nestingLimit: 24,
  transformTags: {
    b: as('strong'),
    i: as('em'),
    del: as('s'),
    strike: as('s'),
    h1: as('h3'),
    h2: as('h3'),
    h4: as('h3'),
    h5: as('h3'),
    h6: as('h3'),
    div: as('p'),
    // A formula: LaTeX as text, which pages draw.
    code: (tagName, attribs): sanitize.Tag => ({
      tagName,
      attribs: 'data-math' in attribs ? { 'data-math': '' } : {},
    }),
    a: (tagName, { href }): sanitize.Tag => ({ tagName, attribs: href ? { href, rel } : {} }),
  },
}

/** The text with nothing in it but paragraphs, lists, emphasis, formulas and links to web and mail addresses. */
export function cleanRichText(html: string): string {
  return sanitize(html, rules).trim()
}

/**
 * The words of a rich text, without any markup: for lengths, previews and "is there anything in it?". A formula is its
 * LaTeX between dollar signs, as one types it.
 */
export function plainText(html: string): string {
  const typed = html.replaceAll(/<code data-math[^>]*>([^<]*)<\/code>/g, '$$$1$$')
  const spaced = typed.replaceAll(/<(?:\/p|\/li|\/h3|\/blockquote|\/pre|br\b)[^>]*>/gi, ' ')
  const text = sanitize(spaced, { allowedTags: [], allowedAttributes: {} })
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

/** Whether a rich text says nothing: no letter, however many empty paragraphs. */
export function isBlank(html: string): boolean {
  return plainText(html) === ''
}
