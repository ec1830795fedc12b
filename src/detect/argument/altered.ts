import type { Json, JsonObject } from '../../contract/json.ts';
import type { Trace } from '../../contract/trace.ts';
import { pointer, quote } from '../evidence.ts';
import type { CallSite } from './calls.ts';
import { type Leaf, leavesOf, namesOf } from './leaves.ts';
import type { Mismatch } from './mismatch.ts';
import { isSameNumber, type NumberInText } from './numbers.ts';
import type { Request } from './request.ts';

/**
 * Numbers among the arguments that the request does not give, while one that it gives is left over
 * and differs by a single digit: `115.2` for `15.2`. Other numbers may have been worked out.
 */
export function alteredNumbers(trace: Trace, request: Request): readonly Mismatch[] {
  const { numbers: said, unused } = request;
  if (unused.length === 0) return [];
  const found: Mismatch[] = [];
  for (const site of request.calls) {
    if (site.tool === null) continue;
    for (const leaf of leavesOf(site.call.arguments)) {
      if (typeof leaf.value !== 'number' || isGiven(leaf.value, said, site, leaf)) continue;
      const value = leaf.value;
      const meant = unused.find((number) => looksAlike(value, number));
      if (meant === undefined) continue;
      const field = namesOf(leaf.path).join('.');
      found.push({
        kind: 'altered number',
        detail: [`${site.call.name}.${field}`],
        summary: `\`${site.call.name}\` called with another number in \`${field}\` than the request gives`,
        confidence: 0.8,
        evidence: [
          quote(
            trace,
            `${site.path}/arguments${pointer(...leaf.path)}`,
            JSON.stringify(value),
            site.spanId,
          ),
          quote(trace, request.path, meant.text, request.spanId),
        ],
      });
    }
  }
  return found;
}

function isGiven(
  value: number,
  said: readonly NumberInText[],
  site: CallSite,
  leaf: Leaf,
): boolean {
  if (Math.abs(value) <= 1 && Number.isInteger(value)) return true;
  if (said.some((number) => isSameNumber(value, number))) return true;
  const property = propertyAt(site, leaf);
  if (property === null) return false;
  return JSON.stringify(property).includes(String(Math.abs(value)));
}

function propertyAt(site: CallSite, leaf: Leaf): JsonObject | null {
  const properties = site.tool?.parameters?.['properties'];
  const [first] = namesOf(leaf.path);
  if (!isObject(properties) || first === undefined) return null;
  const property = properties[first];
  return isObject(property) ? property : null;
}

/** One digit more, less or changed. */
function looksAlike(value: number, said: NumberInText): boolean {
  const left = String(Math.abs(value));
  const right = said.text.replaceAll(',', '');
  if (right.length < 2 || Math.abs(left.length - right.length) > 1) return false;
  let start = 0;
  while (start < left.length && left[start] === right[start]) start++;
  let end = 0;
  while (
    end < Math.min(left.length, right.length) - start &&
    left.at(-1 - end) === right.at(-1 - end)
  )
    end++;
  return Math.max(left.length, right.length) - start - end <= 1;
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
