// Fonts of formulas: every browser that we name reads WOFF2, so the older formats of the same twenty fonts stay out of
// the build. A page fetches only those of the twenty that its formulas use.
import type { Plugin } from 'vite'

const older = /,\s*url\([^)]*\.(?:woff|ttf)\)\s*format\("(?:woff|truetype)"\)/g

/** A Vite plugin for KaTeX's style sheet. If its form changes, nothing breaks: more files lie in the build, unfetched. */
export function leanMathFonts(): Plugin {
  return {
    name: 'lean-math-fonts',
    enforce: 'pre',
    transform(code, id) {
      return /katex[^/]*\.css/.test(id) ? { code: code.replace(older, ''), map: null } : undefined
    },
  }
}
