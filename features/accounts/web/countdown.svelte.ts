// Seconds that one has to wait, counted down where one can see them.

/** A countdown; `start` runs `then` when it ends. */
export function countdown() {
  let left = $state(0)
  let timer: ReturnType<typeof setInterval> | undefined

  function stop(): void {
    clearInterval(timer)
    left = 0
  }
  function start(seconds: number, then?: () => void): void {
    clearInterval(timer)
    left = Math.max(1, Math.ceil(seconds))
    timer = setInterval(() => {
      left -= 1
      if (left > 0) return
      stop()
      then?.()
    }, 1_000)
  }
  return {
    get left() {
      return left
    },
    start,
    stop,
  }
}
