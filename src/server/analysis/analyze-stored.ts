import type { Analysis } from '../../contract/analysis.ts';
import type { Diff } from '../../contract/diff.ts';
import {
  type ApartCauses,
  FROZEN_MODEL_VERSION,
  type FrozenModel,
  type IdentifiedCause,
  type RememberedCause,
} from '../../contract/frozen-model.ts';
import { resolveOptions } from '../../contract/options.ts';
import type { Progress } from '../../contract/progress.ts';
import { embedder } from '../../embed/embed.ts';
import { analyze } from '../../pipeline.ts';
import { packageVersion, readAsset } from '../../platform/package-file.ts';
import { withExemplars } from '../../report/report.ts';
import { compareAgainst } from '../../watch/watch.ts';
import { packed } from './frozen-models.ts';

export interface AnalysisRequest {
  /** What the record calls its input. */
  readonly name: string;
  /** As `resolveOptions` takes them. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Causes of analyses before, whose ids are kept, and what people have decided about them. */
  readonly known: KnownCauses;
  /** Compares the traces with this one, whose causes are kept; null: no comparison. */
  readonly against: Analysis | null;
}

export interface KnownCauses {
  readonly earlier: readonly IdentifiedCause[];
  /** Pairs that people have separated or merged. */
  readonly apart: readonly ApartCauses[];
  /** What the model goes on to know where the analysis does not find it. */
  readonly decided: readonly RememberedCause[];
}

export const NONE_KNOWN: KnownCauses = { earlier: [], apart: [], decided: [] };

export interface AnalysisHooks {
  readonly progress: Progress;
  /** Stops the analysis, which then rejects with CulpritError `aborted`. */
  readonly signal: AbortSignal;
}

/** An analysis in the form in which it is kept. */
export interface AnalysisResult {
  readonly traces: number;
  readonly failed: number;
  /** `ReportData` and `FrozenModel` as JSON, compressed with zstd. */
  readonly report: Uint8Array;
  readonly model: Uint8Array;
  /** What changed since `against`, null without. */
  readonly diff: Diff | null;
}

/**
 * Ranks the causes in stored traces, through the same steps as `culprit analyze`.
 * @param open Gives the same records in the same order each time, as `storedSource` does; they are read twice.
 * @throws CulpritError what `analyze` throws: `no_traces` where nothing can be judged.
 */
export async function analyzeStored(
  open: () => AsyncIterable<Uint8Array>,
  { name, options: given, known, against }: AnalysisRequest,
  { progress }: Pick<AnalysisHooks, 'progress'>,
): Promise<AnalysisResult> {
  const options = resolveOptions(given);
  const run = await analyze(
    { kind: 'bytes', sources: [{ name, size: null, isGrouped: true, open }] },
    options,
    {
      detectors: [],
      ...{ earlier: known.earlier, apart: known.apart, progress },
      embedder: await embedder(options.embedder, {
        staticModel: () => readAsset('static-model'),
        transformers: unused,
        openai: unused,
      }),
      version: await packageVersion(),
      ...(against !== null && { ledger: { by: null }, frozen: against.facts }),
    },
  );
  const { analysis, identities } = run;
  const diff = against === null ? null : compareAgainst(against, run);
  const report =
    diff === null ? run.report : withExemplars(run.report, run.detected.failures, diff.causes);
  const reached = (stage: 'received' | 'failed'): number =>
    analysis.funnel.find(({ name }) => name === stage)?.count ?? 0;
  return {
    traces: reached('received'),
    failed: reached('failed'),
    diff,
    report: packed(report),
    model: packed({
      version: FROZEN_MODEL_VERSION,
      facts: analysis.facts,
      causes: analysis.clusters.map(({ id, condition }) => ({ id, condition })),
      identities,
      remembered: known.decided.filter(({ id }) => !identities.some((each) => each.id === id)),
    } satisfies FrozenModel),
  };
}

const unused = (): never => {
  throw new Error('the default embedder needs no other');
};
