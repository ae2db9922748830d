// The school's time zone, which decides what "tomorrow at eight" means.
import { kept } from '#web/keep.ts'

/** As the last sheet on this device said it. */
export function schoolZone(): string {
  return kept<{ sheet?: { zone?: string } }>('day')?.sheet?.zone ?? 'Europe/Paris'
}
