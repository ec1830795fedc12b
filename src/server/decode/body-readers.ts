import {
  type Received,
  type ReceivedEvents,
  receiveEvents,
  receiveMultipart,
  receiveOtlp,
  receiveValue,
  tooManyParts,
} from '../../collect/receive.ts';
import { plural } from '../../text/format.ts';
import { RequestError } from '../http/problem.ts';

/** What a body held, with the ids of its events where the answer names them. */
export interface ReadBody extends Received {
  readonly ids?: readonly string[];
  /** Of the events that were refused, their place among the ids, and why. */
  readonly refused?: ReceivedEvents['refused'];
}

/**
 * What bodies there are, and how each is read. `id` is that of the run where the path names one, else a new one for what
 * comes without. Each throws RequestError for a body of which nothing can be read.
 */
export const BODY_READERS = {
  /** What is taken and not kept. */
  unread: (): ReadBody => ({ records: [], problems: [] }),
  'otlp-protobuf': (body: Uint8Array): ReadBody => otlp(body, 'protobuf'),
  'otlp-json': (body: Uint8Array): ReadBody => otlp(body, 'json'),
  'langfuse-ingestion': (body: Uint8Array): ReadBody => {
    const events = batchOf(body);
    const ids = events.map((event) => (isObject(event) ? String(event['id'] ?? '') : ''));
    const received = receiveEvents(events);
    const tooMany = received.problems.find(({ code }) => code === 'too_many_parts');
    if (tooMany !== undefined)
      throw new RequestError({ status: 413, code: tooMany.code, detail: tooMany.message });
    return { ...received, ids };
  },
  'langfuse-score': (body: Uint8Array, newId: string): ReadBody => {
    const value = jsonIn(body);
    const given = Array.isArray(value) ? value : [objectOf(value)];
    const scores = given.filter(isObject);
    const batch = scores.map((score, at) => {
      const id = textIn(score, 'id') ?? (at === 0 ? newId : `${newId}-${at}`);
      return { id, type: 'score-create', body: { ...score, id } };
    });
    const others = given.length - scores.length;
    const ids = [...batch.map(({ id }) => id), ...Array.from({ length: others }, () => '')];
    return { ...withOthers(receiveValue({ batch }), 'score', others), ids };
  },
  'langsmith-multipart': (body: Uint8Array): ReadBody => receiveMultipart(body),
  'langsmith-batch': (body: Uint8Array): ReadBody => {
    const value = objectIn(body);
    const runs = [value['post'], value['patch']].filter(Array.isArray).flat();
    return withOthers(receiveValue(value), 'run', runs.filter((run) => !isObject(run)).length);
  },
  'langsmith-run': (body: Uint8Array, id: string): ReadBody =>
    receiveValue(
      id === ''
        ? { post: [objectIn(body)], patch: [] }
        : { post: [], patch: [{ id, ...objectIn(body) }] },
    ),
  'langsmith-feedback': (body: Uint8Array, newId: string): ReadBody => {
    const feedback = objectIn(body);
    const id = textIn(feedback, 'id') ?? newId;
    return { ...receiveValue({ score: null, ...feedback }), ids: [id] };
  },
} as const;

export type BodyKind = keyof typeof BODY_READERS;

function otlp(body: Uint8Array, encoding: 'protobuf' | 'json'): Received {
  const received = receiveOtlp(body, encoding);
  const [problem] = received.problems;
  if (problem !== undefined && received.records.length === 0)
    throw new RequestError({ status: 400, code: problem.code, detail: problem.message });
  return received;
}

const textIn = (value: Record<string, unknown>, key: string): string | undefined =>
  typeof value[key] === 'string' ? value[key] : undefined;

/** With what was no object among those that were received. */
function withOthers(received: Received, what: string, count: number): Received {
  if (count === 0) return received;
  const message = `no objects, and left out: ${plural(count, what)}`;
  return { ...received, problems: [...received.problems, { code: `bad_${what}`, message, count }] };
}

function batchOf(body: Uint8Array): readonly unknown[] {
  const { batch } = objectIn(body);
  if (Array.isArray(batch)) return batch;
  throw new RequestError({
    status: 400,
    code: 'bad_batch',
    detail: 'the body must be {"batch": [event, …]}',
  });
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A JSON object; throws RequestError for anything else. */
const objectIn = (body: Uint8Array): Record<string, unknown> => objectOf(jsonIn(body));

function objectOf(value: unknown): Record<string, unknown> {
  if (isObject(value)) return value;
  throw new RequestError({
    status: 400,
    code: 'not_an_object',
    detail: 'the body must be an object',
  });
}

function jsonIn(body: Uint8Array): unknown {
  if (tooManyParts(body, 'json'))
    throw new RequestError({
      status: 413,
      code: 'too_many_parts',
      detail: 'the body holds too many values; send smaller batches',
    });
  try {
    return JSON.parse(new TextDecoder().decode(body)) as unknown;
  } catch (error) {
    const [reason = ''] = String(error).slice(0, 200).split('\n');
    throw new RequestError(
      { status: 400, code: 'broken_json', detail: `the body is not JSON: ${reason}` },
      { cause: error },
    );
  }
}
