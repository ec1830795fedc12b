import { words } from '../../../text/words.ts';
import type { Leaf } from '../../run/leaves.ts';
import type { Request } from '../../run/request.ts';
import { isSameNumber } from '../../run/request-numbers.ts';

/** Whether an argument's value is taken from the request: as it stands there, in part, or as the same number said in another way. */
export function occursInRequest({ value }: Leaf, request: Request): boolean {
  if (typeof value === 'boolean' || value === null) return true;
  const text = request.text.toLowerCase();
  const own = String(value).toLowerCase();
  if (text.includes(own)) return true;
  if (typeof value === 'number') return request.numbers.some((said) => isSameNumber(value, said));
  return words(own.slice(0, 1_000)).some((word) => word.length > 2 && text.includes(word));
}
