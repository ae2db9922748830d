// Lets the plain type check (which does not read Svelte files) know of runes and of what Vite imports.
/// <reference types="svelte" />
/// <reference types="vite/client" />

declare module 'subset-font' {
  export default function subsetFont(
    font: Buffer,
    text: string,
    options: {
      targetFormat: 'woff2'
      keepFeatures?: string[]
      variationAxes?: Record<string, { min: number; max: number; default?: number }>
    },
  ): Promise<Buffer>
}
