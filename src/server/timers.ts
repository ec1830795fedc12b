/** A clock that nobody sets: the time at the start, and what has passed since; milliseconds. */
export function timerFrom(start: number): () => number {
  const begun = performance.now();
  return () => start + performance.now() - begun;
}

/** A timer that does not keep the process alive; undefined for none. */
export function every(
  given: number | null | undefined,
  usual: number,
  work: () => void,
): NodeJS.Timeout | undefined {
  if (given === null) return undefined;
  return setInterval(work, given ?? usual).unref();
}
