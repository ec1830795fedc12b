import type { Json, JsonObject } from '../../../contract/json.ts';
import type { Evidence } from '../../../contract/signal.ts';
import type { Trace } from '../../../contract/trace.ts';
import { pointer, quote, textAt } from '../../evidence.ts';
import type { CallSite } from '../calls.ts';
import { validate } from './validate.ts';
import type { Violation } from './violation.ts';

const known = new WeakMap<CallSite, readonly Violation[]>();
const NONE: readonly Violation[] = [];

/** How a call's arguments break the schema that was offered; none when there is no schema, or when they were recorded as text or by position. */
export function argumentViolations(site: CallSite): readonly Violation[] {
  const schema = site.tool?.parameters ?? null;
  if (schema === null || !isObject(site.call.arguments)) return NONE;
  const cached = known.get(site);
  if (cached !== undefined) return cached;
  const found = validate(site.call.arguments, schema) ?? NONE;
  known.set(site, found);
  return found;
}

/** All arguments of the tool lie one level too deep, in one argument that the schema does not have. */
export function isWrapped(site: CallSite): boolean {
  const properties = site.tool?.parameters?.['properties'];
  const { arguments: given } = site.call;
  if (!isObject(properties) || !isObject(given)) return false;
  const [name, ...more] = Object.keys(given);
  if (name === undefined || more.length > 0 || Object.hasOwn(properties, name)) return false;
  const inner = given[name];
  return isObject(inner) && Object.keys(inner).some((key) => Object.hasOwn(properties, key));
}

/** Some arguments came without their names: recorders number them. */
export const isByPosition = (site: CallSite): boolean =>
  isObject(site.call.arguments) &&
  Object.keys(site.call.arguments).some((name) =>
    /^_{0,2}(?:positional|args?)_?\d{1,2}$/.test(name),
  );

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

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
    case 'value as text':
      return `${tool} was called with ${field} written as text, its schema asks for ${expected}`;
    case 'null for optional':
      return `${tool} was called with null in the optional ${field}, which its schema does not allow`;
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
