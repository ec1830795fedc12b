import {
  FROZEN_MODEL_VERSION,
  type FrozenModel,
  type IdentifiedCause,
} from '../../contract/frozen-model.ts';
import { resolveOptions } from '../../contract/options.ts';
import { embedder } from '../../embed/embed.ts';
import { analyze } from '../../pipeline.ts';
import { packageVersion, readAsset } from '../../platform/package-file.ts';
import { packed } from './frozen-models.ts';

export interface AnalysisRequest {
  /** Rules such as `groundedness<0.7`. */
  readonly scores: readonly string[];
  /** Causes of the analysis before, whose ids are kept. */
  readonly earlier: readonly IdentifiedCause[];
}

/** An analysis in the form in which it is kept. */
export interface AnalysisResult {
  readonly traces: number;
  readonly failed: number;
  /** `ReportData` and `FrozenModel` as JSON, compressed with zstd. */
  readonly report: Uint8Array;
  readonly model: Uint8Array;
}

/**
 * Ranks the causes in stored traces, through the same steps as `culprit analyze`.
 * @param open Gives the same records in the same order each time, as `storedSource` does; they are read twice.
 * @throws CulpritError what `analyze` throws: `no_traces` where nothing can be judged.
 */
export async function analyzeStored(
  open: () => AsyncIterable<Uint8Array>,
  { scores, earlier }: AnalysisRequest,
): Promise<AnalysisResult> {
  const options = resolveOptions({ scores: [...scores] });
  const { analysis, report, identities } = await analyze(
    { kind: 'bytes', sources: [{ name: 'the stored traces', size: null, open }] },
    options,
    {
      detectors: [],
      earlier,
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
    model: packed({
      version: FROZEN_MODEL_VERSION,
      facts: analysis.facts,
      causes: analysis.clusters.map(({ id, condition }) => ({ id, condition })),
      identities,
    } satisfies FrozenModel),
  };
}

const unused = (): never => {
  throw new Error('the default embedder needs no other');
};
