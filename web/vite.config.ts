// How the web is built: plain Svelte, no inline script or style (the door's content security policy forbids both).
import { fileURLToPath } from 'node:url'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'
import { leanSvelte } from './lean-svelte.ts'

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  logLevel: 'warn',
  publicDir: false,
  plugins: [leanSvelte(), svelte({ configFile: false, compilerOptions: { runes: true } })],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // Browsers of tablets that a school still has: iPadOS 15.4, the last Chrome of Android 7. Naming Safari 15 for
    // scripts would turn every private field into a WeakMap, for a bug that this code does not touch.
    target: 'es2022',
    cssTarget: ['safari15.4', 'chrome111', 'firefox115'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
  },
})
