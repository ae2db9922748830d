// Hashes passwords in a process of its own at the lowest priority, so that nobody else waits for it.
// One job after the other; ends with the process that started it.
import { constants, setPriority } from 'node:os'
import { hashSync, verifySync } from '@node-rs/argon2'

export type Job = { id: number; password: string; hash?: string }
export type Done = { id: number; hash?: string; right?: boolean }

// Argon2id is the library's default. An OWASP set (Password Storage Cheat Sheet): 12 MiB, 3 passes; 6 to 7 ms.
const cost = { memoryCost: 12_288, timeCost: 3, parallelism: 1 }

function isRight(hash: string, password: string): boolean {
  try {
    return verifySync(hash, password)
  } catch {
    // Not a hash that argon2 can read: nobody's password.
    return false
  }
}

function answer({ id, password, hash }: Job): Done {
  return hash === undefined ? { id, hash: hashSync(password, cost) } : { id, right: isRight(hash, password) }
}

setPriority(constants.priority.PRIORITY_LOW)
process.on('message', (job: Job) => process.send?.(answer(job)))
process.on('disconnect', () => process.exit(0))
// Ctrl-C reaches the whole group; the one who started us says when it is over.
process.on('SIGINT', () => {})
