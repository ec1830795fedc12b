import { NumericError } from './numeric-error.ts';

/** A long run cut into bounded steps: yields the share done, 0 to 1, and returns the result. */
export type Steps<Result> = Generator<number, Result, void>;

export interface StepOptions {
  /** Called after each step with the share done, 0 to 1; never decreases. */
  readonly onProgress?: ((share: number) => void) | undefined;
  /** Checked after each step; an aborted signal ends the run with `aborted`. */
  readonly signal?: AbortSignal | undefined;
}

/** Runs to the end without pausing. */
export function finish<Result>(steps: Steps<Result>, options: StepOptions = {}): Result {
  for (;;) {
    throwIfAborted(options.signal);
    const step = steps.next();
    if (step.done) return step.value;
    options.onProgress?.(step.value);
  }
}

/** Runs to the end, awaiting `pause` between steps, so that a screen can redraw or an abort take effect. */
export async function finishWithPauses<Result>(
  steps: Steps<Result>,
  pause: () => Promise<void>,
  options: StepOptions = {},
): Promise<Result> {
  for (;;) {
    throwIfAborted(options.signal);
    const step = steps.next();
    if (step.done) return step.value;
    options.onProgress?.(step.value);
    await pause();
  }
}

/** Scales the progress of a stage to its part of the whole run. */
export function* within<Result>(from: number, to: number, steps: Steps<Result>): Steps<Result> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    yield from + (to - from) * step.value;
  }
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted)
    throw new NumericError('aborted', 'the run was aborted', { cause: signal.reason });
}
