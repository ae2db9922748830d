// The migrations as a restore needs them: those that a backup has, then the rest.
import { migrate, unknownNames } from '#migrations'
import type { Migrations } from '#platform/backup/load'

export const migrations: Migrations = { unknown: unknownNames, apply: migrate }
