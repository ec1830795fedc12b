import type { Json } from '../../../contract/json.ts';
import type { Message, ToolCall, Trace } from '../../../contract/trace.ts';
import { stem, words } from '../../../text/words.ts';
import { isCut } from '../../run/sources.ts';
import { contentWords } from './source-sentences.ts';

/**
 * Whether an agent handed in a short answer that it wrote into its call itself: code that only prints a
 * literal, or a tool that takes the final answer. No tool result, document or message holds the answer; a
 * result that repeats the call's own arguments is no result. A lone number may have been worked out, so
 * it counts only where no tool gave anything. False where a result was cut or not recorded.
 */
export function isOwnWords(trace: Trace): boolean {
  if (trace.output.length > LONGEST) return false;
  const calls = callsHandingIn(trace);
  if (calls.length === 0) return false;
  const answer = new Set(contentWords(trace.output));
  if (answer.size === 0 || answer.size > MOST_WORDS) return false;
  if ([...answer].every((word) => YES_OR_NO.has(word))) return false;
  if (!calls.some((call) => holds(asText(call.arguments), answer))) return false;
  const run = readRun(trace);
  if (!run.complete) return false;
  if (run.results === 0) return run.echoes > 0;
  const told = [...answer].filter((word) => run.told.has(word)).length;
  const named = [...answer].some((word) => /^\p{L}{3}/u.test(word));
  return named && told * 2 < answer.size;
}

const LONGEST = 200;
const MOST_WORDS = 15;
const YES_OR_NO: ReadonlySet<string> = new Set([
  'yes',
  'no',
  'true',
  'false',
  'none',
  'done',
  'ok',
]);

/** Calls that an answer can be handed in by: code that the agent ran, and tools for the final answer. */
const callsHandingIn = (trace: Trace): readonly ToolCall[] =>
  trace.messages.flatMap(({ toolCalls }) =>
    toolCalls.filter((call) => typeof call.arguments === 'string' || HANDS_IN.test(call.name)),
  );

const HANDS_IN = /(?:^|_|\b)(?:final|submit|finish)|(?:Final|Submit|Finish)/;

interface Run {
  /** Words of everything the agent did not write itself. */
  readonly told: ReadonlySet<string>;
  /** Tool results that say more than their call did. */
  readonly results: number;
  /** Tool results that say nothing but what their call did. */
  readonly echoes: number;
  readonly complete: boolean;
}

function readRun(trace: Trace): Run {
  const told = new Set<string>();
  const learn = (text: string): void => {
    for (const word of words(text, 20_000)) told.add(stem(word));
  };
  const calls = new Map<string, ToolCall>();
  let latest: ToolCall | undefined;
  const waiting = new Set<ToolCall>();
  let results = 0;
  let echoes = 0;
  let complete = true;
  learn(trace.input);
  for (const document of trace.documents) learn(document.content);
  for (const message of trace.messages) {
    for (const call of message.toolCalls) {
      latest = call;
      if (!HANDS_IN.test(call.name)) waiting.add(call);
      if (call.id !== null) calls.set(call.id, call);
    }
    if (message.role === 'tool') {
      const call = calls.get(message.toolCallId ?? '') ?? latest;
      if (call !== undefined) waiting.delete(call);
      if (isCut(message.content)) complete = false;
      if (isEcho(message, call)) {
        echoes += 1;
        continue;
      }
      if (!EMPTY.test(message.content)) results += 1;
      learn(message.content);
    } else if (message.role !== 'assistant') learn(message.content);
  }
  return { told, results, echoes, complete: complete && waiting.size === 0 };
}

/** A failed call gave nothing. */
const EMPTY = /^\W{0,5}(?:none|null|error|exception|traceback)?\W{0,5}$/i;

const asText = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

const holds = (text: string, answer: ReadonlySet<string>): boolean => {
  const given = new Set(words(text, 20_000).map(stem));
  return [...answer].every((word) => given.has(word));
};

/** Says nothing but what its call said, frames of the log (`Observation:`) aside. */
function isEcho(message: Message, call: ToolCall | undefined): boolean {
  if (call === undefined || message.content.length > ECHO_LIMIT) return false;
  const body = message.content
    .split('\n')
    .filter((line) => !FRAME.test(line))
    .join('\n');
  const said = contentWords(body);
  const given = new Set(words(asText(call.arguments), 20_000).map(stem));
  return said.length > 0 && said.every((word) => given.has(word));
}

const ECHO_LIMIT = 5000;
const FRAME = /:\s{0,5}$|^\s{0,5}call id:/i;
