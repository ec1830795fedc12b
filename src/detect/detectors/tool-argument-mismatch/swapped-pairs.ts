import { field, statement, tool } from '../../../text/statement.ts';
import type { Finding } from '../../finding.ts';
import { argumentQuote } from '../../run/argument-quote.ts';
import type { CallSite } from '../../run/calls.ts';
import { enumerationsIn } from '../../run/enumeration.ts';
import { fieldName, type Leaf } from '../../run/leaves.ts';
import type { Request } from '../../run/request.ts';
import type { Run } from '../../run/run.ts';

/** Calls that pair the items of two lists in another order than the request: "Ann and Ben on Monday and Friday respectively", called for Ann on Friday. */
export function swappedPairs(run: Run, request: Request): readonly (Finding | null)[] {
  return [...request.text.slice(0, 20_000).matchAll(IN_ORDER)].flatMap(({ index }) => {
    const clause = clauseBefore(request.text, index);
    const [left, right] = enumerationsIn(clause).slice(-2);
    if (left === undefined || right === undefined || left.length !== right.length) return [];
    return request.calls.flatMap((site) => {
      const one = placeOf(site, left);
      const other = one === null ? null : placeOf(site, right, one.leaf);
      if (one === null || other === null || one.at === other.at) return [];
      const first = fieldName(one.leaf.path);
      const second = fieldName(other.leaf.path);
      return [
        run.finding({
          cause: ['mispaired', `${site.call.name}.${first}`, second],
          statement: statement`${tool(site.call.name)} was called with ${field(first)} and ${field(second)} paired differently than in the request`,
          confidence: 0.8,
          spanId: site.spanId,
          evidence: [
            argumentQuote(run, site, one.leaf.path),
            argumentQuote(run, site, other.leaf.path),
            run.quote(request.path, clause, request.spanId),
          ],
        }),
      ];
    });
  });
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
  for (const leaf of site.leaves) {
    if (
      typeof leaf.value !== 'string' ||
      (except !== undefined && fieldName(leaf.path) === fieldName(except.path))
    )
      continue;
    const value = leaf.value.toLowerCase();
    const at = items.findIndex((item) => item.toLowerCase() === value);
    if (at !== -1) return { leaf, at };
  }
  return null;
}
