import type { ByteSource } from '../contract/byte-source.ts';
import { CulpritError } from '../contract/culprit-error.ts';
import type { Trace } from '../contract/trace.ts';
import { checkTrace } from './check-trace.ts';
import { fileSource } from './file-source.ts';
import { folderFiles } from './folder-files.ts';
import { bytesSource, recordsSource } from './memory-source.ts';

/** Bytes to read traces from: a path, several, the bytes themselves, or something that can be opened. */
export type ByteInput = string | Uint8Array | ByteSource | readonly (string | ByteSource)[];

/** A source of traces: bytes, or objects in memory, each a trace or a record as in a line of JSON Lines. */
export type TraceInput = ByteInput | Iterable<object> | AsyncIterable<object>;

/** An input whose form is known. */
export type OpenedInput =
  | { readonly kind: 'bytes'; readonly sources: readonly ByteSource[] }
  | { readonly kind: 'traces'; readonly traces: readonly Trace[] };

/**
 * Determines the form of an input. Iterators are read to the end, because the traces are needed twice.
 * @throws CulpritError `empty_input` for an empty list, `invalid_input` for any other value, `aborted`, and whatever
 * `fileSource` throws.
 */
export async function openInput(input: TraceInput, signal?: AbortSignal): Promise<OpenedInput> {
  const items = await itemsOf(input, signal);
  const [first] = items;
  if (first === undefined && items.length === 0) throw emptyInput();
  if (isBytes(first)) {
    const sources = await Promise.all(items.map(byteSources));
    return { kind: 'bytes', sources: sources.flat() };
  }
  if (isTrace(first)) return { kind: 'traces', traces: items.map(checkedTrace) };
  return { kind: 'bytes', sources: [recordsSource(items.map(checkedRecord), 'records')] };
}

async function itemsOf(
  input: unknown,
  signal: AbortSignal | undefined,
): Promise<readonly unknown[]> {
  if (isBytes(input)) return [input];
  if (typeof input !== 'object' || input === null) throw notInput('the input', input);
  if (Array.isArray(input)) return input;
  if (Symbol.iterator in input) return [...(input as Iterable<unknown>)];
  if (!(Symbol.asyncIterator in input)) throw notInput('the input', input);
  return allOf(input as AsyncIterable<unknown>, signal);
}

/** Everything that an iterator gives. An abort does not wait for the next item. */
async function allOf(
  input: AsyncIterable<unknown>,
  signal: AbortSignal | undefined,
): Promise<readonly unknown[]> {
  const stop = Promise.withResolvers<never>();
  // Without this, an abort that nothing waits for any more would count as unhandled.
  stop.promise.catch(() => {});
  const onAbort = (): void =>
    stop.reject(new CulpritError('aborted', 'reading was stopped', { cause: signal?.reason }));
  signal?.addEventListener('abort', onAbort);
  if (signal?.aborted) onAbort();
  const items: unknown[] = [];
  const iterator = input[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await Promise.race([stop.promise, iterator.next()]);
      if (next.done) return items;
      items.push(next.value);
    }
  } catch (error) {
    // Not awaited: a generator that waits for its next item would not answer.
    iterator.return?.().catch(() => {});
    throw error;
  } finally {
    signal?.removeEventListener('abort', onAbort);
  }
}

const isBytes = (item: unknown): item is string | Uint8Array | ByteSource =>
  typeof item === 'string' || item instanceof Uint8Array || isByteSource(item);

const isByteSource = (item: unknown): item is ByteSource =>
  typeof item === 'object' && item !== null && 'open' in item && typeof item.open === 'function';

async function byteSources(item: unknown, index: number): Promise<readonly ByteSource[]> {
  if (item === '') throw new CulpritError('invalid_input', 'the path is empty: name a file');
  if (typeof item === 'string') {
    const paths = await folderFiles(item);
    return Promise.all(paths.map((path) => fileSource(path)));
  }
  if (item instanceof Uint8Array) return [bytesSource(item, 'bytes')];
  if (isByteSource(item)) return [item];
  throw notInput(`item ${index}`, item);
}

/** Fields that a record of JSON Lines would not all have by chance. */
const isTrace = (item: unknown): item is Trace =>
  typeof item === 'object' &&
  item !== null &&
  ['id', 'spans', 'messages', 'gaps', 'origin'].every((key) => key in item);

function checkedTrace(item: unknown, index: number): Trace {
  if (isTrace(item)) return checkTrace(item, `item ${index}`);
  throw new CulpritError(
    'invalid_input',
    `item ${index} is not a Trace, but the first item is: give only traces, or only records`,
  );
}

function checkedRecord(item: unknown, index: number): object {
  if (typeof item === 'object' && item !== null) return item;
  throw notInput(`item ${index}`, item);
}

const emptyInput = (): CulpritError =>
  new CulpritError('empty_input', 'there is nothing to read: the list is empty');

const notInput = (what: string, value: unknown): CulpritError =>
  new CulpritError(
    'invalid_input',
    `${what} is ${value === null ? 'null' : typeof value}: give file paths, bytes, traces, or records such as { input, output }`,
  );
