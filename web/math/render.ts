// Draws formulas: LaTeX as its author wrote it becomes signs for the eye and MathML for a screen reader. Fetched by a
// page only when a formula is on it.
import katex from 'katex'
import 'katex/dist/katex.min.css'
import './math.css'

/** More than any formula of a school; KaTeX takes a while over what is longer. */
const longest = 2000

export type Wrong =
  /** A command that there is not. */
  | { kind: 'command'; what: string }
  /** It ends too early: a brace is missing. */
  | { kind: 'end' }
  | { kind: 'long' }
  /** What cannot be read, from there on. */
  | { kind: 'here'; what: string }

const options = {
  throwOnError: true,
  trust: false,
  strict: 'ignore',
  maxSize: 20,
  maxExpand: 200,
  output: 'htmlAndMathml',
} as const

/** Draws one formula into an element; when it cannot be read, the element is left as it is and what is wrong is told. */
export function drawFormula(tex: string, into: HTMLElement, display = false): Wrong | null {
  if (tex.length > longest) return { kind: 'long' }
  const drawn = document.createElement('span')
  try {
    katex.render(tex, drawn, { ...options, displayMode: display })
  } catch (error) {
    return wrongOf(tex, error)
  }
  into.replaceChildren(...drawn.childNodes)
  return null
}

function wrongOf(tex: string, error: unknown): Wrong {
  const { message, position } = error as { message: string; position?: number }
  const command = /Undefined control sequence: (\\\S+)/.exec(message)?.[1]
  if (command) return { kind: 'command', what: command }
  const rest = tex.slice(position ?? 0).trim()
  return rest === '' || /got 'EOF'|end of input/.test(message)
    ? { kind: 'end' }
    : { kind: 'here', what: rest }
}

/** Whether a formula has a paragraph of its own: then it is drawn large. */
function standsAlone(formula: Element): boolean {
  const around = formula.parentElement
  return around?.tagName === 'P' && around.childNodes.length === 1
}

/**
 * Draws every formula of a text that is not drawn yet, and from then on keeps each within the text's width, however that
 * changes. One that cannot be read stays the text that it is.
 */
export function drawFormulas(text: Element): void {
  for (const formula of text.querySelectorAll<HTMLElement>('code[data-math]:not(.drawn)')) {
    const wrong = drawFormula(formula.textContent ?? '', formula, standsAlone(formula))
    formula.classList.add('drawn')
    if (wrong) formula.classList.add('wrong')
  }
  new ResizeObserver(() => fitFormulas(text)).observe(text)
}

/** One that is wider than its text has a line of its own and is moved sideways by itself, by keyboard too. */
function fitFormulas(text: Element): void {
  const formulas = [...text.querySelectorAll<HTMLElement>('code[data-math].drawn:not(.wrong)')]
  // None of them may widen what it is measured against.
  for (const formula of formulas) formula.classList.add('wide')
  const long = formulas.map((formula) => formula.scrollWidth > formula.clientWidth + 1)
  for (const [i, formula] of formulas.entries()) {
    formula.classList.toggle('wide', long[i])
    if (long[i]) {
      formula.tabIndex = 0
      formula.setAttribute('role', 'group')
    } else {
      formula.removeAttribute('tabindex')
      formula.removeAttribute('role')
    }
  }
}
