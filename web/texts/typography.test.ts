// French puts a space before ? ! : ; and inside « »: it must not break, or a question mark starts a line.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folders = ['web/texts', ...readdirSync(`${root}features`).map((name) => `features/${name}/web`)]
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
  const text = readFileSync(root + file, 'utf8')
  const strings = text.match(/'(?:[^'\\\n]|\\.)*'|`(?:[^`\\$]|\\.)*`/g) ?? []
  expect(strings.filter((s) => /\S [?!;:»](?=\W)|« /.test(s))).toEqual([])
})
