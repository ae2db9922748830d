// `preau workspace`: only a workspace, for a region in which doors, workspaces and database have their own machines.
import { type Declare, examples } from './verb.ts'

type Options = { socket: string; data?: string; database?: string }

export const declare: Declare = (command) =>
  command
    .requiredOption('--socket <path>', 'the Unix socket to listen on; its doors are the only clients')
    .option('--data <folder>', 'the data folder (default: PREAU_DATA, or ./data)')
    .option('--database <url>', 'a PostgreSQL 15 or newer (default: DATABASE_URL)')
    .addHelpText(
      'after',
      examples(
        'preau workspace --socket /run/preau/workspace.sock --database postgres://preau@db.example/preau',
      ) + '\nThe database must be up to date: `preau start` brings it there. SIGTERM ends it cleanly.\n',
    )
    .action(async ({ socket, data, database }: Options) => {
      process.env.PREAU_SOCKET = socket
      if (data) process.env.PREAU_DATA = data
      if (database) process.env.DATABASE_URL = database
      await import('../workspace/main.ts')
    })
