// A formula as a line of plain text, for where nothing can be drawn: "(a+b)/2", "x²", "√(x²+y²)". KaTeX reads the LaTeX,
// as it does where formulas are drawn; what it cannot read stays as it was typed.
import katex from 'katex'
import { plainText } from './rich-text.ts'

type Node = string | { name: string; inside: Node[] }

const mostLetters = 60
const noBreak = '\u00a0'
const raised = new Map([...'0123456789+-−=()ni'].map((c, i) => [c, [...'⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ'][i] ?? c]))
const lowered = new Map([...'0123456789+-−=()'].map((c, i) => [c, [...'₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎'][i] ?? c]))
const relation = /^[=≠<>≤≥≈≡∼→⇒⇔∈∉⊂∣]$/u
const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', '#x27': "'" }

function parse(markup: string): Node[] {
  const stack: Node[][] = [[]]
  for (const [, end, name, text] of markup.matchAll(/<(\/?)([a-z]+)[^>]*>|([^<]+)/g)) {
    const inside = stack.at(-1)
    if (text !== undefined) inside?.push(text.replaceAll(/&([a-z]+|#x27);/g, (all, e) => entities[e] ?? all))
    else if (end) stack.pop()
    else if (name) {
      const node = { name, inside: [] as Node[] }
      inside?.push(node)
      stack.push(node.inside)
    }
  }
  return stack[0] ?? []
}

const grouped = (said: string) => (/^[\p{L}\p{N}.,]*$/u.test(said) ? said : `(${said})`)

function script(said: string, letters: ReadonlyMap<string, string>, mark: string): string {
  const small = [...said].map((c) => letters.get(c))
  return small.every((c) => c !== undefined) ? small.join('') : `${mark}${grouped(said)}`
}

function say(node: Node | undefined): string {
  if (node === undefined) return ''
  if (typeof node === 'string') return node.replaceAll(/[\u2061-\u2064\u200b]/g, '')
  const [first, second, third] = node.inside
  const base = () => say(first)
  const below = (of: Node | undefined) => script(say(of).trim(), lowered, '_')
  const above = (of: Node | undefined) => script(say(of).trim(), raised, '^')
  switch (node.name) {
    case 'annotation':
      return ''
    case 'mfrac':
      return `${grouped(base())}/${grouped(say(second))}`
    case 'msqrt':
      return `√${grouped(sayAll(node.inside))}`
    case 'mroot':
      return `${script(say(second), raised, '')}√${grouped(base())}`
    case 'msup':
      return base() + above(second)
    case 'msub':
    case 'munder':
      return base() + below(second)
    case 'msubsup':
    case 'munderover':
      return base() + below(second) + above(third)
    case 'mover':
      return base()
    case 'mtr':
      return node.inside.map(say).join(' ')
    case 'mtable':
      return node.inside.map(say).join('; ')
    case 'mspace':
      return ' '
    case 'mo':
      return relation.test(base()) ? ` ${base()} ` : base()
    default:
      return sayAll(node.inside)
  }
}

const sayAll = (nodes: readonly Node[]): string => nodes.map(say).join('')

/** A formula in one word of at most sixty letters: its spaces do not break, so that no cut goes through it. */
export function formulaText(tex: string): string {
  const markup = katex.renderToString(tex, { output: 'mathml', throwOnError: false, strict: 'ignore' })
  const read = markup.includes('katex-error') ? tex : sayAll(parse(markup))
  const said = read.replaceAll(/\s+/g, ' ').trim()
  const letters = [...said]
  const short = letters.length > mostLetters ? `${letters.slice(0, mostLetters - 1).join('')}…` : said
  return short.replaceAll(' ', noBreak)
}

/** The words of a rich text as one reads them, without any markup: formulas, too. */
export function readableText(html: string): string {
  const formulas: string[] = []
  const marked = html
    .replaceAll(/[\ue000\ue001]/g, '')
    .replaceAll(/<code data-math[^>]*>([^<]*)<\/code>/g, (_, tex: string) => {
      formulas.push(formulaText(plainText(tex)))
      return `\ue000${formulas.length - 1}\ue001`
    })
  return plainText(marked).replaceAll(/\ue000(\d+)\ue001/g, (_, i) => formulas[Number(i)] ?? '')
}
