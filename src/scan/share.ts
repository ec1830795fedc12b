import { type RowChunk, type RowReading, readRows, type TallyState } from '../collect/collect.ts';
import type { FileFacts } from '../contract/file-facts.ts';
import type { Trace } from '../contract/trace.ts';
import {
  type Detection,
  type DetectionState,
  detection,
  detectOptions,
  type FirstPass,
  firstPass,
} from '../detect/detect.ts';
import type { ScanOptions } from './scan-parts.ts';

/** The requests to a thread, one at a time. */
export type ScanRequest =
  | { readonly kind: 'start'; readonly options: ScanOptions }
  /** First pass. */
  | { readonly kind: 'summarize'; readonly chunk: RowChunk }
  | { readonly kind: 'summary' }
  /** Second pass. */
  | { readonly kind: 'facts'; readonly facts: FileFacts; readonly traces: number }
  | { readonly kind: 'detect'; readonly chunk: RowChunk }
  | { readonly kind: 'detected' };

export interface ScanAnswers {
  readonly start: null;
  /** Counts for the chunk; null if it does not consist of rows. */
  readonly summarize: TallyState | null;
  readonly summary: ReturnType<FirstPass['state']>;
  readonly facts: null;
  readonly detect: null;
  readonly detected: DetectionState;
}

type ScanAnswer = ScanAnswers[ScanRequest['kind']];

/** More than the traces of any chunk, so that positions increase from chunk to chunk in file order. */
const CHUNK_POSITIONS = 2 ** 24;

export type ScanReply = { readonly answer: ScanAnswer } | { readonly failure: string };

/** The answer of a scan thread to each message; the first must be `start`. */
export function answering(): (message: unknown) => ScanReply {
  let share: Share | null = null;
  const answered = (request: ScanRequest): ScanAnswer => {
    if (request.kind === 'start') {
      share = new Share(request.options);
      return null;
    }
    if (share === null) throw new Error('a scan begins with its options');
    return share.answer(request);
  };
  return (message) => {
    try {
      return { answer: answered(message as ScanRequest) };
    } catch (error) {
      return { failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    }
  };
}

/** One thread's part of a scan. */
class Share {
  readonly #options: ScanOptions;
  readonly #read: RowReading;
  readonly #first: FirstPass;
  #second: Detection | null = null;

  constructor(options: ScanOptions) {
    this.#options = options;
    this.#read = readRows(options.columns);
    this.#first = firstPass(detectOptions(options));
  }

  answer(request: Exclude<ScanRequest, { kind: 'start' }>): ScanAnswer {
    switch (request.kind) {
      case 'summarize':
        return this.#readFrom(request.chunk, this.#first.add);
      case 'summary':
        return this.#first.state();
      case 'facts':
        this.#second = detection(this.#options, request.facts, request.traces);
        return null;
      case 'detect':
        this.#readFrom(request.chunk, this.#detection().add);
        return null;
      case 'detected':
        return this.#detection().state();
    }
  }

  #readFrom(
    chunk: RowChunk,
    onTraces: (traces: readonly Trace[], first: number) => void,
  ): TallyState | null {
    let position = chunk.index * CHUNK_POSITIONS;
    return this.#read(chunk, (traces) => {
      onTraces(traces, position);
      position += traces.length;
    });
  }

  #detection(): Detection {
    if (this.#second === null) throw new Error('the second pass begins with the facts');
    return this.#second;
  }
}
