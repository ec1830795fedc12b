import { zstdCompressSync } from 'node:zlib';
import type { RawRecord } from '../../collect/collect.ts';
import { resolveOptions } from '../../contract/options.ts';
import type { Trace } from '../../contract/trace.ts';
import { embedder } from '../../embed/embed.ts';
import { analyze } from '../../pipeline.ts';
import { packageVersion, readAsset } from '../../platform/package-file.ts';
import { storedTrace } from '../finish/stored-trace.ts';

/** Records of a trace, as the store keeps them. */
export interface TraceRecords {
  readonly traceId: string;
  readonly format: string;
  readonly records: readonly RawRecord[];
}

export interface AnalysisRequest {
  /** Rules such as `groundedness<0.7`. */
  readonly scores: readonly string[];
}

/** An analysis in the form in which it is kept. */
export interface AnalysisResult {
  readonly traces: number;
  readonly failed: number;
  /** `ReportData` and `FileFacts` as JSON, compressed with zstd. */
  readonly report: Uint8Array;
  readonly facts: Uint8Array;
}

/**
 * Ranks the causes in stored traces, through the same steps as `culprit analyze`.
 * @param open Gives the same traces in the same order each time; they are read twice.
 * @throws CulpritError what `analyze` throws: `no_traces` where nothing can be judged.
 */
export async function analyzeStored(
  open: () => AsyncIterable<readonly TraceRecords[]>,
  { scores }: AnalysisRequest,
): Promise<AnalysisResult> {
  const options = resolveOptions({ scores: [...scores] });
  const { analysis, report } = await analyze(
    {
      kind: 'stream',
      name: 'the stored traces',
      async *open() {
        for await (const batch of open())
          yield batch.map(traceOf).filter((trace) => trace !== null);
      },
    },
    options,
    {
      detectors: [],
      embedder: await embedder(options.embedder, {
        staticModel: () => readAsset('static-model'),
        transformers: unused,
        openai: unused,
      }),
      version: await packageVersion(),
    },
  );
  const reached = (stage: 'received' | 'failed'): number =>
    analysis.funnel.find(({ name }) => name === stage)?.count ?? 0;
  return {
    traces: reached('received'),
    failed: reached('failed'),
    report: packed(report),
    facts: packed(analysis.facts),
  };
}

const traceOf = ({ traceId, format, records }: TraceRecords): Trace | null =>
  storedTrace(traceId, records, format);

const packed = (value: unknown): Uint8Array => zstdCompressSync(JSON.stringify(value));

const unused = (): never => {
  throw new Error('the default embedder needs no other');
};
