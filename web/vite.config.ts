// How the web is built: plain Svelte, no inline script or style (the door's content security policy forbids both).
import { createHash } from 'node:crypto'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'
import { pdfDecoders } from './build-decoders.ts'
import { componentsInOnePiece, firstScreenInOnePiece } from './first-screen.ts'
import { leanMathFonts } from './font-math.ts'
import { leanSvelte } from './lean-svelte.ts'

const root = fileURLToPath(new URL('.', import.meta.url))

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 4)
}

export default defineConfig({
  root,
  logLevel: 'warn',
  publicDir: false,
  plugins: [
    leanSvelte(),
    pdfDecoders(),
    leanMathFonts(),
    svelte({
      configFile: false,
      compilerOptions: {
        runes: true,
        discloseVersion: false,
        // Class names that do not cost more than the rules they scope.
        cssHash: ({ filename }) => `s${shortHash(relative(root, filename))}`,
      },
    }),
  ],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // Browsers of tablets that a school still has: iPadOS 15.4, the last Chrome of Android 7. Naming Safari 15 for
    // scripts would turn every private field into a WeakMap, for a bug that this code does not touch.
    target: 'es2022',
    cssTarget: ['safari15.4', 'chrome111', 'firefox115'],
    assetsInlineLimit: 0,
    // What later pages share is mostly loaded already; the lists of names would cost the first screen a kilobyte.
    modulePreload: false,
    reportCompressedSize: false,
    rolldownOptions: {
      treeshake: { moduleSideEffects: [{ test: /node_modules\/svelte\/src/, sideEffects: false }] },
      output: {
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [firstScreenInOnePiece, componentsInOnePiece],
        },
        // The first screen lists every later file: short names are half of that list's weight.
        chunkFileNames: ({ name }) => (name === 'first' ? 'assets/first-[hash].js' : 'assets/[hash:8].js'),
        assetFileNames: ({ names }) =>
          /\.css$/.test(names[0] ?? '') ? 'assets/[hash:8][extname]' : 'assets/[name]-[hash][extname]',
      },
    },
    chunkSizeWarningLimit: 700,
  },
})
