import type { Failure } from '../../contract/failure.ts';
import { causeParts } from '../../text/cause.ts';
import { statementText } from '../../text/statement.ts';
import { structure } from './structure.ts';

/** Further categories that are named after the cause. */
const SECONDARY = 3;

/**
 * What went wrong, without whom it happened to: detector, cause and statement of the likeliest root
 * cause and the categories of the next ones, one a line. Where no signal names a cause: the signals, the
 * type of the error, and the shape of the run.
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
