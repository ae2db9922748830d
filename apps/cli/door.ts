// `preau door`: only a door, for a region in which doors stand in front of workspaces on a network of their own.
import { type Declare, examples } from './verb.ts'

type Options = { socket: string; data?: string; host?: string; port?: string }

export const declare: Declare = (command) =>
  command
    .requiredOption('--socket <path>', 'the Unix socket of the workspace behind it')
    .option('--data <folder>', 'its data folder, with door.secret (default: PREAU_DATA, or ./data)')
    .option('--host <address>', 'the address to listen on (default: PREAU_HOST, or 127.0.0.1)')
    .option('--port <number>', 'the port to listen on (default: PREAU_PORT, or 8080)')
    .addHelpText(
      'after',
      examples(
        'preau door --socket /run/preau/workspace.sock --host 0.0.0.0 --port 8080',
        'PREAU_TLS_CERT=cert.pem PREAU_TLS_KEY=key.pem preau door --socket /run/preau/workspace.sock --port 8443',
      ) +
        '\nIt needs no database, and starts before its workspace does. The secret that both know comes from\n' +
        'PREAU_FEED_SECRET or from door.secret. SIGHUP reads certificate and pages anew; SIGTERM ends it cleanly.\n',
    )
    .action(async ({ socket, data, host, port }: Options) => {
      process.env.PREAU_SOCKET = socket
      if (data) process.env.PREAU_DATA = data
      if (host) process.env.PREAU_HOST = host
      if (port) process.env.PREAU_PORT = port
      await import('../door/main.ts')
    })
