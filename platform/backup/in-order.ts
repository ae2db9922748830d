// Does many things a few at a time and answers in the order in which they were asked.

/** Results of `work` in the order of `items`, with up to `width` under way. What failed throws at its turn. */
export async function* inOrder<T, R>(
  items: AsyncIterable<T> | Iterable<T>,
  width: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const underWay: Promise<R>[] = []
  try {
    for await (const item of items) {
      const begun = work(item)
      // Awaited at its turn: until then a failure is no unhandled one.
      begun.catch(() => {})
      underWay.push(begun)
      if (underWay.length >= width) yield await (underWay.shift() as Promise<R>)
    }
    while (underWay.length > 0) yield await (underWay.shift() as Promise<R>)
  } finally {
    await Promise.allSettled(underWay)
  }
}
