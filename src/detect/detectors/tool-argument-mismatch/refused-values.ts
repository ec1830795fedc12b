import { maskedKey } from '../../../text/mask.ts';
import { statement, tool } from '../../../text/statement.ts';
import type { Finding } from '../../finding.ts';
import { argumentQuote } from '../../run/argument-quote.ts';
import type { CallSite } from '../../run/calls.ts';
import type { Leaf } from '../../run/leaves.ts';
import type { Run } from '../../run/run.ts';
import { errorText, refusedValue } from '../../run/tool-error.ts';

/**
 * The tool did not accept a value, whichever it was, and no later call corrected it. A number,
 * code or address from the user's own words could only be copied, where a name could be looked up.
 */
export function refusedValues(run: Run, site: CallSite): readonly (Finding | null)[] {
  const { result } = site;
  if (result === null || !result.isError || run.succeedsLater(site)) return [];
  if (site.violations.length > 0) return [];
  const reason = refusedValue(result.text);
  if (reason === null || typeof site.call.arguments !== 'object') return [];
  const { leaves } = site;
  if (leaves.length === 0 || leaves.every((leaf) => isFromUser(run, leaf))) return [];
  return [
    run.finding({
      cause: ['value turned down', site.call.name, maskedKey(errorText(result.text), 60)],
      statement: statement`${tool(site.call.name)} rejected a value and was not called again with another one`,
      confidence: 0.6,
      spanId: site.spanId,
      evidence: [argumentQuote(run, site), run.quote(result.path, reason, site.spanId)],
    }),
  ];
}

const isFromUser = (run: Run, { value }: Leaf): boolean =>
  /[\d@]/.test(String(value)) &&
  run.messages.some(({ role, content }) => role === 'user' && content.includes(String(value)));
