import type { Json } from '../../../contract/json.ts';
import type { Message, ToolCall, Trace } from '../../../contract/trace.ts';
import { stem } from '../../../text/stem.ts';
import { words } from '../../../text/words.ts';
import { isCut } from '../../run/sources.ts';
import { contentWords } from './source-sentences.ts';

/**
 * Whether an agent submitted a short answer that it wrote into its call itself: code that only prints a
 * literal, or a tool that takes the final answer. No tool result, document or message holds the answer; a
 * result that repeats the arguments of its call does not count. A lone number may have been worked out, so
 * it counts only where no tool returned anything. False where a result was cut or not recorded.
 */
export function isUnsupportedSubmission(trace: Trace): boolean {
  if (trace.output.length > LONGEST) return false;
  const calls = submittingCalls(trace);
  if (calls.length === 0) return false;
  const answer = new Set(contentWords(trace.output));
  if (answer.size === 0 || answer.size > MOST_WORDS) return false;
  if ([...answer].every((word) => YES_OR_NO.has(word))) return false;
  if (!calls.some((call) => holds(asText(call.arguments), answer))) return false;
  const received = readReceived(trace);
  if (!received.complete) return false;
  if (received.results === 0) return received.echoes > 0;
  const supported = [...answer].filter((word) => received.words.has(word)).length;
  const isNamed = [...answer].some((word) => /^\p{L}{3}/u.test(word));
  return isNamed && supported * 2 < answer.size;
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

/** Calls that can submit an answer: code that the agent ran, and tools for the final answer. */
const submittingCalls = (trace: Trace): readonly ToolCall[] =>
  trace.messages.flatMap(({ toolCalls }) =>
    toolCalls.filter((call) => typeof call.arguments === 'string' || SUBMITS.test(call.name)),
  );

const SUBMITS = /(?:^|_|\b)(?:final|submit|finish)|(?:Final|Submit|Finish)/;

/** Everything that the agent did not write itself. */
interface Received {
  /** Its words, as stems. */
  readonly words: ReadonlySet<string>;
  /** Tool results that hold more than the arguments of their call. */
  readonly results: number;
  /** Tool results that only repeat the arguments of their call. */
  readonly echoes: number;
  readonly complete: boolean;
}

function readReceived(trace: Trace): Received {
  const received = new Set<string>();
  const learn = (text: string): void => {
    for (const word of words(text, 20_000)) received.add(stem(word));
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
      if (!SUBMITS.test(call.name)) waiting.add(call);
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
  return { words: received, results, echoes, complete: complete && waiting.size === 0 };
}

/** A failed call returned nothing. */
const EMPTY = /^\W{0,5}(?:none|null|error|exception|traceback)?\W{0,5}$/i;

const asText = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

const holds = (text: string, answer: ReadonlySet<string>): boolean => {
  const given = new Set(words(text, 20_000).map(stem));
  return [...answer].every((word) => given.has(word));
};

/** Repeats only the arguments of its call, frames of the log (`Observation:`) aside. */
function isEcho(message: Message, call: ToolCall | undefined): boolean {
  if (call === undefined || message.content.length > ECHO_LIMIT) return false;
  const body = message.content
    .split('\n')
    .filter((line) => !FRAME.test(line))
    .join('\n');
  const content = contentWords(body);
  const given = new Set(words(asText(call.arguments), 20_000).map(stem));
  return content.length > 0 && content.every((word) => given.has(word));
}

const ECHO_LIMIT = 5000;
const FRAME = /:\s{0,5}$|^\s{0,5}call id:/i;
