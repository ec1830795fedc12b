import type { Evidence, Statement } from '../../../contract/signal.ts';
import { field, statement, tool, word } from '../../../text/statement.ts';
import { argumentQuote } from '../argument-quote.ts';
import type { CallSite } from '../calls.ts';
import { fieldName } from '../leaves.ts';
import type { Run } from '../run.ts';
import type { Violation } from './violation.ts';

/** One sentence that names the tool and the argument, not its value. */
export function describeViolation(
  { call }: CallSite,
  { kind, path, expected }: Violation,
): Statement {
  const name = tool(call.name);
  const argument = field(fieldName(path) || 'arguments');
  switch (kind) {
    case 'missing':
      return statement`${name} was called without the required ${argument}`;
    case 'unexpected':
      return statement`${name} was called with ${argument}, which its schema does not define`;
    case 'wrong type':
      return statement`${name} was called with the wrong type for ${argument}: its schema expects ${word(expected)}`;
    case 'value as text':
      return statement`${name} was called with ${argument} as text: its schema expects ${word(expected)}`;
    case 'null for optional':
      return statement`${name} was called with null for the optional ${argument}, which its schema does not allow`;
    case 'not allowed':
      return statement`${name} was called with a value for ${argument} that its schema does not allow`;
    case 'out of range':
      return statement`${name} was called with a value for ${argument} outside the range in its schema`;
    case 'wrong format':
      return statement`${name} was called with ${argument} in a format that its schema does not accept`;
  }
}

/** The value that breaks the schema, or all arguments where one is missing. */
export function violationEvidence(
  run: Run,
  site: CallSite,
  { kind, path }: Violation,
): Evidence | null {
  return (
    argumentQuote(run, site, kind === 'missing' ? path.slice(0, -1) : path) ??
    argumentQuote(run, site)
  );
}
