import type { Trace } from '../../../contract/trace.ts';
import { maskedKey } from '../../../text/mask.ts';
import { quote, textAt } from '../../evidence.ts';
import { type CallSite, callsOf, isPutRight } from '../../run/calls.ts';
import { type Leaf, leavesOf } from '../../run/leaves.ts';
import { argumentViolations } from '../../run/schema/arguments.ts';
import { errorText, refusedValue } from '../../run/tool-error.ts';
import type { Mismatch } from './mismatch.ts';

/**
 * The tool did not accept a value, whichever it was, and no later call put it right; a number,
 * code or address that stands in the user's own words could only be copied, where a name could be looked up.
 */
export function refusedValues(trace: Trace, site: CallSite): readonly Mismatch[] {
  const { result } = site;
  if (result === null || !result.isError || isPutRight(callsOf(trace), site)) return [];
  if (argumentViolations(site).length > 0) return [];
  const reason = refusedValue(result.text);
  if (reason === null || typeof site.call.arguments !== 'object') return [];
  const leaves = leavesOf(site.call.arguments);
  if (leaves.length === 0 || leaves.every((leaf) => isSaid(trace, leaf))) return [];
  const path = `${site.path}/arguments`;
  return [
    {
      kind: 'value turned down',
      detail: [site.call.name, maskedKey(errorText(result.text), 60)],
      summary: `\`${site.call.name}\` turned down a value and was not called with another one`,
      confidence: 0.6,
      evidence: [
        quote(trace, path, textAt(trace, path) ?? '', site.spanId),
        quote(trace, result.path, reason, site.spanId),
      ],
    },
  ];
}

const isSaid = (trace: Trace, { value }: Leaf): boolean =>
  /[\d@]/.test(String(value)) &&
  trace.messages.some(({ role, content }) => role === 'user' && content.includes(String(value)));
