import type { Json } from '../contract/json.ts';
import { cleanJson } from '../text/clean-json.ts';
import { isRecord } from '../text/json.ts';
import { linkedScores } from './assemble/linked-score.ts';
import { logMeaning } from './assemble/log-record.ts';
import { countParts } from './otlp/count-parts.ts';
import { decodeOtlpJson } from './otlp/decode-json.ts';
import { decodeOtlpProtobuf } from './otlp/decode-protobuf.ts';
import { type ReceivedRecord, receivedBatch, receivedParts } from './read/received-batch.ts';
import type { OnProblem, RawLog, RawRecord, RawScore } from './record.ts';

/**
 * What a server needs of this module: the body of a request as records, and the records of a trace as the trace. Files
 * are read by the same code.
 */

// biome-ignore lint/performance/noBarrelFile: other modules enter here
export { conversationTrace } from './assemble/conversation.ts';
export { mergedSpan } from './assemble/merged-span.ts';
export { withSentiment } from './assemble/score-sentiment.ts';
export { spanSize } from './assemble/span-size.ts';
export { RECORDED_TIMES, traceOfRecords } from './assemble/trace-of-records.ts';
export type { ReceivedRecord } from './read/received-batch.ts';
export type { RawConversation, RawLog, RawScore, RawSpan } from './record.ts';
export { spanIdOf, traceIdOf } from './shape/span.ts';

/** What one request held. */
export interface Received {
  readonly records: readonly ReceivedRecord[];
  readonly problems: readonly ReceiveProblem[];
}

/** Something in a request that could not be used. */
interface ReceiveProblem {
  readonly code: string;
  readonly message: string;
  /** Records that it cost. */
  readonly count: number;
}

/** Spans and logs of an OTLP request. A body that is not OTLP gives no record and at least one problem. */
export const receiveOtlp = (body: Uint8Array, encoding: 'protobuf' | 'json'): Received =>
  received((onProblem) => {
    if (tooManyParts(body, encoding)) {
      onProblem('too_many_parts', TOO_MANY);
      return [];
    }
    const records =
      encoding === 'protobuf'
        ? decodeOtlpProtobuf(body, onProblem)
        : otlpOf(parsed(body, onProblem), onProblem);
    return records.flatMap((record) => [
      { record, isPart: false },
      ...(record.kind === 'span' ? linkedScores(record.span) : []).map(scoreRecord),
    ]);
  });

const scoreRecord = (score: RawScore): ReceivedRecord => ({
  record: { kind: 'score', score },
  isPart: false,
});

/** Runs, events and scores of a parsed request of Langfuse's or LangSmith's clients. */
export const receiveValue = (value: unknown): Received =>
  received((onProblem) => receivedBatch(cleanJson(value), onProblem));

/** What events held, and which of them could not be used. */
export interface ReceivedEvents extends Received {
  readonly refused: readonly RefusedEvent[];
}

interface RefusedEvent {
  /** Place in the list of events. */
  readonly at: number;
  readonly message: string;
}

/** Events of Langfuse's clients, each by itself: what is wrong with one costs no other. */
export function receiveEvents(events: readonly unknown[]): ReceivedEvents {
  if (events.length > MAX_RECORDS) return { ...tooManyRecords(events.length), refused: [] };
  const each = events.map((event) => receiveEvent(event));
  return {
    records: each.flatMap(({ records }) => records),
    problems: each.flatMap(({ problems }) => problems),
    refused: each.flatMap(({ problems: [problem] }, at) =>
      problem === undefined ? [] : [{ at, message: problem.message }],
    ),
  };
}

function receiveEvent(event: unknown): Received {
  const given = isObject(event) ? event : null;
  const refused = (message: string): Received => ({
    records: [],
    problems: [{ code: 'bad_event', message, count: 1 }],
  });
  if (given === null) return refused('an event must be an object');
  if (typeof given['type'] !== 'string') return refused('an event needs a type');
  const found = receiveValue({ batch: [given] });
  const isEmpty = found.records.length === 0 && found.problems.length === 0;
  if (!isEmpty || given['type'] === 'sdk-log') return found;
  return refused('a score needs a name, a value, and the traceId or sessionId that it is about');
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Runs and feedback of a multipart request of LangSmith's clients. */
export const receiveMultipart = (body: Uint8Array): Received =>
  received((onProblem) =>
    receivedParts(body, onProblem).flatMap((value) => receivedBatch(value, onProblem)),
  );

/**
 * What a log record is about: a trace, for a coding agent that writes logs only its session; or nothing but a score, which names the
 * response it is about. Null for logs that tell nothing about a run.
 */
export function aboutOf(
  log: RawLog,
): { readonly traceId: string } | { readonly score: RawScore } | null {
  const meaning = logMeaning(log);
  if (meaning.kind === 'other') return null;
  const traceId = meaning.kind === 'span' ? meaning.span.traceId : (log.traceId ?? '');
  if (traceId !== '') return { traceId };
  return meaning.kind === 'score' ? { score: meaning.score } : null;
}

function received(read: (onProblem: OnProblem) => ReceivedRecord[]): Received {
  const problems: ReceiveProblem[] = [];
  const records = read((code, message, count = 1) => problems.push({ code, message, count }));
  return records.length <= MAX_RECORDS ? { records, problems } : tooManyRecords(records.length);
}

const tooManyRecords = (count: number): Received => ({
  records: [],
  problems: [{ code: 'too_many_parts', message: TOO_MANY, count }],
});

/** Of one request. Batches of exporters have hundreds. */
const MAX_RECORDS = 100_000;
const MAX_PARTS = 20 * MAX_RECORDS;
/** A part takes two bytes at least. */
const MIN_BYTES = 2 * MAX_RECORDS;

const TOO_MANY = `a request may hold ${MAX_RECORDS.toLocaleString('en')} records and ${MAX_PARTS.toLocaleString('en')} values; send smaller batches`;

/**
 * Whether a body would become so many objects that reading it fills the memory, told before it is read: bodies are small
 * beside what they can become.
 */
export function tooManyParts(body: Uint8Array, encoding: 'protobuf' | 'json'): boolean {
  if (body.length < MIN_BYTES) return false;
  if (encoding === 'protobuf') return countParts(body, MAX_PARTS) > MAX_PARTS;
  let openings = 0;
  for (const byte of body) if (byte === OPEN_BRACE || byte === OPEN_BRACKET) openings++;
  return openings > MAX_PARTS;
}

const OPEN_BRACE = 0x7b;
const OPEN_BRACKET = 0x5b;

function parsed(body: Uint8Array, onProblem: OnProblem): Json | undefined {
  try {
    return cleanJson(JSON.parse(new TextDecoder().decode(body)));
  } catch (error) {
    const [reason = ''] = String(error).slice(0, 200).split('\n');
    onProblem('broken_json', `the body is not JSON: ${reason}`);
    return undefined;
  }
}

function otlpOf(value: Json | undefined, onProblem: OnProblem): readonly RawRecord[] {
  if (value === undefined) return [];
  const isObject = isRecord(value);
  // An empty request is legal.
  if (isObject && Object.keys(value).length === 0) return [];
  const envelopes = isObject ? ENVELOPES.filter((key) => key in value) : [];
  // Null is a field that was left out.
  if (isObject && envelopes.some((key) => value[key] !== null))
    return decodeOtlpJson(value, onProblem);
  if (envelopes.length > 0) return [];
  onProblem('not_otlp', 'the body holds neither resourceSpans nor resourceLogs');
  return [];
}

const ENVELOPES = ['resourceSpans', 'resource_spans', 'resourceLogs', 'resource_logs'];
