import { isRecord } from '../../../text/json.ts';
import type { CallSite } from '../calls.ts';

/** All arguments of the tool lie one level too deep, in one argument that the schema does not have. */
export function isWrapped({ properties, call: { arguments: given } }: CallSite): boolean {
  if (properties === null || !isRecord(given)) return false;
  const [name, ...more] = Object.keys(given);
  if (name === undefined || more.length > 0 || Object.hasOwn(properties, name)) return false;
  const inner = given[name];
  return isRecord(inner) && Object.keys(inner).some((key) => Object.hasOwn(properties, key));
}

/** Some arguments were given without their names: recorders number them. */
export const isByPosition = ({ call: { arguments: given } }: CallSite): boolean =>
  isRecord(given) &&
  Object.keys(given).some((name) => /^_{0,2}(?:positional|args?)_?\d{1,2}$/.test(name));
