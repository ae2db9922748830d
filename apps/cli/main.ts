#!/usr/bin/env node
// The command line: `npm run -s preau -- <verb>`. Loads only the verb that is called.
import { Command } from 'commander'
import { type Declare, examples, failed } from './verb.ts'

type Verb = { summary: string; load(): Promise<{ declare: Declare }> }

const verbs: Record<string, Verb> = {
  start: {
    summary: 'start everything on this machine: database, workspace, front door',
    load: () => import('./start.ts'),
  },
  door: {
    summary: 'run only a front door (for a region, before a workspace)',
    load: () => import('./door.ts'),
  },
  workspace: {
    summary: 'run only a workspace (for a region, behind doors)',
    load: () => import('./workspace.ts'),
  },
  school: {
    summary: 'open a real school: its name and its first administrator',
    load: () => import('./school.ts'),
  },
  account: {
    summary: 'activation codes, lists of accounts, and the keys that sign passes',
    load: () => import('./account.ts'),
  },
  import: {
    summary: "bring in a school's directory (OneRoster) or timetable (iCalendar)",
    load: () => import('./import.ts'),
  },
  backup: {
    summary: 'save database, files and keys to another disk; check backups, and try them',
    load: () => import('./backup.ts'),
  },
  restore: {
    summary: 'make an installation from a backup, on an empty folder or database',
    load: () => import('./restore.ts'),
  },
  region: {
    summary: 'write a plausible region (OneRoster and iCalendar), to try or to measure',
    load: () => import('./region.ts'),
  },
  quota: {
    summary: 'how much room a school and its people have for files',
    load: () => import('./quota.ts'),
  },
  files: {
    summary: 'what the virus scanner has seen of the files, and another look',
    load: () => import('./files.ts'),
  },
  'verify-receipt': {
    summary: "check a hand-in's receipt, and files against it",
    load: () => import('./verify-receipt.ts'),
  },
}

const preau = new Command('preau')
  .description('Préau, an open digital workspace for schools.')
  .usage('<verb> [options]')
  .helpOption('-h, --help', 'show help')
  .helpCommand(false)
  .addHelpText(
    'after',
    examples('preau start', 'preau start --help') +
      '\nSettings come from the environment: see docs/operations.md.\n',
  )

const wanted = process.argv.slice(2).find((word) => !word.startsWith('-'))
for (const [name, verb] of Object.entries(verbs)) {
  const command = preau.command(name).description(verb.summary)
  if (name === wanted) (await verb.load()).declare(command)
}

if (process.argv.length === 2) preau.outputHelp()
else await preau.parseAsync().catch((error) => failed(error, process.argv.includes('--json')))
