// The door's limits, read from the environment: by the door itself, and before anything is made by what starts it.
import { type Limits, usual } from '#door/options'
import { readZone } from '#platform/config'
import { OperatorError } from '#platform/operator-error'

type Environment = Readonly<Record<string, string | undefined>>

function wholeIn(env: Environment, name: string, fallback: number): number {
  const value = env[name] ? Number(env[name]) : fallback
  if (Number.isInteger(value) && value >= 0) return value
  throw new OperatorError(`${name} must be a whole number, not "${env[name]}".`)
}

/** The door's limits as the environment sets them. @throws OperatorError naming the variable that is wrong */
export function limitsFrom(env: Environment): Limits {
  const whole = (name: string, fallback: number) => wholeIn(env, name, fallback)
  const patience = whole('PREAU_DOOR_PATIENCE_MS', usual.sending.idleMs)
  return {
    ...usual,
    sending: { ...usual.sending, idleMs: patience },
    headersMs: Math.min(patience, usual.headersMs),
    checkMs: Math.min(patience / 2, usual.checkMs),
    zone: readZone(env.PREAU_ZONE || usual.zone),
    inFlight: whole('PREAU_DOOR_INFLIGHT', usual.inFlight),
    longInFlight: whole('PREAU_DOOR_LONG_INFLIGHT', usual.longInFlight),
    queue: whole('PREAU_DOOR_QUEUE', usual.queue),
    connections: whole('PREAU_DOOR_CONNECTIONS', usual.connections),
    sheetBytes: whole('PREAU_DOOR_SHEET_MB', usual.sheetBytes / 1024 ** 2) * 1024 ** 2,
  }
}
