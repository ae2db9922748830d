// Keeps today's sheet in front of the page: asks the door, shows what the device kept meanwhile, moves on at midnight.
import { untrack } from 'svelte'
import { sheetPath } from '#door/formats/feed'
import { addDays, usualZone, wallClock } from '#platform/calendar'
import { jitter, Refusal } from '#web/api.ts'
import { now } from '#web/clock.svelte.ts'
import { onceBack } from '#web/connection.svelte.ts'
import { view } from '#web/views.svelte.ts'
import type { DaySheet } from '../contract.ts'
import { concerning, momentOf } from './day.ts'
import { keptSheet, readSheet } from './sheets.svelte.ts'

const staleAfter = 60_000
const lookAgain = 15 * 60_000

/** What today's page shows, as getters that follow the view in front and the time. Call it while a page is made. */
export function followToday() {
  let sheet = $state.raw<DaySheet | null>(null)
  let fromDevice = $state(false)
  let missing = $state(false)
  let following = $state.raw<DaySheet | null>(null)
  let read = 0
  let version = 0

  const zone = $derived(sheet?.zone ?? usualZone)
  const clock = $derived(wallClock(now(), zone))
  const today = $derived(clock.date)
  const front = $derived(view())
  const all = $derived(front?.role === 't' || front?.role === 'a')
  const lessons = $derived(concerning(sheet?.lessons ?? [], front?.groups, all))
  const moment = $derived(momentOf(lessons, clock.time))
  const over = $derived(sheet !== null && (moment.kind === 'over' || moment.kind === 'none'))

  async function load(key: string, date: string): Promise<void> {
    const mine = ++version
    const path = sheetPath(key, `day/${date}`)
    try {
      const answer = await readSheet<DaySheet>(path, 'day')
      if (mine !== version) return
      sheet = answer.sheet
      fromDevice = answer.kept
      missing = false
      read = now()
    } catch (error) {
      if (mine !== version || (error instanceof Refusal && error.code === 'renewed')) return
      missing = sheet === null
      setTimeout(() => mine === version && load(key, date), 5_000 + jitter(1, 10_000))
    }
  }

  $effect(() => {
    const key = front?.sheet
    const date = today
    if (!key) return
    sheet = untrack(() => keptSheet<DaySheet>(sheetPath(key, `day/${date}`), 'day'))
    fromDevice = false
    missing = false
    following = null
    untrack(() => void load(key, date))
    const again = () =>
      document.visibilityState === 'visible' && now() - read > staleAfter && void load(key, date)
    const timer = setInterval(again, lookAgain + jitter(0, 60_000))
    document.addEventListener('visibilitychange', again)
    const stop = onceBack(again)
    return () => {
      version++
      clearInterval(timer)
      document.removeEventListener('visibilitychange', again)
      stop()
    }
  })

  // Once the day is over, or on a day without lessons, the next school day comes into view.
  $effect(() => {
    const key = front?.sheet
    if (!over || !key || following) return
    let stale = false
    const show = async (date: string, further: boolean) => {
      const { sheet: next } = await readSheet<DaySheet>(sheetPath(key, `day/${date}`))
      if (stale) return
      if (next.lessons.length) following = next
      else if (next.next && further) await show(next.next, false)
    }
    const from = sheet?.next ?? addDays(today, 1)
    untrack(() => show(from, true)).catch(() => {})
    return () => {
      stale = true
    }
  })

  return {
    get sheet() {
      return sheet
    },
    get fromDevice() {
      return fromDevice
    },
    get missing() {
      return missing
    },
    /** The next school day, once there is nothing more to come today. */
    get following() {
      return following
    },
    get followingLessons() {
      return concerning(following?.lessons ?? [], front?.groups, all)
    },
    get zone() {
      return zone
    },
    get today() {
      return today
    },
    get time() {
      return clock.time
    },
    get lessons() {
      return lessons
    },
    get moment() {
      return moment
    },
    get work() {
      return concerning(sheet?.work ?? [], front?.groups, all)
    },
  }
}

export type Today = ReturnType<typeof followToday>
