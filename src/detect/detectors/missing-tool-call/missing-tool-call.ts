import type { ToolDefinition, Trace } from '../../../contract/trace.ts';
import { statement, tool as toolName } from '../../../text/statement.ts';
import { defineDetector, inconclusive, noFinding } from '../../define.ts';
import { factOf } from '../../facts/fact-of.ts';
import type { Finding } from '../../finding.ts';
import { type Unfinished, unfinished } from '../../run/action/unfinished.ts';
import { readCallText } from '../../run/call-text.ts';
import type { Run } from '../../run/run.ts';
import { fitOf, stemsOf } from '../../run/tool-fit.ts';

const NO_TOOLS = inconclusive('no tools offered');
const CUT_OFF = inconclusive(
  'the answer was cut off at the token limit, before a call could follow',
);

/**
 * An answer was given in words where a tool should have been called. When the tools were recorded, the one
 * that fits the request decides; when only the system prompt mentions them, the answer itself must show that
 * it needed a tool and called none.
 */
export const missingToolCall = defineDetector({
  id: 'missing_tool_call',
  tier: 'proven',
  finds:
    'an answer in words, in a run without any call, where a tool should have been called: one that fits, or any where nearly all other runs of the input call one',
  category: {
    name: 'Missing tool call',
    definition: 'When an answer needs a tool, the tool is called before answering.',
    severity: 4,
    layer: 'prompt',
    fixCost: 2,
    example: 'The answer explained how to call `get_weather` instead of calling it.',
  },
  detect(run, file) {
    const isRecorded = run.tools.length > 0;
    const isUnusual = factOf(run, file, 'no_call');
    if (!isRecorded && isUnusual === undefined && !mentionsTools(run.trace)) return NO_TOOLS;
    if (run.calls.length > 0) return noFinding;
    if (isCutOff(run.trace)) return CUT_OFF;
    const answer = answerOf(run.trace);
    if (answer.text.trim().length < 3 || readCallText(answer.text, run.tools) !== null)
      return noFinding;
    return (
      (isRecorded ? uncalled(run, answer) : untried(run, answer)) ??
      (isUnusual === undefined ? null : unlikeOthers(run, answer))
    );
  },
});

/** The norm is the input's own: nearly all of its runs call a tool. Why this one did not, nothing shows. */
const unlikeOthers = (run: Run, { text, path, spanId }: FinalText): Finding | null =>
  run.finding({
    tier: 'likely',
    confidence: 0.6,
    spanId,
    statement: 'The answer was given without any call, although nearly all other runs make one',
    cause: ['no call, unlike other runs'],
    evidence: [run.quote(path, text, spanId)],
  });

/** The last model call stopped at its token limit. */
const isCutOff = ({ spans }: Trace): boolean =>
  spans.findLast(({ kind, finishReason }) => kind === 'model' && finishReason !== null)
    ?.finishReason === 'length';

/** The last words of the assistant, and where they are. */
interface FinalText {
  readonly text: string;
  readonly path: string;
  readonly spanId: string | null;
}

function answerOf({ messages, output }: Trace): FinalText {
  const at = messages.findLastIndex(({ role }) => role === 'assistant');
  const message = messages[at];
  const spanId = message?.spanId ?? null;
  return message !== undefined && message.content !== ''
    ? { text: message.content, path: `/messages/${at}/content`, spanId }
    : { text: output, path: '/output', spanId };
}

/** A tool that the answer names, or that fits the request, was not called. */
function uncalled(run: Run, { text, path, spanId }: FinalText): Finding | null {
  const stems = stemsOf(run.input);
  const named = run.tools.find((tool) => mentions(text, tool));
  const declines = DECLINES.test(text);
  const isExplained = text.includes('```');
  const fits = named !== undefined && fitOf(stems, run.toolStems(named)).name > 0.3;
  if (named !== undefined && (isExplained ? fits : !declines && !ASKS.test(text))) {
    return run.finding({
      confidence: isExplained ? 0.85 : 0.6,
      spanId,
      statement: isExplained
        ? statement`The answer explained how to call ${toolName(named.name)} instead of calling it`
        : statement`The answer mentioned ${toolName(named.name)} instead of calling it`,
      cause: [isExplained ? 'explained instead of called' : 'announced, not made'],
      evidence: [run.quote(path, text, spanId)],
    });
  }
  if (declines || ASKS.test(text)) return null;
  const fitting = run.tools.find((tool) => {
    const fit = fitOf(stems, run.toolStems(tool));
    return (fit.name === 1 && fit.words > 1) || (fit.name >= 0.6 && fit.description >= 0.3);
  });
  if (fitting === undefined) return null;
  return run.finding({
    confidence: 0.5,
    spanId,
    statement: statement`The answer was given without calling ${toolName(fitting.name)}, which fits the request`,
    cause: ['answered without call'],
    evidence: [run.quote(path, text, spanId)],
  });
}

