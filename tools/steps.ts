// Runs commands beside each other and prints one line for each: its name, its seconds, and all it said if it failed.
import { spawn } from 'node:child_process'
import { ticks } from '../platform/clock.ts'
import { root } from './sources.ts'

export type Step = {
  name: string
  /** A Node program with its arguments. */
  args: string[]
  env?: Record<string, string>
  /** What to show although it passed. */
  tell?: (output: string) => string
}

export type Outcome = { name: string; passed: boolean; output: string }

/** Runs one step to its end. */
export function runStep({ name, args, env, tell }: Step): Promise<Outcome> {
  const from = ticks()
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, NO_COLOR: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    const keep = (piece: Buffer) => {
      output += piece
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('close', (code) => {
      const passed = code === 0
      const seconds = ((ticks() - from) / 1000).toFixed(1)
      const more = passed ? (tell?.(output) ?? '') : `\n${output.trim()}\n`
      console.log(`${passed ? '✓' : '✗'} ${name.padEnd(36)} ${seconds.padStart(5)} s${more}`)
      resolve({ name, passed, output })
    })
  })
}

/** Where a tool's program lies, without its start script. */
export function program(path: string): string {
  return `node_modules/${path}`
}
