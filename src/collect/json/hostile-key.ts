import { isPrototypeKey } from '../../text/clean-json.ts';

/** True when a dotted key has a prototype name among its segments. */
export function isHostileKey(key: string): boolean {
  if (!key.includes('proto') && !key.includes('constructor')) return false;
  return key.split('.').some(isPrototypeKey);
}
