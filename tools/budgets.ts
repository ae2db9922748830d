// Budgets that keep files and folders readable: a file or folder over its budget fails the check unless it is listed
// here with its reason; a long function is only reported.
import ts from 'typescript'
import type { SourceFile } from './read-imports.ts'
import { sources } from './sources.ts'

const fileLines = 300
const functionLines = 40
const folderFiles = 12

/** What may be larger, and why. */
const exceptions: Record<string, string> = {
  'test/strangers.test.ts': 'one entry for each address that names something of a school',
  'features/directory': 'ten files of code; three of tests, one for each way in which an import can go wrong',
  'test/e2e/homework.test.ts': 'one journey from setting homework to seeing the mark at home, told in order',
  'features/documents/documents.test.ts': 'uploads, claims and views on one set-up of real requests',
}

/** Files and feature folders over their budget, as sentences. */
export function overBudget(files: SourceFile[]): string[] {
  const over: string[] = []
  const perFolder = new Map<string, number>()
  for (const { path, text } of files) {
    const lines = text.split('\n').length - 1
    if (lines > fileLines && !exceptions[path]) {
      over.push(`${path} has ${lines} lines, more than ${fileLines}: split it by what it is about.`)
    }
    const folder = /^features\/[^/]+(?=\/[^/]+$)/.exec(path)?.[0]
    if (folder) perFolder.set(folder, (perFolder.get(folder) ?? 0) + 1)
  }
  for (const [folder, count] of perFolder) {
    if (count <= folderFiles || exceptions[folder]) continue
    over.push(
      `${folder} has ${count} files, more than ${folderFiles}: it is two features, or some belong elsewhere.`,
    )
  }
  return over
}

const isFunction = (node: ts.Node) =>
  ts.isFunctionDeclaration(node) ||
  ts.isArrowFunction(node) ||
  ts.isMethodDeclaration(node) ||
  ts.isGetAccessor(node)

/**
 * Functions over their budget. Functions inside a function count by themselves, with their own lines: one that opens a
 * memory and returns what can be done with it is as long as what it does itself.
 */
export function longFunctions({ path, text }: SourceFile): string[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const long: string[] = []
  const lineOf = (at: number) => source.getLineAndCharacterOfPosition(at).line + 1
  /** Lines of the functions directly inside, those on one line aside. */
  const linesInside = (node: ts.Node): number => {
    let lines = 0
    ts.forEachChild(node, (child) => {
      lines += isFunction(child)
        ? Math.max(0, lineOf(child.end) - lineOf(child.getStart()))
        : linesInside(child)
    })
    return lines
  }
  const visit = (node: ts.Node) => {
    if (isFunction(node)) {
      const first = lineOf(node.getStart())
      const lines = lineOf(node.end) - first + 1 - linesInside(node)
      if (lines > functionLines) long.push(`${path}:${first} is a function of ${lines} lines`)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return long
}

if (import.meta.main) {
  const files = sources()
  const over = overBudget(files)
  // A migration is one list of tables, and a test file's describe one list of tests.
  const code = files.filter(({ path }) => path.endsWith('.ts') && !/^migrations|\.test\.ts$/.test(path))
  const long = code.flatMap(longFunctions)
  for (const line of [...over, ...long.map((text) => `${text} (budget ${functionLines})`)]) console.log(line)
  process.exitCode = over.length ? 1 : 0
}
