// Leaves out what this web never uses of Svelte's runtime: taking over server-rendered HTML, async components and the
// old component syntax. Svelte keeps them behind flags that stay false here; as constants, the bundler drops the code.
// And the reader of style texts: components set single properties (`style:name`), as the door's policy wants it anyway.
import type { Plugin } from 'vite'

const flags = ['hydrating', 'async_mode_flag', 'legacy_mode_flag', 'tracing_mode_flag']
const runtime = /node_modules\/svelte\/src\/(?!internal\/flags\/|internal\/client\/dom\/hydration\.js)/
const styleReader = /if \(value\) \{\s*\/\/ strip comments[\s\S]*?\n\t\t\}\n(?=\s*if \(normal_styles\))/
const styleText = /\sstyle=["'{]/
const word = new RegExp(`\\b(?:${flags.join('|')})\\b`, 'g')

/** A Vite plugin for production builds. If Svelte renames a flag, nothing breaks; the first screen's size test tells. */
export function leanSvelte(): Plugin {
  return {
    name: 'lean-svelte',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      if (id.endsWith('.svelte') && styleText.test(code))
        this.error('A style text: write style:name={value}.')
      if (id.endsWith('svelte/src/internal/shared/attributes.js'))
        return { code: code.replace(styleReader, ''), map: null }
      if (!runtime.test(id) || !id.includes('.js')) return
      const imports = /import\s*\{([^}]*)\}\s*from/g
      const without = code.replace(imports, (_, names: string) => {
        const kept = names.split(',').filter((name) => !flags.includes(name.trim()))
        return `import {${kept.join(',')}} from`
      })
      return { code: without.replace(word, 'false'), map: null }
    },
  }
}
