// French puts a space before ? ! : ; and inside « »: it must not break, or a question mark starts a line.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folders = [
  'web/texts',
  'features/homework/web/desk',
  'features/homework/web/desk/setting',
  'web/math',
  ...readdirSync(`${root}features`).map((name) => `features/${name}/web`),
]
const files = folders.flatMap((folder) => {
  try {
    return readdirSync(root + folder)
      .filter((name) => folder === 'web/texts' || name.startsWith('texts'))
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .map((name) => `${folder}/${name}`)
  } catch {
    return []
  }
})

test.each(files)('%s', (file) => {
  const lines = readFileSync(root + file, 'utf8').split('\n')
  const breaking = lines.filter((line) => {
    const plain = line.replace(/^\s*(\/\/|\/?\*).*$/, '').replace(/\$\{[^{}]*\}/g, '…')
    const strings = plain.match(/'(?:[^'\\]|\\.)*'|`[^`]*`/g) ?? []
    return strings.some((text) => /\S [?!;:»](?=\W)|« /.test(text))
  })
  expect(breaking).toEqual([])
})
