import { words } from '../../../text/words.ts';
import type { Leaf } from '../../run/leaves.ts';
import type { Request } from '../../run/request.ts';
import { isSameNumber } from '../../run/request-numbers.ts';

/** Whether the value of an argument is taken from the request: literally, in part, or as the same number in another form. */
export function occursInRequest({ value }: Leaf, request: Request): boolean {
  if (typeof value === 'boolean' || value === null) return true;
  const text = request.text.toLowerCase();
  const own = String(value).toLowerCase();
  if (text.includes(own)) return true;
  if (typeof value === 'number') return request.numbers.some((given) => isSameNumber(value, given));
  return words(own.slice(0, 1_000)).some((word) => word.length > 2 && text.includes(word));
}
