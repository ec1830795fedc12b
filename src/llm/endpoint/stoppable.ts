import { CulpritError } from '../../contract/culprit-error.ts';

/**
 * Runs `task` with a signal that aborts when `outer` does, and also when the task fails, to stop its pending work.
 * Throws what the task throws, or `aborted` if `outer` was aborted; `doing` is the subject of that message.
 */
export async function stoppable<Value>(
  outer: AbortSignal | undefined,
  doing: string,
  task: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const stop = new AbortController();
  const signal = outer === undefined ? stop.signal : AbortSignal.any([outer, stop.signal]);
  try {
    signal.throwIfAborted();
    return await task(signal);
  } catch (error) {
    stop.abort();
    throw outer?.aborted ? stopped(doing, outer.reason) : error;
  }
}

const stopped = (doing: string, cause: unknown): CulpritError =>
  new CulpritError('aborted', `${doing} was stopped before it finished.`, { cause });
