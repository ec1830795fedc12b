import { CulpritError } from '../contract/culprit-error.ts';

/** Ctrl-C, and what ends a job in CI. */
const STOPS = ['SIGINT', 'SIGTERM'] as const;

export interface StopSignal {
  readonly signal: AbortSignal;
  /** Leaves these signals to the process again. */
  readonly release: () => void;
}

/** Aborts when the process is told to stop, so that records stay complete. A second signal ends the process at once. */
export function stopSignal(): StopSignal {
  const stop = new AbortController();
  const release = (): void => {
    for (const name of STOPS) process.removeListener(name, onStop);
  };
  const onStop = (): void => {
    release();
    stop.abort(new CulpritError('aborted', 'the run was stopped'));
  };
  for (const name of STOPS) process.on(name, onStop);
  return { signal: stop.signal, release };
}
