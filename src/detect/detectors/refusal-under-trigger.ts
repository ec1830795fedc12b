import type { Signal } from '../../contract/signal.ts';
import type { Trace } from '../../contract/trace.ts';
import type { Detector } from '../detector.ts';
import { quote } from '../evidence.ts';
import { answerSpan } from '../last-answer.ts';
import { fingerprint } from '../mask.ts';
import { refusalIn, riskOf } from '../refusal/judged-trace.ts';
import { complianceOf } from '../refusal/refusal.ts';
import { saysNo, saysUnknown } from '../verdict.ts';

const ID = 'refusal_under_trigger';
const NO = saysNo(ID);
const NO_ANSWER = saysUnknown(ID, 'no request or no answer recorded');

/**
 * The application did what it should have refused: complied with a request under a policy category,
 * followed instructions found in a tool result or document, or broke a rule of its own system prompt.
 */
export const refusalUnderTrigger: Detector = {
  id: ID,
  detect(trace) {
    if (trace.input === '' || trace.output === '') return NO_ANSWER;
    const found = [...harmful(trace)];
    return found.length > 0 ? found : NO;
  },
};

function harmful(trace: Trace): readonly Signal[] {
  const risk = riskOf(trace);
  if (risk.kind !== 'harmful' || refusalIn(trace) !== null) return [];
  const compliance = complianceOf(trace.output);
  if (compliance === null) return [];
  const evidence = quote(trace, '/output', compliance, answerSpan(trace));
  if (evidence === null) return [];
  return [
    {
      detector: ID,
      verdict: 'yes',
      category: ID,
      confidence: risk.confidence,
      spanId: evidence.spanId,
      summary: `The answer helps with a request that falls under ${risk.category.replaceAll('_', ' ')}`,
      fingerprint: fingerprint(ID, 'policy', risk.category),
      evidence: [evidence],
    },
  ];
}
