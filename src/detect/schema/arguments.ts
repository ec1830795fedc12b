import type { Evidence } from '../../contract/signal.ts';
import type { Trace } from '../../contract/trace.ts';
import type { CallSite } from '../argument/calls.ts';
import { pointer, quote, textAt } from '../evidence.ts';
import { type Violation, validate } from './validate.ts';

const known = new WeakMap<CallSite, readonly Violation[]>();
const NONE: readonly Violation[] = [];

/** How a call's arguments break the schema that was offered; none when there is no schema to hold them against. */
export function argumentViolations(site: CallSite): readonly Violation[] {
  const schema = site.tool?.parameters ?? null;
  if (schema === null || typeof site.call.arguments === 'string') return NONE;
  const cached = known.get(site);
  if (cached !== undefined) return cached;
  const found = validate(site.call.arguments, schema);
  known.set(site, found);
  return found;
}

/** The argument a path leads to: `address.zip`, array indexes left out. */
export const fieldName = (path: readonly (string | number)[]): string =>
  path.filter((token) => typeof token === 'string').join('.');

/** One sentence, fields and tools in backticks, no values. */
export function describeViolation(site: CallSite, { kind, path, expected }: Violation): string {
  const tool = `\`${site.call.name}\``;
  const field = `\`${fieldName(path) || 'arguments'}\``;
  switch (kind) {
    case 'missing':
      return `${tool} was called without the required ${field}`;
    case 'unexpected':
      return `${tool} was called with ${field}, which its schema does not have`;
    case 'wrong type':
      return `${tool} was called with ${field} of the wrong type, its schema asks for ${expected}`;
    case 'not allowed':
      return `${tool} was called with a value in ${field} that its schema does not allow`;
    case 'out of range':
      return `${tool} was called with ${field} out of the range its schema allows`;
    case 'wrong format':
      return `${tool} was called with ${field} in another format than its schema asks for`;
  }
}

/** The value that breaks the schema, or all arguments where one is missing. */
export function violationEvidence(
  trace: Trace,
  site: CallSite,
  violation: Violation,
): (Evidence | null)[] {
  const path = violation.kind === 'missing' ? violation.path.slice(0, -1) : violation.path;
  const target = `${site.path}/arguments${pointer(...path)}`;
  const text = textAt(trace, target);
  if (text !== undefined && text !== '') return [quote(trace, target, text, site.spanId)];
  const whole = `${site.path}/arguments`;
  return [quote(trace, whole, textAt(trace, whole) ?? '', site.spanId)];
}
