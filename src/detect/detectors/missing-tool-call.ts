import type { Signal } from '../../contract/signal.ts';
import type { ToolDefinition, Trace } from '../../contract/trace.ts';
import { callsOf } from '../argument/calls.ts';
import { fitOf, stemsOf } from '../argument/fit.ts';
import type { Detector } from '../detector.ts';
import { quote } from '../evidence.ts';
import { fingerprint } from '../mask.ts';
import { readCallText } from '../schema/call-text.ts';
import { saysNo, saysUnknown } from '../verdict.ts';
import { saysYes } from '../yes.ts';

const ID = 'missing_tool_call';
const NO = saysNo(ID);
const NOTHING = saysUnknown(ID, 'no tools offered');

/** An answer was given in words where an offered tool should have been called. */
export const missingToolCall: Detector = {
  id: ID,
  detect(trace) {
    if (trace.tools.length === 0) return NOTHING;
    if (callsOf(trace).length > 0) return NO;
    const at = trace.messages.findLastIndex((message) => message.role === 'assistant');
    const message = trace.messages[at];
    const own = message !== undefined && message.content !== '';
    const text = own ? message.content : trace.output;
    if (text.trim().length < 3 || readCallText(text, trace.tools) !== null) return NO;
    const signal = judge(
      trace,
      text,
      own ? `/messages/${at}/content` : '/output',
      message?.spanId ?? null,
    );
    return signal === null ? NO : [signal];
  },
};

function judge(trace: Trace, text: string, path: string, spanId: string | null): Signal | null {
  const stems = stemsOf(trace.input);
  const named = trace.tools.find((tool) => mentions(text, tool));
  const declined = DECLINES.test(text);
  const explained = text.includes('```');
  const fits = named !== undefined && fitOf(stems, named).name > 0.3;
  if (named !== undefined && (explained ? fits : !declined && !ASKS.test(text))) {
    return saysYes({
      detector: ID,
      confidence: explained ? 0.85 : 0.6,
      spanId,
      summary: explained
        ? `The answer explained how to call \`${named.name}\` instead of calling it`
        : `The answer spoke of \`${named.name}\` instead of calling it`,
      fingerprint: fingerprint(
        ID,
        explained ? 'explained instead of called' : 'announced, not made',
      ),
      evidence: [quote(trace, path, text, spanId)],
    });
  }
  if (declined || ASKS.test(text)) return null;
  const fitting = trace.tools.find((tool) => {
    const fit = fitOf(stems, tool);
    return (fit.name === 1 && fit.words > 1) || (fit.name >= 0.6 && fit.description >= 0.3);
  });
  if (fitting === undefined) return null;
  return saysYes({
    detector: ID,
    confidence: 0.5,
    spanId,
    summary: `The answer was given without calling \`${fitting.name}\`, which fits the request`,
    fingerprint: fingerprint(ID, 'answered without call'),
    evidence: [quote(trace, path, text, spanId)],
  });
}

const mentions = (text: string, { name }: ToolDefinition): boolean =>
  name.length > 3 && (text.includes(name) || text.includes(name.replaceAll('.', '_')));

/** The answer says why no tool serves, or what is missing. */
const DECLINES =
  /\b(?:cannot|can't|can not|unable to|not able to|does not|doesn't|do not|don't|isn't|is not|are not|aren't|lacks?|missing|without|none of|no (?:function|tool|available)|not (?:provided|possible|designed|sufficient|available)|sorry|unfortunately|however)\b/i;
const ASKS =
  /\?\s*$|\b(?:could|can|would) you (?:please )?(?:provide|tell|specify|clarify|confirm|share|let)|\bplease (?:provide|specify|clarify|confirm|share)|\bI(?:'ll| will| would)? need (?:more|some|the|your|to know)/i;
