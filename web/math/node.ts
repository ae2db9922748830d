// A formula as the editor holds it: one piece, drawn where it stands, kept as `<code data-math>LaTeX</code>`. Typed
// between dollar signs, pasted that way, or put in by the bar that opens on it.
import { InputRule, mergeAttributes, Node, PasteRule } from '@tiptap/core'
import { drawFormula } from './render.ts'

type Options = {
  /** Somebody wants to change the formula at this place. */
  edit: (at: number, tex: string) => void
}

/** No blank inside the signs, and none but a blank or an opening before them: prices are no formulas. */
const typed = /(^|[\s(\[,;:«"'’])\$([^$\s](?:[^$]*[^$\s])?)\$$/
const pasted = /\$([^$\s](?:[^$\n]*[^$\s])?)\$/g

export const MathNode = Node.create<Options>({
  name: 'math',
  group: 'inline',
  inline: true,
  atom: true,
  addOptions: () => ({ edit: () => {} }),
  addAttributes: () => ({
    tex: { default: '', parseHTML: (element) => element.textContent ?? '', rendered: false },
  }),
  parseHTML: () => [{ tag: 'code[data-math]', priority: 100 }],
  renderHTML: ({ node, HTMLAttributes }) => [
    'code',
    mergeAttributes(HTMLAttributes, { 'data-math': '' }),
    node.attrs.tex as string,
  ],
  renderText: ({ node }) => `$${node.attrs.tex}$`,
  addInputRules() {
    return [
      new InputRule({
        find: typed,
        handler: ({ state, range, match }) => {
          const [, before = '', tex = ''] = match
          state.tr.replaceWith(range.from + before.length, range.to, this.type.create({ tex }))
        },
      }),
    ]
  },
  addPasteRules() {
    return [
      new PasteRule({
        find: pasted,
        handler: ({ state, range, match }) => {
          state.tr.replaceWith(range.from, range.to, this.type.create({ tex: match[1] ?? '' }))
        },
      }),
    ]
  },
  addNodeView() {
    return ({ node, getPos }) => {
      const dom = document.createElement('code')
      dom.dataset.math = ''
      const tex = node.attrs.tex as string
      dom.textContent = tex
      dom.classList.add('drawn')
      if (drawFormula(tex, dom)) dom.classList.add('wrong')
      dom.addEventListener('click', () => {
        const at = getPos()
        if (at !== undefined) this.options.edit(at, tex)
      })
      return { dom }
    }
  },
})
