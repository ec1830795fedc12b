import type { Failure } from '../../contract/failure.ts';
import { causeParts } from '../../text/cause.ts';
import { statementText } from '../../text/statement.ts';
import { structure } from './structure.ts';

/** Maximum number of other categories listed after the cause. */
const SECONDARY = 3;

/**
 * Describes what went wrong, without details of the request: detector, cause and statement of the most likely root
 * cause, then the categories of the next ones, one per line. If no signal names a cause: the signals, the
 * error type, and the structure of the run.
 */
export function brief(failure: Failure): string {
  const { cause, signals } = failure;
  if (cause === null) return unexplained(failure);
  const others = signals.flatMap(({ category }) =>
    category === null || category === cause.category ? [] : [category],
  );
  return [...causeParts(cause), statementText(cause.statement), ...others.slice(0, SECONDARY)].join(
    '\n',
  );
}

const unexplained = (failure: Failure): string =>
  [
    ...failure.signals.map((signal) => causeParts(signal).join(' ')),
    failure.trace.error?.type ?? '',
    structure(failure),
  ]
    .filter((part) => part !== '')
    .join('\n');
