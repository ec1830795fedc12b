import { readRows } from '../collect/collect.ts';
import { CulpritError } from '../contract/culprit-error.ts';
import type { Trace } from '../contract/trace.ts';

/** Characters of a run as JSON that a guard reads. */
export const MOST_CHARACTERS = 200_000;

const encoder = new TextEncoder();

/**
 * A request or an answer as a trace: any record that `analyze` takes as a line, such as `{ input, output }` or
 * `{ messages, tools }`. Null where it is larger than 200,000 characters.
 * @throws CulpritError `invalid_input` for what is no such record.
 */
export function readRun(record: unknown): Trace | null {
  const text = textOf(record);
  if (text.length > MOST_CHARACTERS) return null;
  const written = encoder.encode(`${text}\n`);
  const bytes = new Uint8Array(new SharedArrayBuffer(written.length));
  bytes.set(written);
  let found: Trace | undefined;
  read({ index: 0, file: 'guard', firstLine: 1, bytes, size: bytes.length }, ([trace]) => {
    found ??= trace;
  });
  if (found === undefined)
    throw new CulpritError(
      'invalid_input',
      'this is no request or answer: give an object such as { input, output } or { messages, tools }',
    );
  return found;
}

const read = readRows({});

function textOf(record: unknown): string {
  if (typeof record !== 'object' || record === null)
    throw notRun(`the run is ${record === null ? 'null' : typeof record}`);
  try {
    return JSON.stringify(record);
  } catch (cause) {
    throw notRun(`the run cannot be written as JSON (${cause})`, cause);
  }
}

const notRun = (what: string, cause?: unknown): CulpritError =>
  new CulpritError('invalid_input', `${what}: give an object such as { input, output }`, {
    ...(cause !== undefined && { cause }),
  });

/** What the user wrote in the place of the answer, so that checks of answers can read it. */
export const requestAsAnswer = (trace: Trace): Trace => ({
  ...trace,
  input: '',
  output: trace.input,
  messages: [],
  documents: [],
  gaps: [],
});
