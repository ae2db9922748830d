// Decoders of the images that scanners put into PDFs (JPEG 2000, JBIG2), which pdf.js fetches by their names when a page
// needs them: as scripts, since the content security policy allows no WebAssembly.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Plugin } from 'vite'

const decoders = ['openjpeg_nowasm_fallback.js', 'jbig2_nowasm_fallback.js']

/** A Vite plugin that puts them beside the other assets, in a folder named after the version of pdf.js. */
export function pdfDecoders(): Plugin {
  return {
    name: 'pdf-decoders',
    apply: 'build',
    async generateBundle() {
      const manifest = createRequire(import.meta.url).resolve('pdfjs-dist/package.json')
      const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string }
      for (const name of decoders) {
        const source = await readFile(join(dirname(manifest), 'wasm', name))
        this.emitFile({ type: 'asset', fileName: `assets/pdf-${version}/${name}`, source })
      }
    },
  }
}