/** The system prompt gives the model tools. */
const mentionsTools = ({ messages }: Trace): boolean => {
  const prompt = messages.find(({ role }) => role === 'system')?.content.slice(0, 4_000) ?? '';
  return GIVES_TOOLS.test(prompt);
};
const GIVES_TOOLS =
  /\b(?:us(?:e|ing)|given|provided|available|with|access to|call(?:ing)?)\b[^.\n]{0,40}\b(?:tools?|functions?)\b/i;

/** By its own words it needed a tool, or it omitted or made up what only a tool does, and it called none. */
function untried(run: Run, { text, path, spanId }: FinalText): Finding | null {
  const needed = text.includes('```') ? undefined : NEEDS.exec(text)?.[0];
  if (needed !== undefined) {
    return run.finding({
      confidence: 0.7,
      spanId,
      statement: 'The answer mentioned the tools that it needed but called none',
      cause: ['announced, not made'],
      evidence: [run.quote(path, needed, spanId)],
    });
  }
  const found = unfinished(run);
  if (found === null) return null;
  return run.finding({
    confidence: found.kind === 'claimed' ? 0.8 : 0.6,
    spanId,
    statement: STATEMENTS[found.kind],
    cause: [found.kind, found.act],
    evidence: [run.quote(found.path, found.text, found.path === '/input' ? null : spanId)],
  });
}

const STATEMENTS: Readonly<Record<Unfinished['kind'], string>> = {
  claimed: 'The answer claims an action, but no tool was called',
  announced: 'The answer announced a step but called no tool for it',
  'left out': 'The request asked for an action, but no tool was called',
};

/** A name like a tool's, `send_message`, but not a file's. */
const TOOL_NAME = '["\'`]?\\b[a-z]{2,20}(?:_[a-z0-9]{1,20}){1,6}\\b(?!\\.[a-z])';
/** A tool that it would use, by name; access to what tools read; what the tools can do. */
const NEEDS = new RegExp(
  [
    `\\brelevant (?:tool|function)s?\\b[^.]{0,160}?${TOOL_NAME}`,
    `\\b(?:i|we)\\b(?:'ll| will| would| can| could| need| should| must| have)\\b[^.\\n]{0,80}\\b(?:us(?:e|ing)|call(?:ing)?|invok(?:e|ing))\\b[^.\\n]{0,60}?${TOOL_NAME}`,
    '\\bneed (?:to )?access (?:to )?your\\b',
    "\\b(?:available )?(?:tools?|functions?) (?:do(?:es)? not|don't|doesn't|cannot|can't) (?:allow|support|let|provide)\\b",
  ].join('|'),
  'i',
);

const mentions = (text: string, { name }: ToolDefinition): boolean =>
  name.length > 3 && (text.includes(name) || text.includes(name.replaceAll('.', '_')));

/** The answer says why no tool fits, or what is missing. */
const DECLINES =
  /\b(?:cannot|can't|can not|unable to|not able to|does not|doesn't|do not|don't|isn't|is not|are not|aren't|lacks?|missing|without|none of|no (?:function|tool|available)|not (?:provided|possible|designed|sufficient|available)|sorry|unfortunately|however)\b/i;
const ASKS =
  /\?\s*$|\b(?:could|can|would) you (?:please )?(?:provide|tell|specify|clarify|confirm|share|let)|\bplease (?:provide|specify|clarify|confirm|share)|\bI(?:'ll| will| would)? need (?:more|some|the|your|to know)/i;
