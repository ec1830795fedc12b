import type { Trace } from '../../../contract/trace.ts';
import { pointer, quote } from '../../evidence.ts';
import type { CallSite } from '../../run/calls.ts';
import { enumerationsIn } from '../../run/enumeration.ts';
import { type Leaf, leavesOf, namesOf } from '../../run/leaves.ts';
import type { Request } from '../../run/request.ts';
import type { Mismatch } from './mismatch.ts';

/** Calls that pair the items of two lists in another order than the request: "Ann and Ben on Monday and Friday respectively", called for Ann on Friday. */
export function mispaired(trace: Trace, request: Request): readonly Mismatch[] {
  const found: Mismatch[] = [];
  for (const { index } of request.text.slice(0, 20_000).matchAll(IN_ORDER)) {
    const clause = clauseBefore(request.text, index);
    const [left, right] = enumerationsIn(clause).slice(-2);
    if (left === undefined || right === undefined || left.length !== right.length) continue;
    for (const site of request.calls) {
      const one = placeOf(site, left);
      const other = one === null ? null : placeOf(site, right, one.leaf);
      if (one === null || other === null || one.at === other.at) continue;
      found.push({
        kind: 'mispaired',
        detail: [`${site.call.name}.${nameOf(one.leaf)}`, nameOf(other.leaf)],
        summary: `\`${site.call.name}\` called with \`${nameOf(one.leaf)}\` and \`${nameOf(other.leaf)}\` paired in another way than the request pairs them`,
        confidence: 0.8,
        evidence: [
          ...[one.leaf, other.leaf].map(({ path, value }) =>
            quote(trace, `${site.path}/arguments${pointer(...path)}`, String(value), site.spanId),
          ),
          quote(trace, request.path, clause, request.spanId),
        ],
      });
    }
  }
  return found;
}

const IN_ORDER = /\b(?:respectively|in that order)\b/gi;

const clauseBefore = (text: string, at: number): string =>
  (
    text
      .slice(Math.max(0, at - 300), at)
      .split(/[.?!\n]/)
      .at(-1) ?? ''
  )
    .replace(/,?\s{0,3}$/, '')
    .trim();

/** The argument that holds one item of a list, and which. */
function placeOf(
  site: CallSite,
  items: readonly string[],
  except?: Leaf,
): { readonly leaf: Leaf; readonly at: number } | null {
  for (const leaf of leavesOf(site.call.arguments)) {
    if (typeof leaf.value !== 'string' || (except !== undefined && nameOf(leaf) === nameOf(except)))
      continue;
    const value = leaf.value.toLowerCase();
    const at = items.findIndex((item) => item.toLowerCase() === value);
    if (at !== -1) return { leaf, at };
  }
  return null;
}

const nameOf = ({ path }: Leaf): string => namesOf(path).join('.');
