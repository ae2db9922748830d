// The installation of packages says what it does from its first moment, leaves a mark only when it is whole, and is
// silent when nothing is to be done.
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

const program = join(import.meta.dirname, 'setup.mjs')

/** A package in a folder of its own that depends on another one beside it, so that no line is needed. */
async function aPackage(): Promise<{ root: string; set(dependency: string): Promise<void> }> {
  const root = await mkdtemp(join(tmpdir(), 'preau-setup-'))
  onTestFinished(() => rm(root, { recursive: true, force: true }))
  const put = (name: string, value: object) => writeFile(join(root, name), JSON.stringify(value))
  const lock = (packages: object) => ({ name: 'a', version: '1.0.0', lockfileVersion: 3, packages })
  const elsewhere = { version: '1.0.0', optional: true, os: ['none-of-ours'] }
  await put('package.json', { name: 'a', version: '1.0.0', optionalDependencies: { far: '1.0.0' } })
  const own = { name: 'a', version: '1.0.0', optionalDependencies: { far: '1.0.0' } }
  await put('package-lock.json', lock({ '': own, 'node_modules/far': elsewhere }))
  return {
    root,
    set: (dependency) => put('package.json', { name: 'a', dependencies: { [dependency]: '1' } }),
  }
}

function setUp(cwd: string): Promise<{ code: number; said: string }> {
  const { npm_execpath: _, ...env } = process.env
  return new Promise((resolve) => {
    execFile(process.execPath, [program], { cwd, env }, (error, out, said) =>
      resolve({ code: error ? 1 : 0, said: out + said }),
    )
  })
}

test('what it does is said before it is done; done, it says nothing any more', async () => {
  const { root } = await aPackage()
  const first = await setUp(root)
  expect(first).toMatchObject({
    code: 0,
    said: expect.stringMatching(/^Installing packages .*only the first time.*\n/),
  })
  expect(await setUp(root)).toEqual({ code: 0, said: '' })
})

test('an installation that fails says so, leaves no mark, and is begun again', async () => {
  const { root, set } = await aPackage()
  await set('left-out-of-the-lock')
  const failed = await setUp(root)
  expect(failed).toMatchObject({ code: 1, said: expect.stringMatching(/could not be installed/) })
  expect(existsSync(join(root, 'node_modules/.preau-lock'))).toBe(false)
  expect((await setUp(root)).said).toMatch(/^Installing/)
})
