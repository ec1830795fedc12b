import { CulpritError } from '../../contract/culprit-error.ts';
import type { JobError } from '../../store/workspace/workspace.ts';

/** A store that is away may be back when the job is done again. */
export const isAway = (error: unknown): boolean =>
  error instanceof CulpritError && error.code === 'store_unavailable';

/**
 * Why a job failed, as people are told. What is a fault goes to `onError`.
 * @param expected codes of what is no fault: what was asked for cannot be done.
 */
export function jobError(
  error: unknown,
  expected: ReadonlySet<string>,
  onError: (error: unknown) => void,
): JobError {
  const isKnown = error instanceof CulpritError;
  if (!isKnown || !expected.has(error.code)) onError(error);
  return isKnown
    ? { code: error.code, message: error.message }
    : { code: 'internal', message: 'an internal error; see the log of the server' };
}
