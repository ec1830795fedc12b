import type { Signal } from '../../../contract/signal.ts';
import type { ToolDefinition, Trace } from '../../../contract/trace.ts';
import { fingerprint } from '../../../text/mask.ts';
import type { Detector } from '../../detector.ts';
import { quote } from '../../evidence.ts';
import { type Unfinished, unfinished } from '../../run/action/unfinished.ts';
import { readCallText } from '../../run/call-text.ts';
import { callsOf } from '../../run/calls.ts';
import { fitOf, stemsOf } from '../../run/tool-fit.ts';
import { saysNo, saysUnknown } from '../../verdict.ts';
import { saysYes } from '../../yes.ts';

const ID = 'missing_tool_call';
const NO = saysNo(ID);
const NOTHING = saysUnknown(ID, 'no tools offered');

/**
 * An answer was given in words where a tool should have been called. Where the tools are on record the one
 * that fits the request decides; where only the system prompt speaks of them, the answer itself has to show
 * that it needed one and called none.
 */
export const missingToolCall: Detector = {
  id: ID,
  detect(trace) {
    const isOnRecord = trace.tools.length > 0;
    if (!isOnRecord && !speaksOfTools(trace)) return NOTHING;
    if (callsOf(trace).length > 0) return NO;
    const at = trace.messages.findLastIndex((message) => message.role === 'assistant');
    const message = trace.messages[at];
    const own = message !== undefined && message.content !== '';
    const text = own ? message.content : trace.output;
    if (text.trim().length < 3 || readCallText(text, trace.tools) !== null) return NO;
    const path = own ? `/messages/${at}/content` : '/output';
    const spanId = message?.spanId ?? null;
    const signal = isOnRecord
      ? judge(trace, text, path, spanId)
      : untried(trace, text, path, spanId);
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

/** The system prompt gives the model tools. */
const speaksOfTools = ({ messages }: Trace): boolean => {
  const prompt = messages.find(({ role }) => role === 'system')?.content.slice(0, 4_000) ?? '';
  return GIVES_TOOLS.test(prompt);
};
const GIVES_TOOLS =
  /\b(?:us(?:e|ing)|given|provided|available|with|access to|call(?:ing)?)\b[^.\n]{0,40}\b(?:tools?|functions?)\b/i;

/** It needed a tool by its own words, or left undone or made up what only a tool does, and called none. */
function untried(trace: Trace, text: string, path: string, spanId: string | null): Signal | null {
  const needed = text.includes('```') ? undefined : NEEDS.exec(text)?.[0];
  if (needed !== undefined) {
    return saysYes({
      detector: ID,
      confidence: 0.7,
      spanId,
      summary: 'The answer spoke of the tools it needed and called none',
      fingerprint: fingerprint(ID, 'announced, not made'),
      evidence: [quote(trace, path, needed, spanId)],
    });
  }
  const found = unfinished(trace, []);
  if (found === null) return null;
  return saysYes({
    detector: ID,
    confidence: found.kind === 'claimed' ? 0.8 : 0.6,
    spanId,
    summary: SUMMARY[found.kind],
    fingerprint: fingerprint(ID, found.kind, found.act),
    evidence: [quote(trace, found.path, found.text, found.path === '/input' ? null : spanId)],
  });
}

/** A name as tools have, `send_message`; not that of a file. */
const TOOL_NAME = '["\'`]?\\b[a-z]{2,20}(?:_[a-z0-9]{1,20}){1,6}\\b(?!\\.[a-z])';
/** A tool that it would use, by its name; access to what tools read; a word on what the tools can do. */
const NEEDS = new RegExp(
  [
    `\\brelevant (?:tool|function)s?\\b[^.]{0,160}?${TOOL_NAME}`,
    `\\b(?:i|we)\\b(?:'ll| will| would| can| could| need| should| must| have)\\b[^.\\n]{0,80}\\b(?:us(?:e|ing)|call(?:ing)?|invok(?:e|ing))\\b[^.\\n]{0,60}?${TOOL_NAME}`,
    '\\bneed (?:to )?access (?:to )?your\\b',
    "\\b(?:available )?(?:tools?|functions?) (?:do(?:es)? not|don't|doesn't|cannot|can't) (?:allow|support|let|provide)\\b",
  ].join('|'),
  'i',
);
const SUMMARY: Readonly<Record<Unfinished['kind'], string>> = {
  claimed: 'The answer claims an act, and no tool was called',
  announced: 'The answer announced a step and called no tool for it',
  'left out': 'The request asked for an act, and no tool was called',
};

const mentions = (text: string, { name }: ToolDefinition): boolean =>
  name.length > 3 && (text.includes(name) || text.includes(name.replaceAll('.', '_')));

/** The answer says why no tool serves, or what is missing. */
const DECLINES =
  /\b(?:cannot|can't|can not|unable to|not able to|does not|doesn't|do not|don't|isn't|is not|are not|aren't|lacks?|missing|without|none of|no (?:function|tool|available)|not (?:provided|possible|designed|sufficient|available)|sorry|unfortunately|however)\b/i;
const ASKS =
  /\?\s*$|\b(?:could|can|would) you (?:please )?(?:provide|tell|specify|clarify|confirm|share|let)|\bplease (?:provide|specify|clarify|confirm|share)|\bI(?:'ll| will| would)? need (?:more|some|the|your|to know)/i;
