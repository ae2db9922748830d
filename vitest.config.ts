// Three kinds of tests: rule tables (pure, no database), whole requests and processes (a throwaway PostgreSQL per
// run), and journeys in a real browser (one after the other).
import { defineConfig } from 'vitest/config'

const everywhere = ['**/*.test.ts']
const never = ['node_modules/**', 'web/dist/**', 'data/**']
// Pure by where they stand: a test that needs a database or a process belongs in a feature, apps/ or test/.
const pure = [
  '**/rules.test.ts',
  '**/*.rules.test.ts',
  '{door,platform,tools,web}/**/*.test.ts',
  'test/architecture.test.ts',
]
const journeys = ['test/e2e/**/*.test.ts']
const database = ['./test/database-server.ts']

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      { test: { name: 'rules', include: pure, exclude: never, testTimeout: 20_000 } },
      {
        test: {
          name: 'whole',
          include: everywhere,
          exclude: [...never, ...pure, ...journeys],
          globalSetup: database,
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'journeys',
          include: journeys,
          exclude: never,
          globalSetup: database,
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
