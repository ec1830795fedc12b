import { type Redactor, redactor } from '../../redact/redact.ts';
import { problemOf } from '../http/problem.ts';
import { encodeArrival } from '../ingest/encoded-arrival.ts';
import { BODY_READERS } from './body-readers.ts';
import type { DecodeAnswer, DecodeRequest } from './decoders.ts';
import { unpacked } from './unpacked.ts';

/** What a thread that decodes bodies runs. */
export function answer(message: unknown): DecodeAnswer {
  const request = message as DecodeRequest;
  try {
    const { project, format, keepDays, kind, id } = request;
    const body = unpacked(request.body, request.encoding, request.limit);
    const { records, problems, ids = [], refused = [] } = BODY_READERS[kind](body, id);
    const redact = redactorOf(request);
    const arrival = { project, format, records, redact, keepDays };
    return {
      ...{ kind: 'decoded', problems, ids, refused },
      arrival: encodeArrival(arrival, request.now),
    };
  } catch (error) {
    return { kind: 'refused', problem: problemOf(error), stack: stackOf(error) };
  }
}

/** What is handed over rather than copied. */
export const handedOver = (message: unknown): ArrayBuffer[] => {
  const given = message as DecodeAnswer;
  if (given.kind === 'refused' || given.arrival.records === null) return [];
  const { bytes, keys, ends } = given.arrival.records;
  return [bytes.buffer, keys.buffer, ends.buffer];
};

/** Those of the projects that sent last. */
const redactors = new Map<string, Redactor>();
const MOST_REDACTORS = 100;

function redactorOf({ redaction }: DecodeRequest): Redactor {
  const key = JSON.stringify(redaction);
  let made = redactors.get(key);
  if (made === undefined) {
    if (redactors.size >= MOST_REDACTORS) redactors.clear();
    made = redactor(redaction);
    redactors.set(key, made);
  }
  return made;
}

const stackOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);
