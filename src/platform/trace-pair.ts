import { basename } from 'node:path';
import type { ByteSource } from '../contract/byte-source.ts';
import { CulpritError } from '../contract/culprit-error.ts';
import type { Trace } from '../contract/trace.ts';
import { openInput, type TraceInput } from './trace-input.ts';

interface GivenPair {
  readonly before: TraceInput;
  readonly after: TraceInput;
  readonly names?: readonly [string, string];
}

interface PairSide {
  readonly name: string;
  /** Names of its files, as traces have them. */
  readonly files: ReadonlySet<string>;
}

/** Two inputs as one, with what belongs to which. */
interface OpenedPair {
  readonly input:
    | {
        readonly kind: 'bytes';
        readonly sources: readonly ByteSource[];
        readonly second: number;
      }
    | { readonly kind: 'traces'; readonly traces: readonly Trace[] };
  readonly before: PairSide;
  readonly after: PairSide;
}

/**
 * Opens two inputs to be read together. Ids that both have stay apart.
 * @throws CulpritError `invalid_option` for the same path twice, `invalid_input` for files on one side and traces in memory
 * on the other, and what `openInput` throws.
 */
export async function openPair(
  { before, after, names }: GivenPair,
  signal?: AbortSignal,
): Promise<OpenedPair> {
  if (typeof before === 'string' && before === after)
    throw new CulpritError('invalid_option', `both sides are ${before}: give two inputs`);
  const [first, second] = [await openInput(before, signal), await openInput(after, signal)];
  const [one, other] = names ?? namesOf(before, after);
  if (first.kind === 'traces' && second.kind === 'traces') {
    const taken = new Set(first.traces.map(({ id }) => id));
    return {
      input: {
        kind: 'traces',
        traces: [
          ...first.traces.map((trace) => inFile(trace, one)),
          ...second.traces.map((trace) => inFile(apart(trace, taken), other)),
        ],
      },
      before: { name: one, files: new Set([one]) },
      after: { name: other, files: new Set([other]) },
    };
  }
  if (first.kind === 'traces' || second.kind === 'traces')
    throw new CulpritError(
      'invalid_input',
      'one side is files or records and the other traces in memory: give both in the same form',
    );
  const own = new Set(first.sources.map(({ name }) => name));
  const renamed = second.sources.map((source) =>
    own.has(source.name) ? { ...source, name: `${source.name} (2)` } : source,
  );
  return {
    input: {
      kind: 'bytes',
      sources: [...first.sources, ...renamed],
      second: first.sources.length,
    },
    before: { name: one, files: own },
    after: { name: other, files: new Set(renamed.map(({ name }) => name)) },
  };
}

/** The names of two paths; without their folders, if they differ then. */
function namesOf(before: TraceInput, after: TraceInput): readonly [string, string] {
  if (typeof before !== 'string' || typeof after !== 'string') return ['before', 'after'];
  const [one, other] = [basename(before), basename(after)];
  return one === other ? [before, after] : [one, other];
}

const inFile = (trace: Trace, file: string): Trace => ({
  ...trace,
  origin: { ...trace.origin, file },
});

const apart = (trace: Trace, taken: ReadonlySet<string>): Trace =>
  taken.has(trace.id) ? { ...trace, id: `${trace.id} (2)` } : trace;
